//! Finding and starting other programs.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// The workspace's root folder.
pub fn root() -> PathBuf {
    // Cargo sets it when it starts xtask; the compiled-in path serves when xtask is started by hand.
    let manifest =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map(Path::to_path_buf).unwrap_or(manifest)
}

/// Where cargo puts what it builds: `CARGO_TARGET_DIR`, or `target` in the root.
pub fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The program that cargo builds as `name` in `profile` ("debug" or "release").
pub fn built(profile: &str, name: &str) -> PathBuf {
    target_dir().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// A command that starts in the workspace's root.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that started xtask, unaware of xtask.
pub fn cargo() -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Cargo tells a program that it runs about the program's own package. Build scripts that watch these variables (ring's
    // does) would run again each time somebody builds with xtask after building without it, or the other way round.
    let about_xtask = |name: &str| ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start));
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(about_xtask)) {
        cargo.env_remove(name);
    }
    cargo
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Starts the command with this terminal and waits for it.
///
/// # Errors
/// When it cannot be started or ends with a failure; the command is named.
pub fn step(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    println!("$ {shown}");
    let status = command.status().with_context(|| format!("could not start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// What the command prints on standard output.
///
/// # Errors
/// When it cannot be started or ends with a failure.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("could not start `{shown}`"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` did not print text"))
}

/// Where a program of this name is, on `PATH` or in the administrator's folders, which an ordinary user's `PATH` lacks.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let admin = ["/usr/sbin", "/sbin", "/usr/local/sbin"].map(PathBuf::from);
    // npm is a script on Windows, with an ending of its own.
    let files = [format!("{name}{}", env::consts::EXE_SUFFIX), format!("{name}.cmd")];
    let dirs = env::split_paths(&path).chain(admin);
    dirs.flat_map(|dir| files.clone().map(|file| dir.join(file))).find(|file| file.is_file())
}

/// How a command ended and what it printed.
pub struct Recorded {
    /// Whether it ended by itself with success.
    pub success: bool,
    /// Both streams, line by line, as they came.
    pub lines: Vec<String>,
    /// Why it failed, in words, when it did.
    pub failure: Option<String>,
}

/// Starts the command without standard input, shows what it prints, and keeps it.
///
/// # Errors
/// When it cannot be started. A command that fails or takes longer than `limit` is a result.
pub fn record(command: &mut Command, limit: Duration) -> Result<Recorded> {
    let shown = shown(command);
    println!("$ {shown}");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("could not start `{shown}`"))?;
    let (sender, receiver) = mpsc::channel();
    forward(child.stdout.take(), sender.clone(), std::io::stdout());
    forward(child.stderr.take(), sender, std::io::stderr());
    let (lines, in_time) = collect(&receiver, Instant::now() + limit);
    let failure = finish(&mut child, in_time, limit)?;
    Ok(Recorded { success: failure.is_none(), lines, failure })
}

fn forward(from: Option<impl Read + Send + 'static>, to: Sender<String>, mut shown: impl Write + Send + 'static) {
    let Some(from) = from else { return };
    thread::spawn(move || {
        let mut reader = BufReader::new(from);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            // A terminal that is gone must not end the run: what was printed is still counted.
            let _ = shown.write_all(&line).and_then(|()| shown.flush());
            if to.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
}

/// Lines until both streams are closed (`true`) or the deadline has passed (`false`).
fn collect(lines: &Receiver<String>, deadline: Instant) -> (Vec<String>, bool) {
    let mut kept = Vec::new();
    loop {
        match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => kept.push(line),
            Err(RecvTimeoutError::Disconnected) => return (kept, true),
            Err(RecvTimeoutError::Timeout) => return (kept, false),
        }
    }
}

fn finish(child: &mut Child, in_time: bool, limit: Duration) -> Result<Option<String>> {
    if !in_time {
        child.kill().context("could not end a command that ran out of time")?;
        child.wait()?;
        return Ok(Some(format!("did not end within {} s", limit.as_secs())));
    }
    let status = child.wait()?;
    Ok((!status.success()).then(|| status.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut command = Command::new("/usr/bin/netmend");
        command.args(["diagnose", "--symptom", "it's late", ""]);
        assert_eq!(shown(&command), r"netmend diagnose --symptom 'it'\''s late' ''");
    }

    #[test]
    fn both_streams_and_the_failure_are_kept() {
        let mut command = cargo();
        command.args(["no-such-subcommand-of-cargo"]);
        let recorded = record(&mut command, Duration::from_mins(1)).unwrap();
        assert!(!recorded.success && recorded.failure.is_some());
        assert!(recorded.lines.iter().any(|line| line.contains("no-such-subcommand-of-cargo")), "{:?}", recorded.lines);
    }

    #[test]
    fn a_command_out_of_time_is_ended() {
        let (_open, receiver) = mpsc::channel();
        let (lines, in_time) = collect(&receiver, Instant::now());
        assert!(lines.is_empty() && !in_time);
    }
}
