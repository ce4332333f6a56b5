//! What happens now, on standard error, while a run is under way and a person is looking.

use std::io;
use std::time::Duration;

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};
use netmend_model::{Event, Request};
use netmend_report::{Words, visible};

use crate::output;

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
        let term = Term::stderr();
        let bar = (wanted && term.is_term()).then(|| {
            let target = ProgressDrawTarget::term_like(Box::new(Narrower(term)));
            let bar = ProgressBar::with_draw_target(None, target);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:>3}  {wide_msg}") {
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
                output::say(&what);
                if !contacts.is_empty() {
                    output::say(&self.words.with("cli-contacts", &[("list", &contacts.join(", "))]));
                }
                bar.enable_steady_tick(Duration::from_millis(120));
            }
            Event::Step(step) => self.running.push(step.request.clone()),
            Event::Measured { evidence } => self.running.retain(|request| *request != evidence.request),
            _ => {}
        }
        if let Some(request) = self.running.last() {
            let text = self.words.request(request);
            bar.set_message(visible(&text).into_owned());
        }
    }

    /// Takes the line away.
    pub fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Standard error, a little narrower than it is: lines are filled to the edge, and the `^C` that a terminal writes there would
/// begin a new one, which is then cleared in place of this.
#[derive(Debug)]
struct Narrower(Term);

/// Columns left free at the edge.
const FREE: u16 = 3;

impl TermLike for Narrower {
    fn width(&self) -> u16 {
        self.0.size().1.saturating_sub(FREE)
    }
    fn height(&self) -> u16 {
        self.0.size().0
    }
    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_up(n)
    }
    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_down(n)
    }
    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_right(n)
    }
    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_left(n)
    }
    fn write_line(&self, text: &str) -> io::Result<()> {
        self.0.write_line(text)
    }
    fn write_str(&self, text: &str) -> io::Result<()> {
        self.0.write_str(text)
    }
    fn clear_line(&self) -> io::Result<()> {
        self.0.clear_line()
    }
    fn flush(&self) -> io::Result<()> {
        self.0.flush()
    }
}
