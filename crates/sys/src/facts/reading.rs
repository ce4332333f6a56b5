//! What every reading needs: a thread of its own with a deadline, files with a bound, and reasons from errors.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use netmend_model::{Outcome, Reason, ReasonCode};

/// Deadline of a reading that only asks the kernel or reads small files.
pub(crate) const LOCAL: Duration = Duration::from_secs(2);

/// Largest file that is read, in bytes: block lists in a hosts file reach several megabytes.
const LARGEST_FILE: u64 = 16 << 20;

/// Runs blocking work on a thread for it and waits no longer than `deadline`.
///
/// Work that overruns goes on in its thread, which the operating system may have stuck; its result is dropped.
pub(crate) async fn blocking<T, F>(what: &'static str, deadline: Duration, work: F) -> Outcome<T>
where
    T: Send + 'static,
    F: FnOnce() -> Outcome<T> + Send + 'static,
{
    match tokio::time::timeout(deadline, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Outcome::errored(ReasonCode::SystemError, format!("{what}: {error}")),
        Err(_) => {
            Outcome::not_run(ReasonCode::OutOfTime, format!("{what}: not done within {} ms", deadline.as_millis()))
        }
    }
}

/// The outcome that an error stands for: missing rights and missing files are no fault of the measuring.
pub(crate) fn failed<T>(what: &str, error: &io::Error) -> Outcome<T> {
    let reason = reason(what, error);
    match reason.code {
        ReasonCode::SystemError => Outcome::Errored { reason },
        _ => Outcome::NotRun { reason },
    }
}

/// The reason that an error stands for.
pub(crate) fn reason(what: &str, error: &io::Error) -> Reason {
    let code = match error.kind() {
        io::ErrorKind::PermissionDenied => ReasonCode::NeedsAdministrator,
        io::ErrorKind::NotFound => ReasonCode::ToolMissing,
        io::ErrorKind::Unsupported => ReasonCode::NotOnThisSystem,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => ReasonCode::OutOfTime,
        io::ErrorKind::InvalidData => ReasonCode::Malformed,
        _ => ReasonCode::SystemError,
    };
    Reason { code, detail: format!("{what}: {error}") }
}

/// A text file; bytes that are no UTF-8 are replaced. Larger files than 16 MiB are refused.
pub(crate) fn text(path: impl AsRef<Path>) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "larger than 16 MiB"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The first number in a small file, such as those below `/proc/sys`.
#[cfg(target_os = "linux")]
pub(crate) fn number<T: std::str::FromStr>(path: &str) -> Option<T> {
    text(path).ok()?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_overruns_is_out_of_time() {
        let (_hold, wait) = std::sync::mpsc::channel::<()>();
        let outcome: Outcome<()> = blocking("a test", Duration::from_millis(20), move || {
            // Ends when the sender is dropped with the test.
            let _ = wait.recv();
            Outcome::observed(())
        })
        .await;
        assert_eq!(outcome.reason().unwrap().code, ReasonCode::OutOfTime);
    }

    #[test]
    fn missing_rights_are_told_from_missing_files() {
        let denied = failed::<()>("x", &io::Error::from(io::ErrorKind::PermissionDenied));
        assert_eq!(denied.reason().unwrap().code, ReasonCode::NeedsAdministrator);
        let missing = failed::<()>("x", &text("/nonexistent/file").unwrap_err());
        assert_eq!(missing.reason().unwrap().code, ReasonCode::ToolMissing);
    }
}
