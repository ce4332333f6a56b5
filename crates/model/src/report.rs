//! The report that somebody else can read and trust.

use serde::{Deserialize, Serialize};

use crate::{Diagnosis, Evidence, Params, Profile, Reason, Request, Settings, Step, Symptom, Target, Verdict};

/// The schema's name and version, as written in `schema`.
pub const SCHEMA: &str = "netmend.report/1";

/// A whole run. Unknown fields are ignored when read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Report {
    /// Always [`SCHEMA`] when written by this version.
    pub schema: String,
    /// The answer in one word.
    pub verdict: Verdict,
    /// What was asked, and what it was taken to be.
    pub target: Option<Target>,
    /// What a pasted message says.
    pub symptom: Option<Symptom>,
    /// Most probable first.
    pub diagnoses: Vec<Diagnosis>,
    /// What was measured.
    pub evidence: Vec<Evidence>,
    /// Observed, not at fault.
    pub notes: Vec<Note>,
    /// What could not be measured here and why.
    pub skipped: Vec<Skipped>,
    /// The computer the run was made on.
    pub host: Host,
    /// Begin of the run (RFC 3339, UTC).
    pub started: String,
    /// How long the run took, in milliseconds.
    pub elapsed_ms: f64,
    /// Version of the program that measured.
    pub netmend: String,
    /// How the run was asked for.
    #[serde(default)]
    pub settings: Settings,
    /// The organisation's settings that the run used.
    #[serde(default)]
    pub profile: Profile,
    /// The steps in the order in which they began.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Whether the run was stopped before its end.
    #[serde(default)]
    pub interrupted: bool,
    /// What was removed before saving.
    #[serde(default)]
    pub redaction: Redaction,
    /// Language of the words in it (BCP 47).
    #[serde(default)]
    pub language: String,
}

/// Something observed that is not at fault.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Note {
    /// Stable code; the words for it are in `locales/`.
    pub code: String,
    /// The sentence, in the report's language; filled by the `report` part.
    #[serde(default)]
    pub text: String,
    /// Ids of the evidence it rests on.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Values for the words.
    #[serde(default)]
    pub params: Params,
}

/// Something that could not be measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Skipped {
    /// What was asked.
    pub request: Request,
    /// Why not.
    pub reason: Reason,
    /// The sentence, in the report's language; filled by the `report` part.
    #[serde(default)]
    pub text: String,
}

/// The computer a run was made on.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct Host {
    /// `linux`, `macos` or `windows`.
    pub os: String,
    /// The system's own name and version, such as `Debian GNU/Linux 12`.
    pub os_version: String,
    /// Kernel version.
    pub kernel: String,
    /// Processor architecture.
    pub arch: String,
    /// The computer's name.
    pub name: String,
    /// Whether the run had administrator rights.
    pub elevated: bool,
    /// Kind of container or virtual machine that the run was made in, such as `docker` or `wsl2`.
    pub container: Option<String>,
}

/// How much is removed from a report before somebody else sees it.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Redaction {
    /// Everything is kept.
    #[default]
    None,
    /// What identifies a person or opens a door is removed.
    Standard,
    /// Host names and private addresses are replaced by stable pseudonyms as well.
    Strict,
}
