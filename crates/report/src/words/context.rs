//! Sentences about a report as a whole and about a remedy's effort.

use netmend_model::{Host, Redaction, Remedy, Report, Risk, Verdict};

use super::{Words, seen::ms};
use crate::visible;

impl Words {
    /// What to do where no cause was found; `None` where one was.
    pub fn verdict_more(&self, verdict: Verdict) -> Option<String> {
        match verdict {
            Verdict::Problem => None,
            Verdict::Healthy => Some(self.text("verdict-healthy-more")),
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
            visible(&report.started).into_owned(),
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
