//! Interfaces, routes, neighbours and tunnels.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::OsError;

/// Every network interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Interfaces {
    /// In the system's order.
    pub interfaces: Vec<Interface>,
}

/// One network interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Interface {
    /// Such as `eth0`, or the adapter's friendly name on Windows.
    pub name: String,
    /// The system's index.
    pub index: u32,
    /// What it is.
    pub kind: InterfaceKind,
    /// Whether an administrator has it switched on (IFF_UP, AdminStatus).
    pub up: bool,
    /// Whether the link carries a signal; `None` where the driver does not say.
    pub carrier: Option<bool>,
    /// Operational state as the system names it (RFC 2863): `up`, `down`, `dormant`, `lowerlayerdown`, `unknown`, …
    pub oper_state: String,
    /// Largest packet in bytes.
    pub mtu: u32,
    /// Hardware address.
    pub mac: Option<String>,
    /// Addresses.
    pub addresses: Vec<InterfaceAddress>,
    /// Driver or link type as the system names it: `wireguard`, `tun`, `veth`, `bridge`, …
    pub driver: Option<String>,
}

impl Interface {
    /// Whether packets can leave: switched on, and not without a signal.
    pub fn usable(&self) -> bool {
        self.up
            && self.carrier != Some(false)
            && !matches!(self.oper_state.as_str(), "down" | "lowerlayerdown" | "notpresent")
    }
}

/// What an interface is.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum InterfaceKind {
    Loopback,
    Ethernet,
    Wifi,
    Cellular,
    Tunnel,
    Bridge,
    Virtual,
    Other,
}

/// An address of an interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct InterfaceAddress {
    /// The address.
    pub address: IpAddr,
    /// Prefix length in bits.
    pub prefix: u8,
    /// Whether duplicate address detection failed (RFC 4862, 5.4).
    #[serde(default)]
    pub duplicate: bool,
    /// Whether it is still tentative (RFC 4862).
    #[serde(default)]
    pub tentative: bool,
    /// Whether it came from DHCP or router advertisements rather than by hand; `None` where unknown.
    pub dynamic: Option<bool>,
}

/// The route tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Routes {
    /// Every route of every table, cloned cache entries left out.
    pub routes: Vec<Route>,
}

/// One route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Route {
    /// Destination.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    #[schemars(with = "String")]
    pub destination: IpNet,
    /// Next hop; `None` on the link itself.
    pub gateway: Option<IpAddr>,
    /// Name of the interface it leaves by.
    pub interface: Option<String>,
    /// Source address that the system prefers.
    pub source: Option<IpAddr>,
    /// Priority; lower wins.
    pub metric: Option<u32>,
    /// What the route does with a packet.
    pub kind: RouteKind,
    /// Table number (254 is main on Linux).
    pub table: u32,
    /// Path MTU pinned on it, in bytes.
    pub mtu: Option<u32>,
    /// Who installed it: `kernel`, `boot`, `static`, `dhcp`, `ra`, …
    pub origin: Option<String>,
}

/// What a route does with a packet (rtnetlink(7), rtm_type).
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are rtnetlink's")]
pub enum RouteKind {
    Unicast,
    Local,
    Broadcast,
    Anycast,
    Multicast,
    Blackhole,
    Unreachable,
    Prohibit,
    Throw,
    Other,
}

/// The route that the system takes to one address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct RouteTo {
    /// The route, where there is one.
    pub route: Option<Route>,
    /// The system's refusal: ENETUNREACH no route, EINVAL blackhole, EACCES prohibit, EHOSTUNREACH unreachable.
    pub error: Option<OsError>,
}

/// The neighbour tables (ARP, RFC 826; neighbour discovery, RFC 4861).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Neighbours {
    /// Entries of every interface.
    pub neighbours: Vec<Neighbour>,
}

/// One neighbour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Neighbour {
    /// Its address.
    pub address: IpAddr,
    /// The interface it is reached by.
    pub interface: String,
    /// Its hardware address, once known.
    pub mac: Option<String>,
    /// State of the entry.
    pub state: NeighbourState,
}

/// State of a neighbour entry (RFC 4861, 7.3.2; Linux adds FAILED, NOARP, PERMANENT).
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the kernel's")]
pub enum NeighbourState {
    Incomplete,
    Reachable,
    Stale,
    Delay,
    Probe,
    Failed,
    Noarp,
    Permanent,
    Unknown,
}

/// Tunnels and VPN interfaces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Tunnels {
    /// Each tunnel interface.
    pub tunnels: Vec<Tunnel>,
}

/// One tunnel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Tunnel {
    /// Its interface.
    pub interface: String,
    /// `wireguard`, `tun`, `ipsec`, `ppp`, `gre`, …
    pub kind: String,
    /// Whether it is up.
    pub up: bool,
    /// Whether a default route (or its halves 0/1 and 128/1) leads through it.
    pub carries_default: bool,
    /// Destinations routed through it.
    #[cfg_attr(feature = "ts", ts(type = "Array<string>"))]
    #[schemars(with = "Vec<String>")]
    pub routes: Vec<IpNet>,
}
