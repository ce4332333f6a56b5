//! Everything that planning and diagnosing may know.

use serde::{Deserialize, Serialize};

use crate::{Evidence, Profile, Report, Step, Symptom, Target};

/// Everything that planning and diagnosing may know: what was asked, how, and what has been seen so far.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Case {
    /// What is to be reached; `None` asks "is this computer online, and if not, why".
    pub target: Option<Target>,
    /// What a pasted message says.
    pub symptom: Option<Symptom>,
    /// How the run was asked for.
    pub settings: Settings,
    /// The organisation's settings.
    pub profile: Profile,
    /// The steps begun so far, in order.
    pub steps: Vec<Step>,
    /// What was seen so far, in the order in which it came in.
    pub evidence: Vec<Evidence>,
}

impl From<&Report> for Case {
    /// What a report was made from.
    fn from(report: &Report) -> Self {
        Self {
            target: report.target.clone(),
            symptom: report.symptom.clone(),
            settings: report.settings.clone(),
            profile: report.profile.clone(),
            steps: report.steps.clone(),
            evidence: report.evidence.clone(),
        }
    }
}

/// How a run was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Settings {
    /// Time-out of the program that failed, in milliseconds.
    pub client_timeout_ms: Option<f64>,
    /// Only this address family.
    pub family: Option<Family>,
    /// Whether the profile's references may be contacted.
    pub external: bool,
    /// The whole run ends by then, in milliseconds.
    pub budget_ms: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { client_timeout_ms: None, family: None, external: true, budget_ms: 20_000.0 }
    }
}

/// An address family.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// IPv4 (RFC 791).
    Ipv4,
    /// IPv6 (RFC 8200).
    Ipv6,
}

impl Family {
    /// The family of an address.
    pub fn of(address: std::net::IpAddr) -> Self {
        if address.is_ipv4() { Self::Ipv4 } else { Self::Ipv6 }
    }
}
