//! What is wrong, how sure, why, and what to do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CauseId, Who};

/// Values that the words in `locales/` are filled with.
pub type Params = BTreeMap<String, String>;

/// The whole answer in one word.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing is wrong.
    Healthy,
    /// A cause was found.
    Problem,
    /// Nothing conclusive, or out of time.
    Inconclusive,
}

/// One cause, weighed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Diagnosis {
    /// The id in the catalogue.
    pub cause: CauseId,
    /// Probability that this is the cause, 0 to 1.
    pub confidence: f64,
    /// One sentence, in the report's language; filled by the `report` part.
    #[serde(default)]
    pub title: String,
    /// What it means, in the report's language; filled by the `report` part.
    #[serde(default)]
    pub explanation: String,
    /// The place, where one is known.
    #[serde(rename = "where")]
    pub place: Option<Place>,
    /// Who can act.
    pub who: Who,
    /// What speaks for and against.
    pub evidence: Vec<Support>,
    /// What to do, the most promising first.
    pub fixes: Vec<Remedy>,
    /// Values for the words.
    #[serde(default)]
    pub params: Params,
}

/// A place on the way from this computer to the service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Place {
    /// What kind of place.
    pub kind: PlaceKind,
    /// Its name or address, such as `eth0`, `198.51.100.1`, `/etc/hosts:12`.
    pub name: String,
}

/// Kinds of places.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum PlaceKind {
    Interface,
    Route,
    Hop,
    Resolver,
    Rule,
    File,
    Proxy,
    Process,
    Address,
    Service,
    Setting,
}

/// Evidence for or against a cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Support {
    /// The evidence's id.
    pub id: String,
    /// The sign that was read from it; the words for it are in `locales/`.
    pub sign: String,
    /// Whether the sign was found present (true) or found absent (false).
    pub present: bool,
    /// For or against.
    pub stance: Stance,
    /// Weight in log-odds (natural logarithm), always positive.
    pub weight: f64,
}

/// For or against.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Stance {
    For,
    Against,
}

/// Something that can be done. Applying changes is not part of this version: all steps are carried out by people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Remedy {
    /// Stable id; the words for it are in `locales/`.
    pub id: String,
    /// What it is, in the report's language; filled by the `report` part.
    #[serde(default)]
    pub title: String,
    /// The steps, in the report's language; filled by the `report` part.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Who carries it out.
    pub who: Who,
    /// What may go wrong.
    pub risk: Risk,
    /// The rights it needs.
    pub rights: Rights,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Whether it only goes round the fault.
    #[serde(default)]
    pub workaround: bool,
    /// Whether somebody else must act, so that a ready message helps.
    #[serde(default)]
    pub hand_over: bool,
}

/// What may go wrong with a remedy.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Nothing changes for anybody else.
    None,
    /// It can be taken back.
    Reversible,
    /// The network is gone for a moment.
    CutsNetwork,
}

/// The rights a remedy needs.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Rights {
    /// Anybody can do it.
    User,
    /// An administrator of this computer.
    Administrator,
    /// Somebody else altogether.
    SomebodyElse,
}
