//! What a probe saw, typed and timed, with the raw codes.

use serde::{Deserialize, Serialize};

use crate::{Outcome, Request, Why, facts, net};

/// What one request saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Evidence {
    /// Stable within a report: `e1`, `e2`, … in the order of arrival.
    pub id: String,
    /// The probe's name, as [`Request::probe`] gives it.
    pub probe: String,
    /// What was asked.
    pub request: Request,
    /// Why this was measured now.
    pub why: Why,
    /// Begin, in milliseconds since the start of the run.
    pub started_ms: f64,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
    /// What became of it; `outcome` and `data` or `reason` in JSON.
    #[serde(flatten)]
    pub outcome: Outcome<Data>,
}

/// What was seen, by kind of measurement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is named after the type it holds")]
pub enum Data {
    Interfaces(facts::Interfaces),
    Routes(facts::Routes),
    RouteTo(facts::RouteTo),
    Neighbours(facts::Neighbours),
    Resolvers(facts::Resolvers),
    Hosts(facts::Hosts),
    ProxySettings(facts::ProxySettings),
    Firewall(facts::Firewall),
    Listeners(facts::Listeners),
    Tunnels(facts::Tunnels),
    Limits(facts::Limits),
    Load(facts::Load),
    Clock(facts::Clock),
    Lookup(net::Lookup),
    SystemLookup(net::SystemLookup),
    Connect(net::Connect),
    Samples(net::Samples),
    Egress(net::Egress),
    FirstHop(net::FirstHop),
    Trace(net::Trace),
    Echo(net::Echo),
    Mtu(net::Mtu),
    Greeting(net::Greeting),
    Tls(net::Tls),
    Http(net::Http),
    Proxy(net::ProxyConnect),
    Pac(net::Pac),
    Connectivity(net::Connectivity),
}
