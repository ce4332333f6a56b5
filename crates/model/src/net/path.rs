//! The path.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::IcmpError;

/// The hops on the way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Trace {
    /// One entry for each TTL probed, from 1.
    pub hops: Vec<Hop>,
    /// How it ended.
    pub end: TraceEnd,
}

impl Trace {
    /// The last hop that answered, with its TTL.
    pub fn last_answer(&self) -> Option<(u8, IpAddr)> {
        self.hops.iter().rev().find_map(|hop| hop.replies.first().map(|reply| (hop.ttl, reply.from)))
    }
}

/// One hop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Hop {
    /// Time to live of the probes.
    pub ttl: u8,
    /// Probes sent.
    pub sent: u32,
    /// Answers.
    pub replies: Vec<HopReply>,
}

/// One answer of a hop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct HopReply {
    /// Who answered.
    pub from: IpAddr,
    /// Round trip in milliseconds.
    pub rtt_ms: f64,
    /// The ICMP message; `None` where the target itself answered in its own protocol.
    pub icmp: Option<IcmpError>,
}

/// How a trace ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum TraceEnd {
    /// The target answered, at this TTL.
    Reached {
        /// Smallest TTL that reached it.
        ttl: u8,
        /// `syn_ack`, `rst`, `echo_reply`, `port_unreachable`.
        by: String,
    },
    /// Somebody on the way said no (ICMP unreachable), at this TTL.
    Refused {
        /// TTL of the probe that was refused.
        ttl: u8,
        /// Type, code and sender.
        icmp: IcmpError,
    },
    /// Nothing answered behind the last hop listed.
    Silent,
}

/// ICMP echo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Echo {
    /// Requests sent.
    pub sent: u32,
    /// Replies received.
    pub received: u32,
    /// Round trips in milliseconds, in order of sending, of those answered.
    pub rtt_ms: Vec<f64>,
    /// ICMP errors instead of replies.
    pub icmp: Vec<IcmpError>,
    /// `datagram_socket`, `raw_socket`, `system_ping`, `icmp_send_echo`.
    pub method: String,
}

/// TTL-1 probes to a port and to a control port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct FirstHop {
    /// Whether the first hop answered the probes to the port.
    pub answered: bool,
    /// Whether it answered those to the control port.
    pub control_answered: bool,
    /// Who answered.
    pub from: Option<IpAddr>,
}

/// The largest packet that passes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Mtu {
    /// Largest IP packet in bytes that was answered.
    pub passed: Option<u32>,
    /// Smallest IP packet in bytes that was not.
    pub vanished: Option<u32>,
    /// MTU that a router named ("fragmentation needed", "packet too big"), and who.
    pub named: Option<IcmpError>,
    /// MTU of the interface, bytes.
    pub interface_mtu: Option<u32>,
}
