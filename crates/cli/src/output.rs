//! Writing to the terminal.

use std::io::Write;

use console::Term;
use netmend_report::Words;
use netmend_report::text::Style;

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

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
    say(&format!("netmend: {}", netmend_report::visible(&format!("{error:#}"))));
}

/// How standard output is to look: colour on a terminal alone and not under `NO_COLOR`, wrapped to its width.
pub fn style(details: bool) -> Style {
    let out = Term::stdout();
    let colour = out.is_term()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var("TERM").as_deref() != Ok("dumb");
    let width = if out.is_term() { usize::from(out.size().1).min(WIDEST) } else { 80 };
    Style { colour, width, details }
}

/// The words of the person's language (`LC_ALL`, `LC_MESSAGES`, `LANG`).
pub fn words() -> Words {
    let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let variable = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set);
    Words::new(&variable.and_then(|name| std::env::var(name).ok()).unwrap_or_default())
}
