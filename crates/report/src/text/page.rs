//! Lines on a page of a given width.

use netmend_model::{StationStatus, Verdict};

use super::Style;
use crate::visible;

/// Narrower than this, words no longer fit beside their indents.
const NARROWEST: usize = 40;

/// What a piece of text is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Plain,
    Strong,
    Dim,
    Accent,
    Good,
    Warn,
    Bad,
}

impl Paint {
    pub(super) fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Healthy => Self::Good,
            Verdict::Problem => Self::Bad,
            Verdict::Inconclusive => Self::Warn,
        }
    }

    pub(super) fn of_status(status: StationStatus) -> Self {
        match status {
            StationStatus::Fine => Self::Good,
            StationStatus::Attention => Self::Warn,
            StationStatus::Broken => Self::Bad,
            StationStatus::Waiting | StationStatus::Checking | StationStatus::Unknown => Self::Dim,
        }
    }

    /// Parameters of SGR (ECMA-48, 8.3.117).
    fn sgr(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Dim => "2",
            Self::Accent => "36",
            Self::Good => "32",
            Self::Warn => "33",
            Self::Bad => "31",
        }
    }
}

/// Text that grows line by line.
pub(super) struct Page {
    pub(super) style: Style,
    out: String,
}

impl Page {
    pub(super) fn new(style: Style) -> Self {
        Self { style: Style { width: style.width.max(NARROWEST), ..style }, out: String::new() }
    }

    /// The text, ending with one line feed.
    pub(super) fn finish(self) -> String {
        let mut text = self.out.trim_end().to_owned();
        text.push('\n');
        text
    }

    /// One empty line, never two.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.line(0, "", Paint::Strong, text, Paint::Strong);
    }

    /// Wrapped text, every line indented.
    pub(super) fn paragraph(&mut self, indent: usize, paint: Paint, text: &str) {
        self.line(indent, "", Paint::Plain, text, paint);
    }

    /// A numbered or marked entry; further lines are indented to its text.
    pub(super) fn item(&mut self, mark: &str, paint: Paint, text: &str) {
        self.line(2, &format!("{mark:<2} "), paint, text, Paint::Plain);
    }

    pub(super) fn bullet(&mut self, indent: usize, text: &str) {
        self.line(indent, "- ", Paint::Dim, text, Paint::Plain);
    }

    /// A line of a ready message; it is not wrapped more than needed, so that it can be copied.
    pub(super) fn quoted(&mut self, indent: usize, text: &str) {
        self.line(indent, "| ", Paint::Dim, text, Paint::Plain);
    }

    /// A mark, a label and what is said beside it.
    pub(super) fn row(&mut self, mark: &str, paint: Paint, label: &str, text: &str) {
        let lead = format!("{mark} {label}");
        self.line(2, &lead, paint, text, Paint::Plain);
    }

    /// Labels in one column, values in the next.
    pub(super) fn table(&mut self, rows: &[(String, String)]) {
        let widest = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
        for (label, value) in rows {
            self.line(2, &format!("{label:<widest$}  "), Paint::Dim, value, Paint::Plain);
        }
    }

    /// A lead in its own colour, then wrapped text that hangs at the lead's width.
    fn line(&mut self, indent: usize, lead: &str, lead_paint: Paint, text: &str, paint: Paint) {
        let hang = indent + lead.chars().count();
        let text = visible(text);
        let mut lines = wrap(&text, self.style.width.saturating_sub(hang).max(1)).into_iter();
        let first = lines.next().unwrap_or_default();
        self.out.push_str(&" ".repeat(indent));
        self.painted(lead_paint, lead);
        self.painted(paint, first);
        self.end_line();
        for line in lines {
            self.out.push_str(&" ".repeat(hang));
            self.painted(paint, line);
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
    }

    fn painted(&mut self, paint: Paint, text: &str) {
        let sgr = paint.sgr();
        if !self.style.colour || sgr.is_empty() || text.trim().is_empty() {
            self.out.push_str(text);
            return;
        }
        for part in ["\x1b[", sgr, "m", text, "\x1b[0m"] {
            self.out.push_str(part);
        }
    }
}

/// Breaks text at spaces so that each line has at most `width` characters; a longer word stands alone, unbroken, so that
/// addresses and commands can be copied.
fn wrap(text: &str, width: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut length) = (0, 0, 0);
    for (at, word) in words(text) {
        let size = word.chars().count();
        let gap = if length == 0 { 0 } else { text[end..at].chars().count() };
        if length > 0 && length + gap + size > width {
            lines.push(&text[start..end]);
            (start, length) = (at, size);
        } else {
            if length == 0 {
                start = at;
            }
            length += gap + size;
        }
        end = at + word.len();
    }
    if end > start {
        lines.push(&text[start..end]);
    }
    lines
}

/// Units that stay on the line of their number.
const UNITS: [&str; 3] = ["ms", "s", "%"];

/// Words with their positions in bytes; a number and its unit are one word.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        let unit = UNITS.contains(&word.trim_end_matches(['.', ',', ';', ':', ')']));
        match found.last_mut() {
            Some((begin, number)) if unit && number.ends_with(|c: char| c.is_ascii_digit()) => {
                *number = &text[*begin..at + word.len()];
            }
            _ if word.is_empty() => {}
            _ => found.push((at, word)),
        }
        at += word.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_at_spaces_only() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("2001:db8:1:2:3:4:5:6 is long", 8), ["2001:db8:1:2:3:4:5:6", "is long"]);
        assert_eq!(wrap("took 1.2 s, then 98 %", 8), ["took", "1.2 s,", "then", "98 %"]);
        assert_eq!(wrap("", 8), Vec::<&str>::new());
        assert_eq!(wrap("  a  b  ", 8), ["a  b"]);
    }

    #[test]
    fn nothing_hostile_reaches_the_terminal_and_colour_only_where_asked() {
        let mut page = Page::new(Style { colour: false, ..Style::default() });
        page.paragraph(0, Paint::Bad, "evil\x1b]0;title\x07");
        assert_eq!(page.finish(), "evil\\x1b]0;title\\x07\n");
        let mut page = Page::new(Style { colour: true, ..Style::default() });
        page.paragraph(2, Paint::Bad, "bad");
        assert_eq!(page.finish(), "  \x1b[31mbad\x1b[0m\n");
    }
}
