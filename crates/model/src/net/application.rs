//! What is spoken on top of a connection.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::{Connect, SystemLookup, TcpInfo};
use crate::OsError;

/// How an exchange on a connection ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum ExchangeEnd {
    /// A complete answer (or as much as was wanted of it) came.
    Answered,
    /// The connection could not be made; the connect evidence says why.
    NotConnected {
        /// The error, or `None` where nothing answered.
        error: Option<OsError>,
    },
    /// Nothing (more) came in time.
    Silent,
    /// The peer closed the connection without an answer (FIN).
    Closed,
    /// The connection was reset (RST).
    Reset,
    /// Something came that is not this protocol.
    Malformed {
        /// What was wrong with it, in English.
        detail: String,
    },
    /// More came than is taken.
    TooLarge,
    /// The TLS handshake below it failed; the TLS evidence says why.
    TlsFailed {
        /// Error text of the TLS library.
        detail: String,
    },
    /// Another error of the system.
    Failed {
        /// The error.
        error: OsError,
    },
}

/// The first bytes of a protocol that is neither TLS nor HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Greeting {
    /// How it ended. For a bare TCP service `Silent` is what is expected.
    pub end: ExchangeEnd,
    /// Until the connection stood, in milliseconds.
    pub connect_ms: Option<f64>,
    /// Until the first byte after that, in milliseconds.
    pub first_byte_ms: Option<f64>,
    /// What was sent first, by name: `nothing`, `postgres_ssl_request`, `redis_ping`, …
    pub sent: String,
    /// The first bytes (at most 256), printable ASCII kept, the rest as `\xNN`.
    pub received: String,
    /// The protocol that the bytes look like, by name: `ssh`, `http`, `tls`, `mysql`, …
    pub looks_like: Option<String>,
    /// TCP_INFO at the end.
    pub tcp_info: Option<TcpInfo>,
}

/// A TLS handshake.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Tls {
    /// How it ended.
    pub end: TlsEnd,
    /// Until the TCP connection stood, in milliseconds.
    pub connect_ms: Option<f64>,
    /// From there until the handshake was done or failed, in milliseconds.
    pub handshake_ms: Option<f64>,
    /// Protocol version, such as `TLSv1.3`.
    pub version: Option<String>,
    /// Cipher suite.
    pub cipher: Option<String>,
    /// Application protocol chosen (ALPN).
    pub alpn: Option<String>,
    /// The chain as the server sent it, its own certificate first.
    pub chain: Vec<Certificate>,
    /// Whether the certificate is for the name asked for.
    pub name_matches: Option<bool>,
    /// Judged by this system's store, dates and name included.
    pub trust_system: Trust,
    /// Judged by the public roots (webpki-roots).
    pub trust_public: Trust,
    /// Whether the server asked for a client certificate.
    pub client_certificate_requested: bool,
    /// This computer's clock at the handshake: seconds since 1970-01-01 UTC.
    pub checked_at_s: f64,
    /// TCP_INFO at the end: `unacked` above 0 after a silent handshake means that the ClientHello was swallowed on the way.
    pub tcp_info: Option<TcpInfo>,
}

/// How a TLS handshake ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum TlsEnd {
    /// It was completed (trust is judged apart).
    Completed,
    /// The TCP connection could not be made.
    NotConnected {
        /// The error, or `None` where nothing answered.
        error: Option<OsError>,
    },
    /// The server sent an alert (RFC 8446, 6).
    Alert {
        /// Its name, such as `handshake_failure`.
        name: String,
    },
    /// No answer came in time.
    Silent,
    /// The peer closed the connection (FIN).
    Closed,
    /// The connection was reset (RST).
    Reset,
    /// The answer was not TLS; the first bytes are kept, printable ASCII, the rest as `\xNN`.
    NotTls {
        /// First bytes, at most 256.
        received: String,
    },
    /// Another failure of the handshake.
    Failed {
        /// Error text of the TLS library.
        detail: String,
    },
}

/// What a store says of a chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "trust", rename_all = "snake_case")]
pub enum Trust {
    /// It is trusted for the name, now.
    Trusted,
    /// It is not.
    Untrusted {
        /// `unknown_issuer`, `expired`, `not_yet_valid`, `name_mismatch`, `revoked`, `self_signed`, `other`.
        why: String,
        /// Error text of the verifier.
        detail: String,
    },
    /// It could not be checked.
    NotChecked,
}

/// A certificate (RFC 5280).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Certificate {
    /// Subject, as a distinguished name.
    pub subject: String,
    /// Issuer, as a distinguished name.
    pub issuer: String,
    /// Subject alternative names: DNS names and addresses.
    pub names: Vec<String>,
    /// Begin of validity: seconds since 1970-01-01 UTC.
    pub not_before_s: f64,
    /// End of validity: seconds since 1970-01-01 UTC.
    pub not_after_s: f64,
    /// SHA-256 of the DER form, hexadecimal.
    pub sha256: String,
    /// Whether subject and issuer are the same and the signature is its own.
    pub self_signed: bool,
    /// Whether it may sign others.
    pub authority: bool,
}

/// One HTTP/1.1 request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Http {
    /// How it ended.
    pub end: ExchangeEnd,
    /// Time of each phase.
    pub phases: HttpPhases,
    /// Status code.
    pub status: Option<u16>,
    /// Response headers, lower-case names; at most 100, each value cut at 1 KiB; cookies' values removed.
    pub headers: Vec<(String, String)>,
    /// Begin of the body as text, at most 2 KiB.
    pub body_start: String,
    /// Bytes of body received before the probe had enough.
    pub body_bytes: u64,
    /// TCP_INFO at the end.
    pub tcp_info: Option<TcpInfo>,
}

/// Phases of an HTTP exchange, milliseconds each, one after the other.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct HttpPhases {
    /// TCP connect.
    pub connect_ms: Option<f64>,
    /// TLS handshake.
    pub tls_ms: Option<f64>,
    /// From the request to the first byte of the answer.
    pub first_byte_ms: Option<f64>,
    /// From there to the end of what was read.
    pub transfer_ms: Option<f64>,
}

/// CONNECT through a proxy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct ProxyConnect {
    /// How the exchange with the proxy ended.
    pub end: ExchangeEnd,
    /// Look-up of the proxy's name, where it is a name.
    pub lookup: Option<SystemLookup>,
    /// Address used.
    pub address: Option<SocketAddr>,
    /// The connection to the proxy.
    pub connect: Option<Connect>,
    /// Status of the answer to CONNECT (or SOCKS reply code).
    pub status: Option<u16>,
    /// Headers of the answer, as in [`Http::headers`].
    pub headers: Vec<(String, String)>,
    /// Schemes of Proxy-Authenticate, such as `Basic`, `NTLM`, `Negotiate`.
    pub authenticate: Vec<String>,
    /// Begin of the answer's body as text, at most 2 KiB.
    pub body_start: String,
    /// Whether the target answered through the tunnel (TLS ServerHello, HTTP answer, greeting); `None` where not tried.
    pub target_answered: Option<bool>,
    /// Until the proxy's answer to CONNECT, in milliseconds.
    pub answer_ms: Option<f64>,
}

/// A proxy auto-configuration file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Pac {
    /// How fetching it ended.
    pub end: ExchangeEnd,
    /// HTTP status.
    pub status: Option<u16>,
    /// Size in bytes.
    pub bytes: u64,
    /// The result for the target as written, such as `PROXY a.example:8080; DIRECT`.
    pub result: Option<String>,
    /// Error of the evaluation.
    pub error: Option<String>,
}

/// A connectivity check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Connectivity {
    /// How it ended.
    pub end: ExchangeEnd,
    /// HTTP status; 204 is expected.
    pub status: Option<u16>,
    /// Bytes of body; none are expected.
    pub body_bytes: u64,
    /// Begin of the body as text, at most 2 KiB.
    pub body_start: String,
    /// Location header: where a captive portal sends people.
    pub location: Option<String>,
    /// Address the name resolved to.
    pub address: Option<SocketAddr>,
    /// EAI symbol where the name did not resolve.
    pub lookup_error: Option<OsError>,
    /// Whole time in milliseconds, look-up included.
    pub total_ms: f64,
}
