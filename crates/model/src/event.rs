//! What happens during a run (`--ndjson`, and the window's channel).

use serde::{Deserialize, Serialize};

use crate::{Evidence, Report, Step, Target};

/// What happens during a run, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "event", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "events are sent one by one and never stored")]
pub enum Event {
    /// The run begins.
    Started {
        /// What is to be reached.
        target: Option<Target>,
        /// Everything that will or may be contacted besides the target: addresses, names and URLs.
        contacts: Vec<String>,
        /// The run ends by then, in milliseconds.
        budget_ms: f64,
    },
    /// A measurement begins.
    Step(Step),
    /// A measurement has ended.
    Measured {
        /// What it saw.
        evidence: Evidence,
    },
    /// The picture of the way, whole, each time something on it changes.
    Way {
        /// The stations in order.
        stations: Vec<StationState>,
    },
    /// The run has ended.
    Finished {
        /// The report, with its words, not redacted.
        report: Report,
    },
}

/// How a station is.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum StationStatus {
    /// Nothing has been measured yet.
    Waiting,
    /// Something is being measured.
    Checking,
    /// It works.
    Fine,
    /// It works, with something to look at.
    Attention,
    /// It does not work.
    Broken,
    /// It could not be measured, or a station before it is broken.
    Unknown,
}

/// The stations that the picture can have, in their order.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Station {
    /// This computer.
    Computer,
    /// The local network up to the first router.
    LocalNetwork,
    /// Name look-up.
    Names,
    /// A proxy or tunnel, if any.
    ProxyOrVpn,
    /// The provider and the path.
    Path,
    /// The service.
    Service,
}

/// A station of the picture and how it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct StationState {
    /// Which.
    pub station: Station,
    /// How it is.
    pub status: StationStatus,
    /// What stands there, where known: an interface and its router, a resolver, a proxy, a hop, an address and port.
    #[serde(default)]
    pub detail: String,
}
