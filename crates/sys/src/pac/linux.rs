//! The worker on Linux: QuickJS under seccomp (proxy-watch), in a process that dies with its parent.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use nix::sys::prctl::set_pdeathsig;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::Signal;
use proxy_watch::ProxyStep;
use proxy_watch::pac::{PacEvaluator as _, PacPolicy, PacScript, SubprocessEvaluator, serve_worker};
use url::Url;

use super::Question;

/// The running program, whatever became of its file since. As the name under which a program was started it is the sign of a
/// worker: nobody types it.
const THIS_PROGRAM: &str = "/proc/self/exe";
/// Processor time of a worker in seconds; scripts take milliseconds.
const CPU_SECONDS: u64 = 5;

pub(super) fn is_worker() -> bool {
    let mut arguments = std::env::args_os();
    arguments.next().is_some_and(|name| name == THIS_PROGRAM) && arguments.next().is_none()
}

#[allow(clippy::unnecessary_wraps, reason = "other systems have none")]
pub(super) fn this_program() -> Option<PathBuf> {
    Some(THIS_PROGRAM.into())
}

pub(super) fn serve() -> ExitCode {
    // Should the parent be killed, nobody is left to end a script that never ends.
    let bound = set_pdeathsig(Signal::SIGKILL).and_then(|()| setrlimit(Resource::RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS));
    match bound {
        Ok(()) => serve_worker(),
        Err(_) => ExitCode::FAILURE,
    }
}

pub(super) fn evaluate(program: &Path, question: &Question) -> Result<String, String> {
    let url = Url::parse(&question.url).map_err(|error| format!("{:?} is not a URL: {error}", question.url))?;
    let host = url.host_str().ok_or("the URL names no host")?;
    let evaluator = SubprocessEvaluator::new(program, policy(question));
    let steps =
        evaluator.evaluate(&PacScript::new(question.script.as_str()), &url, host).map_err(|error| error.to_string())?;
    Ok(steps.iter().map(in_words).collect::<Vec<_>>().join("; "))
}

/// Look-ups and internal addresses are allowed, as in every browser: scripts decide by them.
fn policy(question: &Question) -> PacPolicy {
    PacPolicy::new()
        .with_timeout(Some(question.patience))
        .with_dns_resolution(true)
        .with_internal_addresses(true)
        .with_my_ip_address(question.my_address)
        .with_local_utc_offset(jiff::Zoned::now().offset().seconds())
}

fn in_words(step: &ProxyStep) -> String {
    let keyword = match step {
        ProxyStep::Http(_) => "PROXY",
        ProxyStep::Https(_) => "HTTPS",
        ProxyStep::Socks4(_) => "SOCKS4",
        ProxyStep::Socks5(_) => "SOCKS5",
        _ => return "DIRECT".into(),
    };
    step.endpoint().map_or_else(|| "DIRECT".into(), |endpoint| format!("{keyword} {}", endpoint.authority()))
}
