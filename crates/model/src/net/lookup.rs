//! Name look-ups.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::OsError;

/// A DNS query to one server and what came back (RFC 1035).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Lookup {
    /// How it ended.
    pub end: LookupEnd,
    /// Response code, such as `NOERROR`, `NXDOMAIN`, `SERVFAIL`; `None` without an answer.
    pub rcode: Option<String>,
    /// Header flags that were set: `aa`, `tc`, `rd`, `ra`, `ad`, `cd`.
    pub flags: Vec<String>,
    /// Records of the answer section.
    pub answers: Vec<DnsRecord>,
    /// Addresses among them, CNAMEs followed.
    pub addresses: Vec<IpAddr>,
    /// Names of the SOA record in the authority section: the zone that denied the name.
    pub soa: Option<String>,
    /// Extended DNS errors (RFC 8914): code and text.
    pub extended_errors: Vec<(u16, String)>,
    /// `udp`, or `tcp` when the answer came that way after truncation.
    pub transport: String,
    /// Round trip of the exchange that was answered, in milliseconds.
    pub answer_ms: Option<f64>,
    /// How the TCP attempt after a truncated answer ended, if there was one.
    pub tcp: Option<LookupEnd>,
    /// Datagrams sent.
    pub sent: u32,
}

impl Lookup {
    /// Whether the server answered at all, with whatever code.
    pub fn answered(&self) -> bool {
        self.end == LookupEnd::Answered
    }
}

/// How a DNS exchange ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum LookupEnd {
    /// A well-formed answer to this question came.
    Answered,
    /// Nothing came in time.
    NoAnswer,
    /// The system reported an error; ECONNREFUSED means that the port is closed.
    Failed {
        /// The error.
        error: OsError,
    },
    /// Something came that is no valid answer.
    Malformed {
        /// What was wrong with it, in English.
        detail: String,
    },
}

/// One resource record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct DnsRecord {
    /// Owner name.
    pub name: String,
    /// Type, such as `A`, `AAAA`, `CNAME`.
    pub record: String,
    /// Seconds that it may be kept.
    pub ttl_s: u32,
    /// Data in presentation form.
    pub data: String,
}

/// The system's own look-up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct SystemLookup {
    /// Addresses in the order in which the system prefers them (RFC 6724).
    pub addresses: Vec<IpAddr>,
    /// The EAI code (RFC 3493) where it failed: code and symbol such as `EAI_NONAME`.
    pub error: Option<OsError>,
    /// Whether it was given up before it ended.
    pub timed_out: bool,
}
