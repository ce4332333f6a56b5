//! Programs of the system, run with a deadline and a bound on what they may say.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use netmend_model::{Reason, ReasonCode};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

/// The folders of a system's own programs. `PATH` is not searched: it may hold folders that others can write to.
const FOLDERS: [&str; 6] =
    ["/usr/sbin", "/sbin", "/usr/bin", "/bin", "/run/current-system/sw/bin", "/run/current-system/sw/sbin"];
/// A rule set of some ten thousand rules.
const MOST_OUTPUT: u64 = 32 << 20;

/// Where a program is installed.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    FOLDERS.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.is_file())
}

/// What a program wrote.
#[derive(Debug)]
pub(crate) struct Output {
    pub ok: bool,
    pub text: String,
    pub errors: String,
}

/// Runs a program in the C locale; it is killed when it overruns.
///
/// # Errors
/// Why it could not be run or did not end in time. That it failed is in [`Output::ok`].
pub(crate) async fn run(name: &str, arguments: &[&str], deadline: Duration) -> Result<Output, Reason> {
    let path = find(name)
        .ok_or_else(|| Reason { code: ReasonCode::ToolMissing, detail: format!("{name} is not installed") })?;
    let mut command = Command::new(path);
    command.args(arguments).env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.kill_on_drop(true);
    match tokio::time::timeout(deadline, output(command)).await {
        Ok(Ok(output)) => Ok(output),
        Ok(Err(error)) => Err(super::reading::reason(name, &error)),
        Err(_) => Err(Reason {
            code: ReasonCode::OutOfTime,
            detail: format!("{name}: not done within {} ms", deadline.as_millis()),
        }),
    }
}

async fn output(mut command: Command) -> io::Result<Output> {
    let mut child = command.spawn()?;
    let (text, errors) = (collect(child.stdout.take()), collect(child.stderr.take()));
    let (text, errors) = tokio::try_join!(text, errors)?;
    let status = child.wait().await?;
    Ok(Output { ok: status.success(), text, errors })
}

async fn collect(stream: Option<impl AsyncRead + Unpin>) -> io::Result<String> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream.take(MOST_OUTPUT + 1).read_to_end(&mut bytes).await?;
    }
    if bytes.len() as u64 > MOST_OUTPUT {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "more than 32 MiB of output"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn output_errors_and_status_are_told_apart() {
        let output = run("sh", &["-c", "echo out; echo err >&2; exit 3"], Duration::from_secs(5)).await.unwrap();
        assert_eq!((output.ok, output.text.as_str(), output.errors.as_str()), (false, "out\n", "err\n"));
    }

    #[tokio::test]
    async fn a_program_that_hangs_is_given_up() {
        let reason = run("sleep", &["60"], Duration::from_millis(30)).await.unwrap_err();
        assert_eq!(reason.code, ReasonCode::OutOfTime);
    }

    #[tokio::test]
    async fn a_program_that_is_missing_is_said() {
        let reason = run("netmend-no-such-program", &[], Duration::from_secs(1)).await.unwrap_err();
        assert_eq!(reason.code, ReasonCode::ToolMissing);
    }
}
