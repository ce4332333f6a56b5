//! Listeners, limits, load and clock.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

/// Sockets that wait for connections or datagrams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Listeners {
    /// Each one.
    pub listeners: Vec<Listener>,
    /// Overflow counters of the whole system.
    pub counters: Option<ListenQueueCounters>,
}

/// One listening socket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Listener {
    /// Bind address; unspecified (0.0.0.0, ::) means every address.
    pub address: SocketAddr,
    /// `tcp` or `udp`.
    pub protocol: String,
    /// Whether an IPv6 socket takes IPv6 alone (IPV6_V6ONLY); `None` where unknown or not IPv6.
    pub v6_only: Option<bool>,
    /// Connections waiting to be accepted.
    pub queue: Option<u32>,
    /// Largest number of connections that may wait.
    pub backlog: Option<u32>,
    /// User id of the owner.
    pub user_id: Option<u32>,
    /// The process; `None` where it belongs to somebody else and rights are missing.
    pub process: Option<ProcessRef>,
}

/// A process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct ProcessRef {
    /// Process id.
    pub pid: u32,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: ProcessState,
}

/// State of a process (proc_pid_stat(5)).
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ProcessState {
    Running,
    Sleeping,
    DiskSleep,
    Stopped,
    Zombie,
    Other,
}

/// TcpExt counters since boot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct ListenQueueCounters {
    /// Times a listen queue was full (ListenOverflows).
    pub overflows: u64,
    /// SYNs to listening sockets dropped (ListenDrops).
    pub drops: u64,
}

/// Limits that connections can run into.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Limits {
    /// Descriptors of this process.
    pub open_files: Option<OpenFiles>,
    /// Descriptors of the whole system.
    pub system_files: Option<OpenFiles>,
    /// Local ports for outgoing connections.
    pub ephemeral: Option<EphemeralPorts>,
    /// TCP's own patience.
    pub tcp: Option<TcpLimits>,
    /// Groups that may open ICMP datagram sockets (net.ipv4.ping_group_range), first and last.
    pub ping_groups: Option<(u32, u32)>,
}

/// Descriptors in use and allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct OpenFiles {
    /// In use.
    pub used: u64,
    /// Soft limit.
    pub limit: u64,
}

/// Local ports for outgoing connections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct EphemeralPorts {
    /// First port.
    pub first: u16,
    /// Last port.
    pub last: u16,
    /// TCP sockets in use.
    pub in_use: u32,
    /// TCP sockets in TIME_WAIT.
    pub time_wait: u32,
}

/// TCP's own patience (tcp(7)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct TcpLimits {
    /// net.ipv4.tcp_syn_retries.
    pub syn_retries: u32,
    /// Seconds until connect gives up with these retries.
    pub connect_timeout_s: f64,
    /// net.core.somaxconn.
    pub somaxconn: u32,
    /// net.ipv4.tcp_mtu_probing.
    pub mtu_probing: u32,
}

/// How busy this computer is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Load {
    /// Logical processors.
    pub processors: u32,
    /// Load average over one minute.
    pub load_1m: f64,
    /// Load average over five minutes.
    pub load_5m: f64,
    /// Share of the last ten seconds in which some task waited for a processor, in percent (PSI).
    pub cpu_pressure: Option<f64>,
    /// Share of the last ten seconds in which some task waited for memory, in percent (PSI).
    pub memory_pressure: Option<f64>,
    /// Bytes of memory.
    pub memory_total: u64,
    /// Bytes available without swapping.
    pub memory_available: u64,
    /// Bytes of swap.
    pub swap_total: u64,
    /// Bytes of swap in use.
    pub swap_used: u64,
}

/// The clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Clock {
    /// Milliseconds since 1970-01-01 UTC, when this was read.
    pub unix_ms: f64,
    /// Whether a time service says that the clock is synchronised; `None` where unknown.
    pub synchronised: Option<bool>,
    /// Estimated error of the kernel's clock in milliseconds (adjtimex(2), esterror).
    pub estimated_error_ms: Option<f64>,
    /// Time zone, as an IANA name where known.
    pub time_zone: Option<String>,
}
