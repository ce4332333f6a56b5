//! Proxy auto-configuration files, evaluated. They are JavaScript from the network: no line of them runs in this process.
//!
//! A child process runs the script: this very program again, which [`worker`] recognises. On Linux it confines itself with
//! seccomp before it reads the script, its memory and processor time are limited, and it is killed when time is up.

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

#[cfg_attr(target_os = "linux", path = "pac/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "pac/other.rs")]
mod platform;

/// The program that evaluates scripts; unset where `main` did not offer one.
static WORKER: OnceLock<PathBuf> = OnceLock::new();

/// What a script is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The script's text.
    pub script: String,
    /// URL to evaluate it for.
    pub url: String,
    /// What `myIpAddress()` says.
    pub my_address: IpAddr,
    /// How long it may take, the look-ups that the script wants included.
    pub patience: Duration,
}

/// Call this first in `main`, before any thread is started. Where it gives an exit code, this process was started to
/// evaluate a script, has done so, and must end with that code. Otherwise scripts can be evaluated from now on.
#[must_use]
pub fn worker() -> Option<ExitCode> {
    if platform::is_worker() {
        return Some(serve());
    }
    if let Some(this_program) = platform::this_program() {
        use_worker(this_program);
    }
    None
}

/// Has scripts evaluated by the program at this absolute path, which must do nothing but [`serve`]. The first call counts.
pub fn use_worker(program: PathBuf) {
    // A second call leaves the first one's program, as documented.
    let _ = WORKER.set(program);
}

/// Evaluates one script for the parent process, over standard input and output.
pub fn serve() -> ExitCode {
    platform::serve()
}

/// What `FindProxyForURL` answers, in its own words: `PROXY host:port`, `HTTPS …`, `SOCKS4 …`, `SOCKS5 …`, `DIRECT`, separated
/// by `; `. Blocks for at most the question's patience.
///
/// # Errors
/// Why there is no answer, in English.
pub fn evaluate(question: &Question) -> Result<String, String> {
    let program = WORKER.get().ok_or("not evaluated: this program was not set up to evaluate scripts")?;
    platform::evaluate(program, question)
}
