//! Text for a terminal or a ticket: short, aligned, wrapped.

mod page;

use netmend_model::{Diagnosis, ReasonCode, Remedy, Report, Skipped, Stance, StationState, StationStatus, Support};

use crate::words::{Words, base_params, diagnosis_params, percent};
use page::{Page, Paint};

/// How text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used (ECMA-48, SGR).
    pub colour: bool,
    /// Columns; lines are wrapped before that. At least 40 are taken.
    pub width: usize,
    /// Whether all remedies' steps, ready messages and every measurement are shown.
    pub details: bool,
}

impl Default for Style {
    /// No colour, 80 columns, short.
    fn default() -> Self {
        Self { colour: false, width: 80, details: false }
    }
}

/// Remedies whose steps are shown without `details`; of the others only the title.
const STEPS_SHOWN: usize = 2;

/// Measurements shown below each sign without `details`; the others are counted.
const MEASUREMENTS_SHOWN: usize = 2;

/// A whole report, with the words that [`Words::fill`] left in it.
pub fn render(report: &Report, way: &[StationState], words: &Words, style: Style) -> String {
    let mut page = Page::new(style);
    verdict(&mut page, report, words);
    stations(&mut page, way, words);
    if let Some((first, others)) = report.diagnoses.split_first() {
        summary(&mut page, first, words);
        page.heading(&words.text("heading-do"));
        remedies_into(&mut page, report, first, words);
        if !style.details && first.fixes.iter().any(|remedy| remedy.hand_over) {
            page.gap();
            page.paragraph(2, Paint::Dim, &words.with("hint-messages", &[("cause", first.cause.id())]));
        }
        page.heading(&words.text("heading-why"));
        why(&mut page, report, first, words);
        other_causes(&mut page, others, words);
    }
    list(&mut page, &words.text("heading-notes"), report.notes.iter().map(|note| note.text.as_str()));
    skipped(&mut page, report, words);
    if style.details {
        measurements(&mut page, report, words);
    }
    context(&mut page, report, words);
    page.finish()
}

/// The remedies of one diagnosis alone, with every step and ready message (`netmend fix`).
pub fn remedies(report: &Report, diagnosis: &Diagnosis, words: &Words, style: Style) -> String {
    let mut page = Page::new(Style { details: true, ..style });
    page.paragraph(0, Paint::Strong, &diagnosis.title);
    page.heading(&words.text("heading-do"));
    remedies_into(&mut page, report, diagnosis, words);
    page.finish()
}

fn verdict(page: &mut Page, report: &Report, words: &Words) {
    let asked = report.target.as_ref().map_or_else(|| words.text("online-question"), |target| target.asked.clone());
    page.paragraph(0, Paint::Dim, &asked);
    page.gap();
    let first = report.diagnoses.first();
    let target = report.target.as_ref().map_or("", |target| target.asked.as_str());
    let sentence = words.verdict(report.verdict, first.map(|d| d.confidence), report.interrupted, target);
    page.paragraph(0, Paint::of_verdict(report.verdict), &sentence);
    if let Some(diagnosis) = first {
        page.paragraph(0, Paint::Strong, &diagnosis.title);
        page.gap();
        page.paragraph(0, Paint::Plain, &diagnosis.explanation);
    } else if let Some(more) = words.verdict_more(report) {
        page.paragraph(0, Paint::Plain, &more);
    }
}

fn stations(page: &mut Page, way: &[StationState], words: &Words) {
    if way.is_empty() {
        return;
    }
    page.gap();
    let names: Vec<_> = way.iter().map(|state| words.station(state.station)).collect();
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    for (state, name) in way.iter().zip(&names) {
        let status = words.status(state.status);
        let said = match state.detail.as_str() {
            "" => status,
            detail => format!("{status} · {detail}"),
        };
        page.row(mark(state.status), Paint::of_status(state.status), &format!("{name:<widest$}  "), &said);
    }
}

/// A station's sign; the word for it stands beside it, so that colour and sign are never alone.
fn mark(status: StationStatus) -> &'static str {
    match status {
        StationStatus::Fine => "✓",
        StationStatus::Attention => "!",
        StationStatus::Broken => "✗",
        StationStatus::Waiting | StationStatus::Checking => "…",
        StationStatus::Unknown => "?",
    }
}

fn summary(page: &mut Page, diagnosis: &Diagnosis, words: &Words) {
    page.gap();
    let sure = format!("{} ({} %)", words.confidence(diagnosis.confidence), percent(diagnosis.confidence));
    let place = diagnosis.place.as_ref().map(|place| words.place(place));
    let mut rows = vec![(words.text("heading-sure"), sure)];
    rows.extend(place.map(|place| (words.text("heading-where"), place)));
    rows.push((words.text("heading-who"), words.who(diagnosis.who)));
    rows.push((words.text("heading-cause"), diagnosis.cause.id().to_owned()));
    page.table(&rows);
}

fn remedies_into(page: &mut Page, report: &Report, diagnosis: &Diagnosis, words: &Words) {
    for (index, remedy) in diagnosis.fixes.iter().enumerate() {
        page.item(&format!("{}.", index + 1), Paint::Accent, &remedy.title);
        page.paragraph(5, Paint::Dim, &words.remedy_facts(remedy));
        if page.style.details || index < STEPS_SHOWN {
            for step in &remedy.steps {
                page.bullet(5, step);
            }
            message(page, report, diagnosis, remedy, words);
        }
    }
}

fn message(page: &mut Page, report: &Report, diagnosis: &Diagnosis, remedy: &Remedy, words: &Words) {
    if !page.style.details {
        return;
    }
    if let Some(message) = words.message(report, diagnosis, remedy) {
        page.gap();
        for line in message.lines() {
            page.quoted(5, line);
        }
        page.gap();
    }
}

fn why(page: &mut Page, report: &Report, diagnosis: &Diagnosis, words: &Words) {
    let params = diagnosis_params(&base_params(report.target.as_ref()), diagnosis);
    // One sign may rest on several measurements: its sentence stands once, its measurements below.
    for supports in diagnosis.evidence.chunk_by(|a, b| a.sign == b.sign) {
        let (mark, paint) = match supports[0].stance {
            Stance::For => ("+", Paint::Good),
            Stance::Against => ("−", Paint::Bad),
        };
        page.item(mark, paint, &words.sign(&supports[0], &params));
        supporting(page, report, supports, words);
    }
}

/// The measurements that a sign rests on.
fn supporting(page: &mut Page, report: &Report, supports: &[Support], words: &Words) {
    let found = supports.iter().filter_map(|support| report.evidence.iter().find(|seen| seen.id == support.id));
    let lines: Vec<_> =
        found.map(|seen| format!("{}: {} [{}]", words.request(&seen.request), words.seen(seen), seen.id)).collect();
    // A single one left over needs no more room than its count.
    let shown =
        if page.style.details || lines.len() <= MEASUREMENTS_SHOWN + 1 { lines.len() } else { MEASUREMENTS_SHOWN };
    for line in &lines[..shown] {
        page.paragraph(5, Paint::Dim, line);
    }
    if shown < lines.len() {
        let more = (lines.len() - shown).to_string();
        page.paragraph(5, Paint::Dim, &words.with("hint-measurements", &[("count", &more)]));
    }
}

fn other_causes(page: &mut Page, others: &[Diagnosis], words: &Words) {
    if others.is_empty() {
        return;
    }
    page.heading(&words.text("heading-others"));
    for other in others {
        let line = format!("{} [{}]", other.title, other.cause.id());
        page.item(&format!("{:>2} %", percent(other.confidence)), Paint::Dim, &line);
    }
}

fn list<'a>(page: &mut Page, heading: &str, entries: impl Iterator<Item = &'a str>) {
    let mut entries = entries.filter(|entry| !entry.is_empty()).peekable();
    if entries.peek().is_none() {
        return;
    }
    page.heading(heading);
    for entry in entries {
        page.bullet(2, entry);
    }
}

/// What could not be measured. What a run had no time for says nothing of the network: without `details` it is counted only.
fn skipped(page: &mut Page, report: &Report, words: &Words) {
    let unfinished = |skipped: &&Skipped| matches!(skipped.reason.code, ReasonCode::Cancelled | ReasonCode::OutOfTime);
    let (counted, mut shown): (Vec<_>, Vec<_>) =
        report.skipped.iter().partition(|skipped| !page.style.details && unfinished(skipped));
    shown.dedup_by(|a, b| a.text == b.text);
    let count = match counted.len() {
        0 => String::new(),
        number => words.with("skipped-unfinished", &[("count", &number.to_string())]),
    };
    let entries = shown.iter().map(|skipped| skipped.text.as_str()).chain(std::iter::once(count.as_str()));
    list(page, &words.text("heading-skipped"), entries);
}

fn measurements(page: &mut Page, report: &Report, words: &Words) {
    page.heading(&words.text("heading-evidence"));
    for seen in &report.evidence {
        page.item(&seen.id, Paint::Dim, &words.request(&seen.request));
        page.paragraph(5, Paint::Plain, &words.seen(seen));
    }
}

fn context(page: &mut Page, report: &Report, words: &Words) {
    page.gap();
    page.paragraph(0, Paint::Dim, &words.context(report));
}
