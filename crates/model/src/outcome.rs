//! What became of a measurement: seen, not run, or failed. Nothing is swallowed into "none".

use serde::{Deserialize, Serialize};

/// What became of a measurement. A host that does not answer is `Observed`, not an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome<T> {
    /// The measurement ran to its end; `data` is what it saw.
    Observed {
        /// What was seen.
        data: T,
    },
    /// It was not run, for a reason that is no fault of the network.
    NotRun {
        /// Why not.
        reason: Reason,
    },
    /// It ran, and the measuring itself failed (a system call that must work did not).
    Errored {
        /// What failed.
        reason: Reason,
    },
}

impl<T> Outcome<T> {
    /// Wraps what was seen.
    pub fn observed(data: T) -> Self {
        Self::Observed { data }
    }
    /// Not run, with a code and the exact detail (a path, an error text; English, for experts).
    pub fn not_run(code: ReasonCode, detail: impl Into<String>) -> Self {
        Self::NotRun { reason: Reason { code, detail: detail.into() } }
    }
    /// The measuring itself failed.
    pub fn errored(code: ReasonCode, detail: impl Into<String>) -> Self {
        Self::Errored { reason: Reason { code, detail: detail.into() } }
    }
    /// What was seen, if anything was.
    pub fn data(&self) -> Option<&T> {
        match self {
            Self::Observed { data } => Some(data),
            _ => None,
        }
    }
    /// Why nothing was seen.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Observed { .. } => None,
            Self::NotRun { reason } | Self::Errored { reason } => Some(reason),
        }
    }
    /// The same outcome with the data changed.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Observed { data } => Outcome::Observed { data: f(data) },
            Self::NotRun { reason } => Outcome::NotRun { reason },
            Self::Errored { reason } => Outcome::Errored { reason },
        }
    }
}

/// Why a measurement has nothing to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Reason {
    /// The kind of reason; the words for it are in `locales/`.
    pub code: ReasonCode,
    /// The exact detail for experts, in English: a system call and its error, a path, a missing command.
    #[serde(default)]
    pub detail: String,
}

/// Kinds of reasons why something was not measured.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// It needs administrator rights (root, CAP_NET_ADMIN, CAP_NET_RAW, an elevated token).
    NeedsAdministrator,
    /// This operating system has no such thing.
    NotOnThisSystem,
    /// The system has it, and this version of Netmend cannot read it there yet.
    NotImplementedHere,
    /// A program or service that would tell is not installed or not running.
    ToolMissing,
    /// The person or the profile switched it off (`--no-external`, an empty reference list, `-4`, `-6`).
    SwitchedOff,
    /// The run was stopped by the person.
    Cancelled,
    /// The budget of the run ended first.
    OutOfTime,
    /// What it depends on was not there (no address to connect to, no resolver to ask).
    NothingToMeasure,
    /// A system call or a file that must work failed.
    SystemError,
    /// What was read could not be understood.
    Malformed,
}

/// An error number of the operating system, kept raw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct OsError {
    /// errno on Unix, the WSA or Win32 code on Windows.
    pub code: i32,
    /// Its symbol, such as `ECONNREFUSED` or `WSAECONNREFUSED`.
    pub symbol: String,
}
