//! What a pasted message says (`netmend symptom --json`).

use serde::{Deserialize, Serialize};

/// What a pasted message says; `None` where it does not say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Symptom {
    /// The kind of failure.
    pub kind: SymptomKind,
    /// Other kinds that the text allows as well, most probable first.
    #[serde(default)]
    pub alternatives: Vec<SymptomKind>,
    /// Name of the peer that failed (never an address).
    pub host: Option<String>,
    /// Address of the peer that failed.
    pub ip: Option<String>,
    /// Port of the peer that failed.
    pub port: Option<u16>,
    /// What wrote the message: `java`, `node`, `go`, `curl`, `nginx`, …
    pub runtime: Option<String>,
    /// Whether the peer that failed is a proxy; null where the text does not say.
    pub proxied: Option<bool>,
    /// The DNS server named in the text.
    pub resolver: Option<String>,
    /// This machine's own address or port in a bind error.
    pub local: Option<String>,
    /// The raw code: `ECONNREFUSED`, `10060`, `EAI_AGAIN`, `curl 28`, …
    pub error_code: Option<String>,
}

/// Kinds of failure that a message can report.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the contract's own words")]
pub enum SymptomKind {
    ConnectTimeout,
    ConnectRefused,
    HostUnreachable,
    NetworkUnreachable,
    ConnectionReset,
    ReadTimeout,
    WriteTimeout,
    DnsNxdomain,
    DnsFailure,
    DnsTimeout,
    TlsUntrusted,
    TlsExpired,
    TlsHostname,
    TlsHandshake,
    ProxyUnreachable,
    ProxyAuth,
    #[serde(rename = "http_408")]
    Http408,
    #[serde(rename = "http_429")]
    Http429,
    #[serde(rename = "http_407")]
    Http407,
    #[serde(rename = "http_502")]
    Http502,
    #[serde(rename = "http_503")]
    Http503,
    #[serde(rename = "http_504")]
    Http504,
    GatewayUpstreamTimeout,
    GatewayUpstreamRefused,
    ProtocolMismatch,
    PermissionDenied,
    AddressInUse,
    AddressNotAvailable,
    TooManyOpenFiles,
    PingNoReply,
    CaptivePortal,
    UnknownNotNetwork,
}
