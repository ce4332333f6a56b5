//! The names of things: who, where, how sure, which station, which protocol.

use netmend_model::{
    LookupRole, Params, Place, Protocol, ReasonCode, Redaction, Rights, Risk, Role, Station, StationStatus, Topic,
    Verdict, Who, Why,
};
use serde::Serialize;

use super::{Words, key};

/// Steps of confidence and the number in the keys of their words, the highest first.
const CONFIDENCE: &[(f64, u32)] = &[(0.95, 95), (0.85, 85), (0.7, 70), (0.5, 50), (0.25, 25), (0.0, 0)];

/// From here on the first sentence says "found"; below, "probably found".
const SURE: f64 = 0.7;

impl Words {
    /// The report's first sentence: what the verdict means.
    pub fn verdict(&self, verdict: Verdict, confidence: Option<f64>, interrupted: bool, target: &str) -> String {
        let key = match verdict {
            Verdict::Problem if confidence.unwrap_or(0.0) >= SURE => "verdict-problem",
            Verdict::Problem => "verdict-problem-likely",
            Verdict::Inconclusive if interrupted => "verdict-interrupted",
            Verdict::Inconclusive => "verdict-inconclusive",
            Verdict::Healthy if target.is_empty() => "verdict-healthy",
            Verdict::Healthy => "verdict-healthy-target",
        };
        self.with(key, &[("target", target)])
    }

    /// How sure, in words; a number outside 0 to 1 is taken for the nearer end.
    pub fn confidence(&self, confidence: f64) -> String {
        let step = CONFIDENCE.iter().find(|(from, _)| confidence >= *from).map_or(0, |(_, name)| *name);
        self.text(&format!("confidence-{step}"))
    }

    /// Who can act.
    pub fn who(&self, who: Who) -> String {
        self.named("who", who)
    }

    /// What may go wrong.
    pub fn risk(&self, risk: Risk) -> String {
        self.named("risk", risk)
    }

    /// The rights needed.
    pub fn rights(&self, rights: Rights) -> String {
        self.named("rights", rights)
    }

    /// A duration for people, from minutes.
    pub fn minutes(&self, minutes: u32) -> String {
        self.with("minutes", &[("count", &minutes.to_string())])
    }

    /// A station of the way.
    pub fn station(&self, station: Station) -> String {
        self.named("station", station)
    }

    /// How a station is.
    pub fn status(&self, status: StationStatus) -> String {
        self.named("status", status)
    }

    /// A protocol.
    pub fn protocol(&self, protocol: Protocol) -> String {
        self.named("protocol", protocol)
    }

    /// What an address is in a case.
    pub fn role(&self, role: Role) -> String {
        self.named("role", role)
    }

    /// What a DNS answer is for.
    pub fn lookup_role(&self, role: LookupRole) -> String {
        self.named("lookup-role", role)
    }

    /// A fact of this computer.
    pub fn topic(&self, topic: Topic) -> String {
        self.text(&format!("topic-{}", key(topic.name())))
    }

    /// Why something was not measured.
    pub fn reason(&self, code: ReasonCode) -> String {
        self.named("reason", code)
    }

    /// Why something was measured.
    pub fn why(&self, why: Why) -> String {
        self.named("why", why)
    }

    /// What a level of redaction removes.
    pub fn redaction(&self, redaction: Redaction) -> String {
        self.named("redaction", redaction)
    }

    /// A place with its kind: "router 198.51.100.1".
    pub fn place(&self, place: &Place) -> String {
        self.with(&format!("place-{}", code(place.kind)), &[("name", &place.name)])
    }

    fn named(&self, prefix: &str, value: impl Serialize) -> String {
        self.format(&format!("{prefix}-{}", code(value)), &Params::new())
    }
}

/// The code of an enum's value as it stands in JSON, with hyphens.
pub(crate) fn code(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => key(&name),
        _ => String::new(),
    }
}
