//! Markdown for tickets: CommonMark without HTML.

use std::fmt::Write;

use netmend_model::{Report, StationState};

use crate::view::{FixView, Found, Measured, ReasonView, View};
use crate::words::Words;

/// Measurements are shown one by one up to this many bytes of raw data each; the JSON report has the rest.
const RAW_SHOWN: usize = 4096;

/// A whole report as Markdown, with the words that [`Words::fill`] left in it.
pub fn render(report: &Report, way: &[StationState], words: &Words) -> String {
    let view = View::new(report, way, words);
    let mut out = String::new();
    line(&mut out, &format!("# {}", plain(&view.title)));
    line(&mut out, &format!("**{}**", plain(&view.sentence)));
    if let Some(more) = &view.more {
        line(&mut out, &plain(more));
    }
    stations(&mut out, &view);
    if let Some(found) = &view.found {
        cause(&mut out, found, &view);
    }
    if !view.others.is_empty() {
        heading(&mut out, &view.label.others);
        let others = view.others.iter();
        list(&mut out, others.map(|o| format!("{} %: {} ({})", o.percent, plain(&o.title), code(o.cause))));
    }
    section(&mut out, &view.label.notes, &view.notes);
    section(&mut out, &view.label.skipped, &view.skipped);
    evidence(&mut out, &view);
    heading(&mut out, &view.label.context);
    list(&mut out, view.facts.iter().map(|(label, value)| format!("{}: {}", plain(label), plain(value))));
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn stations(out: &mut String, view: &View) {
    if view.stations.is_empty() {
        return;
    }
    let say = |station: &crate::view::StationView| {
        format!("{} {} ({})", station.sign, plain(&station.name), plain(&station.status))
    };
    let names: Vec<_> = view.stations.iter().map(say).collect();
    line(out, &names.join(" → "));
}

fn cause(out: &mut String, found: &Found, view: &View) {
    heading(out, &found.title);
    line(out, &plain(&found.explanation));
    let mut rows = vec![(&view.label.sure, plain(&found.sure))];
    if let Some(place) = &found.place {
        rows.push((&view.label.place, plain(place)));
    }
    rows.push((&view.label.who, plain(&found.who)));
    rows.push((&view.label.cause, code(found.cause)));
    list(out, rows.into_iter().map(|(label, value)| format!("**{}**: {value}", plain(label))));
    heading(out, &view.label.todo);
    for (index, remedy) in found.fixes.iter().enumerate() {
        fix(out, index + 1, remedy, view);
    }
    heading(out, &view.label.why);
    let (speaking_for, against): (Vec<_>, Vec<_>) = found.reasons.iter().partition(|reason| reason.speaks_for);
    reasons(out, &view.label.speaks_for, &speaking_for);
    reasons(out, &view.label.against, &against);
}

fn fix(out: &mut String, number: usize, remedy: &FixView, view: &View) {
    line(out, &format!("{number}. **{}** ({})", plain(&remedy.title), plain(&remedy.facts)));
    list(out, remedy.steps.iter().map(|step| plain(step)));
    if let Some(message) = &remedy.message {
        line(out, &format!("{}:", plain(&view.label.message)));
        block(out, "text", message);
    }
}

fn reasons(out: &mut String, label: &str, reasons: &[&ReasonView]) {
    if reasons.is_empty() {
        return;
    }
    line(out, &format!("{}:", plain(label)));
    for reason in reasons {
        let _ = writeln!(out, "- {}", plain(&reason.text));
        for seen in &reason.measured {
            let _ = writeln!(out, "  - {}", measured(seen));
        }
    }
    out.push('\n');
}

fn measured(seen: &Measured) -> String {
    format!("{}: {} \\[{}\\]", plain(&seen.what), plain(&seen.seen), plain(&seen.id))
}

fn evidence(out: &mut String, view: &View) {
    if view.measured.is_empty() {
        return;
    }
    heading(out, &view.label.evidence);
    for seen in &view.measured {
        let _ = writeln!(out, "- {}", measured(seen));
    }
    out.push('\n');
    for seen in view.measured.iter().filter(|seen| cited(view, &seen.id) && seen.raw.len() <= RAW_SHOWN) {
        line(out, &format!("{} {}:", plain(&view.label.raw), plain(&seen.id)));
        block(out, "json", &seen.raw);
    }
}

/// Whether the first diagnosis rests on it.
fn cited(view: &View, id: &str) -> bool {
    view.found.iter().flat_map(|found| &found.reasons).flat_map(|reason| &reason.measured).any(|seen| seen.id == id)
}

fn section(out: &mut String, label: &str, entries: &[String]) {
    if !entries.is_empty() {
        heading(out, label);
        list(out, entries.iter().map(|entry| plain(entry)));
    }
}

fn heading(out: &mut String, text: &str) {
    line(out, &format!("## {}", plain(text)));
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push_str("\n\n");
}

fn list(out: &mut String, entries: impl Iterator<Item = String>) {
    for entry in entries {
        let _ = writeln!(out, "- {entry}");
    }
    out.push('\n');
}

/// A fenced block whose fence is longer than any in the text (CommonMark, 4.5).
fn block(out: &mut String, language: &str, text: &str) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    line(out, &format!("{fence}{language}\n{text}\n{fence}"));
}

/// A code span; ids of causes hold no backtick.
fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Text that means nothing to Markdown or to the HTML in it (CommonMark, 2.4), nor to what trackers add: links and mentions.
fn plain(text: &str) -> String {
    let text = crate::visible(text);
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '+' | '!' | '|' | '~' => {
                out.push('\\');
                out.push(character);
            }
            // A mention would call somebody.
            '@' => out.push_str("&#64;"),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_values_stays_text() {
        assert_eq!(plain("<img src=x onerror=y>"), "&lt;img src=x onerror=y&gt;");
        assert_eq!(plain("[a](javascript:b) *c* `d` @everyone"), "\\[a\\](javascript:b) \\*c\\* \\`d\\` &#64;everyone");
    }

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        let mut out = String::new();
        block(&mut out, "text", "a ```` b");
        assert!(out.starts_with("`````text\n") && out.trim_end().ends_with("\n`````"), "{out}");
    }
}
