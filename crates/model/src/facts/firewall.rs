//! Firewall rules, as far as the rights allow.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::Reason;

/// The firewalls of this computer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Firewall {
    /// Each one found, readable or not.
    pub backends: Vec<FirewallBackend>,
}

/// One firewall.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct FirewallBackend {
    /// `nftables`, `iptables`, `ufw`, `firewalld`, `windows_defender_firewall`, `alf`, `pf`.
    pub name: String,
    /// Whether it is on; `None` where that could not be read.
    pub active: Option<bool>,
    /// Why rules could not be read, if so.
    pub unreadable: Option<Reason>,
    /// Default policies of its base chains.
    pub policies: Vec<FirewallPolicy>,
    /// Rules, in the order in which they are applied.
    pub rules: Vec<FirewallRule>,
}

/// What a base chain does with a packet that no rule decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct FirewallPolicy {
    /// Where in the packet's way.
    pub hook: Hook,
    /// The chain, such as `inet filter output`.
    pub chain: String,
    /// What happens.
    pub verdict: RuleVerdict,
}

/// One rule. A field that is empty or `None` matches everything; a rule with parts that are not understood says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct FirewallRule {
    /// Where in the packet's way.
    pub hook: Hook,
    /// The chain, such as `inet filter output`.
    pub chain: String,
    /// Handle, number or name by which the firewall's own tool knows it.
    pub id: String,
    /// What happens.
    pub verdict: RuleVerdict,
    /// `tcp`, `udp`, `icmp`, …
    pub protocol: Option<String>,
    /// Destinations.
    #[cfg_attr(feature = "ts", ts(type = "Array<string>"))]
    #[schemars(with = "Vec<String>")]
    pub destinations: Vec<IpNet>,
    /// Destination ports.
    pub destination_ports: Vec<PortRange>,
    /// Outgoing (or, for input, incoming) interface.
    pub interface: Option<String>,
    /// Only packets of this user's processes.
    pub user_id: Option<u32>,
    /// Whether it has conditions beyond these, so that a match is not certain.
    pub partly_understood: bool,
    /// Packets it has matched, where it counts.
    pub packets: Option<u64>,
    /// The rule as the firewall's own tool writes it.
    pub text: String,
}

/// Where in a packet's way a chain sits.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "netfilter's names")]
pub enum Hook {
    Input,
    Output,
    Forward,
    Other,
}

/// What a rule does with a packet.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "netfilter's names")]
pub enum RuleVerdict {
    Accept,
    Drop,
    Reject,
    Other,
}

/// A range of ports, both ends included.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct PortRange {
    /// First port.
    pub first: u16,
    /// Last port.
    pub last: u16,
}
