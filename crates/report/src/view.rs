//! A report prepared for the templates: every text looked up and made visible, nothing left to decide.

use netmend_model::{
    Diagnosis, Evidence, Place, Redaction, Remedy, Report, Stance, StationState, StationStatus, Verdict,
};

use crate::visible;
use crate::words::{Words, base_params, diagnosis_params, percent};

/// What a page shows.
pub(crate) struct View {
    pub language: String,
    pub direction: String,
    pub title: String,
    pub asked: String,
    pub verdict: &'static str,
    pub sentence: String,
    pub more: Option<String>,
    pub stations: Vec<StationView>,
    pub found: Option<Found>,
    pub others: Vec<Other>,
    pub notes: Vec<String>,
    pub skipped: Vec<String>,
    pub measured: Vec<Measured>,
    pub facts: Vec<(String, String)>,
    pub context: String,
    pub label: Labels,
}

/// A station of the way.
pub(crate) struct StationView {
    pub name: String,
    pub status: String,
    /// Class and sign.
    pub class: &'static str,
    pub sign: &'static str,
    pub detail: String,
}

/// The first diagnosis.
pub(crate) struct Found {
    pub title: String,
    pub explanation: String,
    pub sure: String,
    pub place: Option<String>,
    pub who: String,
    pub cause: &'static str,
    pub fixes: Vec<FixView>,
    pub reasons: Vec<ReasonView>,
}

/// A remedy.
pub(crate) struct FixView {
    pub title: String,
    pub facts: String,
    pub steps: Vec<String>,
    pub message: Option<String>,
}

/// One sign with the measurements that it rests on.
pub(crate) struct ReasonView {
    pub speaks_for: bool,
    pub text: String,
    pub measured: Vec<Measured>,
}

/// A measurement.
#[derive(Clone)]
pub(crate) struct Measured {
    pub id: String,
    pub what: String,
    pub seen: String,
    pub why: String,
    pub time: String,
    pub raw: String,
}

/// Another possible cause.
pub(crate) struct Other {
    pub percent: String,
    pub title: String,
    pub cause: &'static str,
    pub explanation: String,
}

/// Headings and labels.
pub(crate) struct Labels {
    pub report: String,
    pub way: String,
    pub sure: String,
    pub place: String,
    pub who: String,
    pub cause: String,
    pub todo: String,
    pub why: String,
    pub speaks_for: String,
    pub against: String,
    pub others: String,
    pub notes: String,
    pub skipped: String,
    pub evidence: String,
    pub message: String,
    pub context: String,
    pub raw: String,
}

impl View {
    pub(crate) fn new(report: &Report, way: &[StationState], words: &Words) -> Self {
        let target = report.target.as_ref().map_or("", |target| target.asked.as_str());
        let asked = if target.is_empty() { words.text("online-question") } else { shown(target) };
        let first = report.diagnoses.first();
        let sentence = words.verdict(report.verdict, first.map(|d| d.confidence), report.interrupted, target);
        Self {
            language: words.language().to_owned(),
            direction: words.text("language-direction"),
            title: format!("{}: {asked}", words.text("heading-report")),
            asked,
            verdict: verdict_class(report.verdict),
            sentence,
            more: first.is_none().then(|| words.verdict_more(report)).flatten(),
            stations: way.iter().map(|state| station(state, words)).collect(),
            found: first.map(|diagnosis| found(report, diagnosis, words)),
            others: report.diagnoses.iter().skip(1).map(other).collect(),
            notes: report.notes.iter().map(|note| shown(&note.text)).collect(),
            skipped: report.skipped.iter().map(|skipped| shown(&skipped.text)).collect(),
            measured: report.evidence.iter().map(|seen| measured(seen, words)).collect(),
            facts: facts(report, words),
            context: words.context(report),
            label: Labels::new(words),
        }
    }
}

impl Labels {
    fn new(words: &Words) -> Self {
        let say = |name: &str| words.text(&format!("heading-{name}"));
        Self {
            report: say("report"),
            way: say("way"),
            sure: say("sure"),
            place: say("where"),
            who: say("who"),
            cause: say("cause"),
            todo: say("do"),
            why: say("why"),
            speaks_for: say("for"),
            against: say("against"),
            others: say("others"),
            notes: say("notes"),
            skipped: say("skipped"),
            evidence: say("evidence"),
            message: say("message"),
            context: say("context"),
            raw: words.text("label-raw"),
        }
    }
}

fn shown(text: &str) -> String {
    visible(text).into_owned()
}

fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Healthy => "healthy",
        Verdict::Problem => "problem",
        Verdict::Inconclusive => "inconclusive",
    }
}

fn station(state: &StationState, words: &Words) -> StationView {
    let (class, sign) = match state.status {
        StationStatus::Fine => ("fine", "✓"),
        StationStatus::Attention => ("attention", "!"),
        StationStatus::Broken => ("broken", "✗"),
        StationStatus::Waiting | StationStatus::Checking => ("unknown", "…"),
        StationStatus::Unknown => ("unknown", "?"),
    };
    let (name, status) = (words.station(state.station), words.status(state.status));
    StationView { name, status, class, sign, detail: shown(&state.detail) }
}

fn found(report: &Report, diagnosis: &Diagnosis, words: &Words) -> Found {
    let place = |place: &Place| words.place(place);
    Found {
        title: shown(&diagnosis.title),
        explanation: shown(&diagnosis.explanation),
        sure: format!("{} ({} %)", words.confidence(diagnosis.confidence), percent(diagnosis.confidence)),
        place: diagnosis.place.as_ref().map(place),
        who: words.who(diagnosis.who),
        cause: diagnosis.cause.id(),
        fixes: diagnosis.fixes.iter().map(|remedy| fix(report, diagnosis, remedy, words)).collect(),
        reasons: reasons(report, diagnosis, words),
    }
}

fn fix(report: &Report, diagnosis: &Diagnosis, remedy: &Remedy, words: &Words) -> FixView {
    FixView {
        title: shown(&remedy.title),
        facts: words.remedy_facts(remedy),
        steps: remedy.steps.iter().map(|step| shown(step)).collect(),
        message: words.message(report, diagnosis, remedy),
    }
}

fn reasons(report: &Report, diagnosis: &Diagnosis, words: &Words) -> Vec<ReasonView> {
    let params = diagnosis_params(&base_params(report.target.as_ref()), diagnosis);
    let mut reasons: Vec<(&str, ReasonView)> = Vec::new();
    for support in &diagnosis.evidence {
        let seen = report.evidence.iter().find(|seen| seen.id == support.id).map(|seen| measured(seen, words));
        match reasons.last_mut() {
            Some((sign, reason)) if *sign == support.sign => reason.measured.extend(seen),
            _ => {
                let speaks_for = support.stance == Stance::For;
                let text = words.sign(support, &params);
                reasons.push((&support.sign, ReasonView { speaks_for, text, measured: seen.into_iter().collect() }));
            }
        }
    }
    reasons.into_iter().map(|(_, reason)| reason).collect()
}

fn other(diagnosis: &Diagnosis) -> Other {
    Other {
        percent: percent(diagnosis.confidence),
        title: shown(&diagnosis.title),
        cause: diagnosis.cause.id(),
        explanation: shown(&diagnosis.explanation),
    }
}

fn measured(seen: &Evidence, words: &Words) -> Measured {
    let raw = serde_json::to_string_pretty(seen).unwrap_or_default();
    Measured {
        id: shown(&seen.id),
        what: words.request(&seen.request),
        seen: words.seen(seen),
        why: words.why(seen.why),
        time: format!("{} + {}", crate::words::ms(seen.started_ms), crate::words::ms(seen.elapsed_ms)),
        raw: raw.lines().map(shown).collect::<Vec<_>>().join("\n"),
    }
}

/// The table at the end: what was asked, where, when, by what.
fn facts(report: &Report, words: &Words) -> Vec<(String, String)> {
    let mut facts = vec![
        (words.text("label-host"), shown(&report.host.name)),
        (words.text("label-system"), shown(&words.system(&report.host))),
        (words.text("label-started"), crate::words::moment(&report.started)),
        (words.text("label-elapsed"), crate::words::ms(report.elapsed_ms)),
        (words.text("label-version"), shown(&report.netmend)),
        (words.text("label-profile"), shown(&report.profile.name)),
        (words.text("label-support"), shown(&report.profile.support.contact)),
    ];
    if report.redaction != Redaction::None {
        facts.push((words.text("label-redaction"), words.redaction(report.redaction)));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}
