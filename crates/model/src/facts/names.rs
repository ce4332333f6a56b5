//! Resolvers, the hosts file and the order of name services.

use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

/// How this computer resolves names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Resolvers {
    /// In the order in which they are asked. A local stub (127.0.0.53) stands beside the servers behind it.
    pub servers: Vec<Resolver>,
    /// Search domains.
    pub search: Vec<String>,
    /// Options in force, such as `timeout:5`, `attempts:2`, `rotate`.
    pub options: Vec<String>,
    /// Where the settings were read, such as `/etc/resolv.conf` or `org.freedesktop.resolve1`; and what could not be read and why.
    pub read_from: Vec<String>,
}

/// One configured resolver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Resolver {
    /// Address and port.
    pub address: SocketAddr,
    /// The interface it belongs to, where it is per link.
    pub interface: Option<String>,
    /// Where the setting stands.
    pub source: ResolverSource,
    /// Domains that it alone answers for (routing domains); empty means all.
    pub domains: Vec<String>,
    /// Whether it is a stub on this computer that forwards to the others.
    pub stub: bool,
    /// Whether programs' look-ups reach it: directly, or through the stub.
    pub in_use: bool,
}

/// Where a resolver is configured.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ResolverSource {
    ResolvConf,
    SystemdResolved,
    NetworkManager,
    SystemConfiguration,
    WindowsAdapter,
    WindowsNrpt,
    Other,
}

/// The hosts file, and the order in which names are looked up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Hosts {
    /// Path of the hosts file.
    pub path: String,
    /// Its entries.
    pub entries: Vec<HostsEntry>,
    /// The services of `hosts:` in nsswitch.conf in order, such as `files`, `dns`; empty where there is no such file.
    pub order: Vec<String>,
}

/// One line of the hosts file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct HostsEntry {
    /// Line number, from 1.
    pub line: u32,
    /// The address.
    pub address: IpAddr,
    /// The names pinned to it, lower case.
    pub names: Vec<String>,
}
