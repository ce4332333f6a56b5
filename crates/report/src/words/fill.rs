//! Fills a report's words: titles, explanations, remedies, notes and what could not be measured.

use netmend_model::{CauseId, Diagnosis, Host, Note, Params, Remedy, Report, Support, Target};

use super::{Words, key};
use crate::visible;

impl Words {
    /// Writes the words of this language into a report, over any that are there. Codes and values stay as they are.
    pub fn fill(&self, report: &mut Report) {
        let base = base_params(report.target.as_ref());
        let os = report.host.os.clone();
        for diagnosis in &mut report.diagnoses {
            let params = diagnosis_params(&base, diagnosis);
            diagnosis.title = self.cause(diagnosis.cause, &params);
            diagnosis.explanation = self.explanation(diagnosis.cause, &params);
            for remedy in &mut diagnosis.fixes {
                remedy.title = self.remedy(remedy, &params);
                remedy.steps = self.steps(remedy, &os, &params);
            }
        }
        for note in &mut report.notes {
            note.text = self.note(note, &base);
        }
        for skipped in &mut report.skipped {
            skipped.text = self.skipped(&skipped.request, &skipped.reason);
        }
        self.language().clone_into(&mut report.language);
    }

    /// A cause's title: one sentence anybody understands.
    pub fn cause(&self, cause: CauseId, params: &Params) -> String {
        self.format(&cause_key(cause), params)
    }

    /// What a cause means here: plain words, then exact terms.
    pub fn explanation(&self, cause: CauseId, params: &Params) -> String {
        one_line(&self.attribute(&cause_key(cause), "explanation", params).unwrap_or_default())
    }

    /// What a cause means in general (`netmend explain`).
    pub fn meaning(&self, cause: CauseId) -> String {
        one_line(&self.attribute(&cause_key(cause), "meaning", &Params::new()).unwrap_or_default())
    }

    /// A remedy in a few words.
    pub fn remedy(&self, remedy: &Remedy, params: &Params) -> String {
        self.format(&remedy_key(&remedy.id), params)
    }

    /// A remedy's steps for an operating system (`linux`, `macos`, `windows`), the general ones where it has none of its own.
    pub fn steps(&self, remedy: &Remedy, os: &str, params: &Params) -> Vec<String> {
        let key = remedy_key(&remedy.id);
        let own = self.attribute(&key, &format!("steps-{os}"), params);
        let text = own.or_else(|| self.attribute(&key, "steps", params)).unwrap_or_default();
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// What a piece of evidence shows for a diagnosis: the sign's statement, or its negation.
    pub fn sign(&self, support: &Support, params: &Params) -> String {
        let key = format!("sign-{}", key(&support.sign));
        if support.present {
            return self.format(&key, params);
        }
        self.attribute(&key, "absent", params).unwrap_or(key)
    }

    /// Something seen that is not at fault.
    pub fn note(&self, note: &Note, base: &Params) -> String {
        let mut params = base.clone();
        params.extend(note.params.clone());
        one_line(&self.format(&format!("note-{}", key(&note.code)), &params))
    }

    /// The ready message for somebody else who must act; `None` where the remedy is not of that kind.
    pub fn message(&self, report: &Report, diagnosis: &Diagnosis, remedy: &Remedy) -> Option<String> {
        if !remedy.hand_over {
            return None;
        }
        let params = diagnosis_params(&base_params(report.target.as_ref()), diagnosis);
        let request = self.attribute(&remedy_key(&remedy.id), "message", &params)?;
        let percent = percent(diagnosis.confidence);
        let found = [
            ("title", self.cause(diagnosis.cause, &params)),
            ("confidence", self.confidence(diagnosis.confidence)),
            ("percent", percent),
        ];
        let mut lines = vec![
            self.with("handover-subject", &[("title", &found[0].1)]),
            String::new(),
            self.text("handover-hello"),
            String::new(),
            request,
            String::new(),
            self.with("handover-finding", &found.each_ref().map(|(name, value)| (*name, value.as_str()))),
            self.with("handover-cause", &[("cause", diagnosis.cause.id())]),
            self.with("handover-when", &[("started", &super::moment(&report.started))]),
            self.sender_line(&report.host),
        ];
        lines.extend(self.message_evidence(report, diagnosis));
        lines.extend([String::new(), self.text("handover-end")]);
        Some(lines.join("\n"))
    }

    fn sender_line(&self, host: &Host) -> String {
        self.with("handover-from", &[("host", &host.name), ("system", &host.os_version)])
    }

    /// The measurements that a diagnosis rests on, each once, in the order of the report.
    fn message_evidence(&self, report: &Report, diagnosis: &Diagnosis) -> Vec<String> {
        let cited = report.evidence.iter().filter(|seen| diagnosis.evidence.iter().any(|s| s.id == seen.id));
        let mut lines: Vec<_> = cited
            .map(|seen| format!("- {}: {} [{}]", self.request(&seen.request), self.seen(seen), visible(&seen.id)))
            .collect();
        if !lines.is_empty() {
            lines.splice(0..0, [String::new(), self.text("handover-evidence")]);
        }
        lines
    }
}

/// A probability as whole percent; never 100 and never 0, which would claim certainty.
pub(crate) fn percent(confidence: f64) -> String {
    format!("{:.0}", (confidence * 100.0).clamp(1.0, 99.0))
}

/// The values that every entry may use, from the target.
pub(crate) fn base_params(target: Option<&Target>) -> Params {
    let Some(target) = target else { return Params::new() };
    let mut params = Params::new();
    params.insert("target".into(), target.asked.clone());
    params.insert("host".into(), target.host.clone());
    params.insert("port".into(), target.port.map(|port| port.to_string()).unwrap_or_default());
    let literal = target.is_literal().then(|| target.host.clone());
    params.insert("address".into(), target.address.map(|a| a.to_string()).or(literal).unwrap_or_default());
    params
}

/// A diagnosis' own values over those of the target.
pub(crate) fn diagnosis_params(base: &Params, diagnosis: &Diagnosis) -> Params {
    let mut params = base.clone();
    if let Some(place) = &diagnosis.place {
        params.insert("place".into(), place.name.clone());
    }
    params.extend(diagnosis.params.iter().filter(|(_, value)| !value.is_empty()).map(|(k, v)| (k.clone(), v.clone())));
    params
}

pub(crate) fn cause_key(cause: CauseId) -> String {
    format!("cause-{}", key(cause.id()))
}

pub(crate) fn remedy_key(id: &str) -> String {
    format!("fix-{}", key(id))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
