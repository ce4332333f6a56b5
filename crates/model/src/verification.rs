//! Before and after a repair.

use serde::{Deserialize, Serialize};

use crate::{CauseId, Request};

/// Whether a repair helped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Verification {
    /// The answer.
    pub outcome: Change,
    /// The cause that was to be repaired.
    pub cause: Option<CauseId>,
    /// Measurements that both runs have, side by side, changed ones first.
    pub rows: Vec<Comparison>,
}

/// Whether something is better.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The fault is gone and the target works.
    Repaired,
    /// The fault is still there, or another has taken its place.
    NotRepaired,
    /// The measurements do not say.
    CannotTell,
}

/// One measurement before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Comparison {
    /// What was measured.
    pub request: Request,
    /// Whether it succeeded before; `None` where it does not say.
    pub before: Option<bool>,
    /// Whether it succeeded after.
    pub after: Option<bool>,
    /// Id of the evidence in the earlier report.
    pub before_id: String,
    /// Id of the evidence in the later report.
    pub after_id: String,
    /// How long it took before, in milliseconds.
    pub before_ms: f64,
    /// How long it took after, in milliseconds.
    pub after_ms: f64,
}
