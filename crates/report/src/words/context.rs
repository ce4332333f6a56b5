//! Sentences about a report as a whole and about a remedy's effort.

use netmend_model::{Host, Outcome, ReasonCode, Redaction, Remedy, Report, Risk, Verdict};

use super::{Words, seen::ms};
use crate::visible;

impl Words {
    /// What to do where no cause was found; `None` where one was.
    pub fn verdict_more(&self, report: &Report) -> Option<String> {
        match report.verdict {
            Verdict::Problem => None,
            Verdict::Healthy => Some(self.text("verdict-healthy-more")),
            Verdict::Inconclusive if out_of_time(report) => Some(self.text("verdict-out-of-time-more")),
            Verdict::Inconclusive => Some(self.text("verdict-inconclusive-more")),
        }
    }

    /// A remedy's effort, risk and rights in one line.
    pub fn remedy_facts(&self, remedy: &Remedy) -> String {
        let mut facts = vec![self.minutes(remedy.minutes), self.rights(remedy.rights)];
        if remedy.risk != Risk::None {
            facts.push(self.risk(remedy.risk));
        }
        if remedy.workaround {
            facts.push(self.text("workaround"));
        }
        facts.join(" · ")
    }

    /// The computer's system and the run's rights in one line.
    pub fn system(&self, host: &Host) -> String {
        let rights = self.text(if host.elevated { "elevated-yes" } else { "elevated-no" });
        let name = if host.os_version.is_empty() { host.os.as_str() } else { host.os_version.as_str() };
        [&*visible(name), &rights].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// When, how long, how much, by what, in one line.
    pub fn context(&self, report: &Report) -> String {
        let mut parts = vec![
            format!("Netmend {}", visible(&report.netmend)),
            moment(&report.started),
            ms(report.elapsed_ms),
            self.with("measurements", &[("count", &report.evidence.len().to_string())]),
        ];
        if report.redaction != Redaction::None {
            parts.push(format!("{}: {}", self.text("label-redaction"), self.redaction(report.redaction)));
        }
        if report.interrupted {
            parts.push(self.text("interrupted"));
        }
        parts.join(" · ")
    }
}

/// Whether the budget ended the run before its measurements were done.
fn out_of_time(report: &Report) -> bool {
    report.elapsed_ms >= report.settings.budget_ms
        && report
            .evidence
            .iter()
            .any(|seen| matches!(&seen.outcome, Outcome::NotRun { reason } if reason.code == ReasonCode::OutOfTime))
}

/// A point in time for people, from RFC 3339 in UTC: `2026-11-21 08:00:00 UTC`; anything else as it is.
pub(crate) fn moment(started: &str) -> String {
    let shape = |text: &str| text.is_ascii() && text.len() == 19 && text.as_bytes()[10] == b'T';
    match started.get(..19).filter(|begin| shape(begin) && started.ends_with('Z')) {
        Some(begin) => visible(&format!("{} UTC", begin.replacen('T', " ", 1))).into_owned(),
        None => visible(started).into_owned(),
    }
}
