//! TCP connections.

use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

use crate::OsError;

/// TCP connections to one address and port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Connect {
    /// In the order in which they were begun; several staggered ones where the first gets no answer.
    pub attempts: Vec<ConnectAttempt>,
}

impl Connect {
    /// The attempt that was accepted, if any.
    pub fn connected(&self) -> Option<&ConnectAttempt> {
        self.attempts.iter().find(|attempt| attempt.end == ConnectEnd::Connected)
    }
    /// The first error that an attempt ended with, if any did.
    pub fn error(&self) -> Option<&OsError> {
        self.attempts.iter().find_map(|attempt| match &attempt.end {
            ConnectEnd::Failed { error } => Some(error),
            _ => None,
        })
    }
    /// Every ICMP error, of every attempt.
    pub fn icmp(&self) -> impl Iterator<Item = &IcmpError> {
        self.attempts.iter().flat_map(|attempt| attempt.icmp.iter())
    }
    /// Whether no attempt got any answer at all.
    pub fn silent(&self) -> bool {
        !self.attempts.is_empty()
            && self.attempts.iter().all(|attempt| attempt.end == ConnectEnd::NoAnswer && attempt.icmp.is_empty())
    }
    /// Round trip of the handshake in milliseconds, where one attempt was accepted or refused.
    pub fn round_trip_ms(&self) -> Option<f64> {
        self.attempts.iter().find(|a| a.end != ConnectEnd::NoAnswer).map(|attempt| attempt.elapsed_ms)
    }
}

/// One connection attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct ConnectAttempt {
    /// Begin after the first attempt's begin, in milliseconds.
    pub after_ms: f64,
    /// Until the end below, in milliseconds.
    pub elapsed_ms: f64,
    /// This side's address and port.
    pub local: Option<SocketAddr>,
    /// How it ended.
    pub end: ConnectEnd,
    /// What SO_ERROR held.
    pub so_error: Option<OsError>,
    /// TCP_INFO at the end.
    pub tcp_info: Option<TcpInfo>,
    /// What the error queue held (IP_RECVERR).
    pub icmp: Vec<IcmpError>,
}

/// How a connection attempt ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum ConnectEnd {
    /// The handshake was completed.
    Connected,
    /// The system reported an error.
    Failed {
        /// The error of connect(2) or SO_ERROR.
        error: OsError,
    },
    /// Nothing came back until the attempt was given up.
    NoAnswer,
}

/// What the kernel knows of a connection (tcp(7), TCP_INFO). Fields that the kernel did not return are `None`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct TcpInfo {
    /// State, such as `SYN_SENT`, `ESTABLISHED`, `CLOSE_WAIT`.
    pub state: String,
    /// Retransmissions of what is in flight now.
    pub retransmits: u32,
    /// Retransmissions since the beginning.
    pub total_retrans: u32,
    /// Segments in flight, not acknowledged.
    pub unacked: u32,
    /// Segments taken for lost.
    pub lost: u32,
    /// Smoothed round trip, microseconds.
    pub rtt_us: u32,
    /// Its variation, microseconds.
    pub rtt_var_us: u32,
    /// Smallest round trip seen, microseconds.
    pub min_rtt_us: Option<u32>,
    /// Retransmission time-out, microseconds.
    pub rto_us: u32,
    /// Largest segment sent, bytes.
    pub snd_mss: u32,
    /// Largest segment received, bytes.
    pub rcv_mss: u32,
    /// Path MTU, bytes.
    pub pmtu: u32,
    /// Congestion window, segments.
    pub snd_cwnd: u32,
    /// Bytes acknowledged by the peer.
    pub bytes_acked: Option<u64>,
    /// Bytes received.
    pub bytes_received: Option<u64>,
    /// Options in force: `timestamps`, `sack`, `wscale`, `ecn`, …
    #[serde(default)]
    pub options: Vec<String>,
}

/// An ICMP error and who sent it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct IcmpError {
    /// ICMP for IPv4 (RFC 792) or ICMPv6 (RFC 4443), or made by this machine.
    pub origin: IcmpOrigin,
    /// Type.
    #[serde(rename = "type")]
    pub icmp_type: u8,
    /// Code.
    pub code: u8,
    /// Who sent it (the offender); this machine's own address for its own firewall or neighbour failure.
    pub from: Option<IpAddr>,
    /// The errno that the kernel made of it.
    pub error: OsError,
    /// After the packet was sent, in milliseconds.
    pub after_ms: f64,
    /// Next hop MTU in bytes, where "fragmentation needed" or "packet too big" names it.
    pub mtu: Option<u32>,
}

impl IcmpError {
    /// "Administratively prohibited" and its like: a filter said no (RFC 1812, 5.2.7.1; RFC 4443, 3.1).
    pub fn is_prohibited(&self) -> bool {
        match self.origin {
            IcmpOrigin::Icmp => self.icmp_type == 3 && matches!(self.code, 9 | 10 | 13),
            IcmpOrigin::Icmp6 => self.icmp_type == 1 && matches!(self.code, 1 | 5 | 6),
            IcmpOrigin::Local => false,
        }
    }
    /// A router has no route to the network (ICMP 3/0, 3/6, ICMPv6 1/0).
    pub fn is_no_route(&self) -> bool {
        match self.origin {
            IcmpOrigin::Icmp => self.icmp_type == 3 && matches!(self.code, 0 | 6 | 11),
            IcmpOrigin::Icmp6 => self.icmp_type == 1 && matches!(self.code, 0 | 2),
            IcmpOrigin::Local => false,
        }
    }
    /// The last router cannot reach the host (ICMP 3/1, 3/7, ICMPv6 1/3).
    pub fn is_host_unreachable(&self) -> bool {
        match self.origin {
            IcmpOrigin::Icmp => self.icmp_type == 3 && matches!(self.code, 1 | 7 | 12),
            IcmpOrigin::Icmp6 => self.icmp_type == 1 && self.code == 3,
            IcmpOrigin::Local => false,
        }
    }
    /// Port unreachable (ICMP 3/3, ICMPv6 1/4).
    pub fn is_port_unreachable(&self) -> bool {
        match self.origin {
            IcmpOrigin::Icmp => self.icmp_type == 3 && self.code == 3,
            IcmpOrigin::Icmp6 => self.icmp_type == 1 && self.code == 4,
            IcmpOrigin::Local => false,
        }
    }
    /// Time exceeded in transit (ICMP 11/0, ICMPv6 3/0).
    pub fn is_time_exceeded(&self) -> bool {
        match self.origin {
            IcmpOrigin::Icmp => self.icmp_type == 11 && self.code == 0,
            IcmpOrigin::Icmp6 => self.icmp_type == 3 && self.code == 0,
            IcmpOrigin::Local => false,
        }
    }
}

/// Where an error in the queue comes from (ip(7), SO_EE_ORIGIN_*).
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum IcmpOrigin {
    /// ICMP (RFC 792).
    Icmp,
    /// ICMPv6 (RFC 4443).
    Icmp6,
    /// This machine's kernel, without a packet.
    Local,
}

/// Many cheap connections in a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Samples {
    /// Handshake times of those accepted, in milliseconds, in order.
    pub connect_ms: Vec<f64>,
    /// How many were begun.
    pub sent: u32,
    /// How many were accepted.
    pub accepted: u32,
    /// How many were refused or rejected at once.
    pub refused: u32,
    /// How many needed a second SYN (or more), answered in the end or not.
    pub retransmitted: u32,
    /// How many had no answer when the measurement ended.
    pub unanswered: u32,
}

/// Whether the machine itself lets a datagram out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Egress {
    /// The error of send(2); EPERM means that a filter on this machine dropped it.
    pub udp_error: Option<OsError>,
    /// TcpExt TCPRetransFail before and after a TCP attempt: it rises when this machine swallows its own SYN.
    pub retrans_fail: Option<(u64, u64)>,
    /// Errors in the queue.
    pub icmp: Vec<IcmpError>,
}
