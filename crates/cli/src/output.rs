//! Writing to the terminal.

use std::io::Write;

/// Writes a result to standard output. A reader that has gone away (`| head`) is no error.
pub fn result(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a sentence to standard error.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Writes an error with its causes.
pub fn error(error: &anyhow::Error) {
    say(&format!("netmend: {error:#}"));
}
