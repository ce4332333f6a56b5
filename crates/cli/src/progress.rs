//! What happens now, on standard error, while a run is under way and a person is looking.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use netmend_model::{Event, Request};
use netmend_report::{Words, visible};

/// A line that moves while something is measured; nothing where standard error is no terminal.
pub struct Progress<'a> {
    words: &'a Words,
    bar: Option<ProgressBar>,
    /// What is being measured, the latest last.
    running: Vec<Request>,
}

impl<'a> Progress<'a> {
    /// Nothing is shown before the first event, so that quick runs do not flicker.
    pub fn new(words: &'a Words, wanted: bool) -> Self {
        let bar = (wanted && console::Term::stderr().is_term()).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:>3}  {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self { words, bar, running: Vec::new() }
    }

    /// Shows what an event says.
    pub fn show(&mut self, event: &Event) {
        let Some(bar) = &self.bar else { return };
        match event {
            Event::Started { target, contacts, .. } => {
                let what = match target {
                    Some(target) => self.words.with("cli-checking", &[("target", &visible(&target.asked))]),
                    None => self.words.text("cli-checking-online"),
                };
                bar.println(what);
                if !contacts.is_empty() {
                    bar.println(self.words.with("cli-contacts", &[("list", &contacts.join(", "))]));
                }
                bar.enable_steady_tick(Duration::from_millis(120));
            }
            Event::Step(step) => self.running.push(step.request.clone()),
            Event::Measured { evidence } => self.running.retain(|request| *request != evidence.request),
            _ => {}
        }
        if let Some(request) = self.running.last() {
            let text = self.words.request(request);
            bar.set_message(console::truncate_str(&visible(&text), room(), "…").into_owned());
        }
    }

    /// Takes the line away.
    pub fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Columns for the message. The line does not reach the edge: there, the `^C` that the terminal writes would begin a new one.
fn room() -> usize {
    usize::from(console::Term::stderr().size().1).saturating_sub(12)
}
