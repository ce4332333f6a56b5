//! What is to be measured, and why.

use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

use crate::facts::ProxyEndpoint;

/// What is to be measured. Each request ends in exactly one [`crate::Evidence`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Request {
    /// A fact of this computer.
    Fact {
        /// Which.
        topic: Topic,
    },
    /// The route that the system takes to an address.
    RouteTo {
        /// The destination.
        address: IpAddr,
    },
    /// A DNS query to one server (RFC 1035), over UDP, and over TCP when truncated.
    Lookup {
        /// The server asked.
        server: SocketAddr,
        /// The name asked for.
        name: String,
        /// The record type.
        record: Record,
        /// What the answer is for.
        role: LookupRole,
    },
    /// The system's own look-up (getaddrinfo), as programs use it.
    SystemLookup {
        /// The name asked for.
        name: String,
    },
    /// TCP connections to one address and port.
    Connect {
        /// Where to.
        to: SocketAddr,
        /// What the address is in this case.
        role: Role,
        /// How long to wait for an answer, in milliseconds; `None` leaves it to the measured round trips.
        wait_ms: Option<f64>,
    },
    /// Many cheap TCP connections in a row, for distributions and loss.
    Samples {
        /// Where to.
        to: SocketAddr,
        /// How many.
        count: u32,
    },
    /// Whether the machine itself lets a datagram to this address and port out (EPERM otherwise).
    Egress {
        /// Where to.
        to: SocketAddr,
    },
    /// TTL-1 probes to the port and to a control port: does the first hop see both?
    FirstHop {
        /// Where to.
        to: SocketAddr,
        /// The port to compare with.
        control_port: u16,
    },
    /// The hops on the way.
    Trace {
        /// Where to.
        to: SocketAddr,
        /// With what kind of packet.
        method: TraceMethod,
        /// What the address is in this case.
        role: Role,
    },
    /// ICMP echo (RFC 792, RFC 4443).
    Echo {
        /// Where to.
        to: IpAddr,
        /// How many requests.
        count: u32,
        /// What the address is in this case.
        role: Role,
    },
    /// The largest packet that passes (RFC 1191, RFC 8201).
    Mtu {
        /// Where to.
        to: IpAddr,
    },
    /// The first bytes of a protocol that is neither TLS nor HTTP.
    Greeting {
        /// Where to.
        to: SocketAddr,
        /// What should answer.
        expect: crate::Protocol,
    },
    /// A TLS handshake (RFC 8446).
    Tls {
        /// Where to.
        to: SocketAddr,
        /// Server name (SNI) and the name the certificate is checked against.
        name: String,
        /// TCP maximum segment size to ask for, in bytes; `None` leaves it to the system.
        mss: Option<u16>,
    },
    /// One HTTP/1.1 request (RFC 9112).
    Http {
        /// Where to connect (the proxy's address where `via` says so).
        to: SocketAddr,
        /// The URL asked for.
        url: String,
        /// Directly or through a proxy.
        via: Via,
        /// TCP maximum segment size to ask for, in bytes; `None` leaves it to the system.
        mss: Option<u16>,
    },
    /// CONNECT (RFC 9110, 9.3.6) through a proxy to the target.
    Proxy {
        /// The proxy.
        proxy: ProxyEndpoint,
        /// Host or address of the target, without port.
        host: String,
        /// Port of the target.
        port: u16,
        /// What should answer there.
        expect: crate::Protocol,
    },
    /// A proxy auto-configuration file: fetched and evaluated for the target.
    Pac {
        /// Where the file is.
        url: String,
        /// URL to evaluate it for.
        for_url: String,
    },
    /// A URL that answers 204 with an empty body where nobody interferes.
    Connectivity {
        /// The URL.
        url: String,
    },
}

impl Request {
    /// The name of the probe that answers this request.
    pub fn probe(&self) -> &'static str {
        match self {
            Self::Fact { topic } => topic.name(),
            Self::RouteTo { .. } => "route_to",
            Self::Lookup { .. } => "lookup",
            Self::SystemLookup { .. } => "system_lookup",
            Self::Connect { .. } => "connect",
            Self::Samples { .. } => "samples",
            Self::Egress { .. } => "egress",
            Self::FirstHop { .. } => "first_hop",
            Self::Trace { .. } => "trace",
            Self::Echo { .. } => "echo",
            Self::Mtu { .. } => "mtu",
            Self::Greeting { .. } => "greeting",
            Self::Tls { .. } => "tls",
            Self::Http { .. } => "http",
            Self::Proxy { .. } => "proxy",
            Self::Pac { .. } => "pac",
            Self::Connectivity { .. } => "connectivity",
        }
    }
}

/// Facts of this computer.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is named after the type in `facts` that it yields")]
pub enum Topic {
    Interfaces,
    Routes,
    Neighbours,
    Resolvers,
    Hosts,
    ProxySettings,
    Firewall,
    Listeners,
    Tunnels,
    Limits,
    Load,
    Clock,
}

impl Topic {
    /// Every topic.
    pub const ALL: &'static [Self] = &[
        Self::Interfaces,
        Self::Routes,
        Self::Neighbours,
        Self::Resolvers,
        Self::Hosts,
        Self::ProxySettings,
        Self::Firewall,
        Self::Listeners,
        Self::Tunnels,
        Self::Limits,
        Self::Load,
        Self::Clock,
    ];
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Interfaces => "interfaces",
            Self::Routes => "routes",
            Self::Neighbours => "neighbours",
            Self::Resolvers => "resolvers",
            Self::Hosts => "hosts",
            Self::ProxySettings => "proxy_settings",
            Self::Firewall => "firewall",
            Self::Listeners => "listeners",
            Self::Tunnels => "tunnels",
            Self::Limits => "limits",
            Self::Load => "load",
            Self::Clock => "clock",
        }
    }
}

/// What an address is in this case.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The very address and port that were asked for.
    Target,
    /// The target's host, on a port where the same service is usual (8443 for 443, …).
    Alternative,
    /// The target's host, on another usual port: does the host answer at all?
    Neighbour,
    /// An address that another resolver than the configured ones gave for the target's name.
    OtherAnswer,
    /// An independent host that the profile names.
    Reference,
    /// A configured proxy.
    Proxy,
    /// A configured resolver.
    Resolver,
    /// The first router.
    Gateway,
}

/// What a DNS answer is for.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum LookupRole {
    /// The target's name at a resolver that this computer is configured to use.
    Configured,
    /// The target's name at an independent resolver of the profile.
    Reference,
    /// A random name that cannot exist: who answers it with an address invents answers.
    Random,
    /// A reference name (of a connectivity check) at a configured resolver: does it answer at all?
    Control,
    /// A configured proxy's name.
    Proxy,
}

/// DNS record types that are asked for.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "RFC 1035 and RFC 3596 name them")]
pub enum Record {
    A,
    Aaaa,
}

/// The packets of a trace.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "protocol names")]
pub enum TraceMethod {
    Tcp,
    Udp,
    Icmp,
}

/// How an HTTP request travels.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// Straight to the target.
    Direct,
    /// Through a proxy, absolute-form (RFC 9112, 3.2.2).
    Proxy,
}

/// A step of a plan: what to measure, why, and when it began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Step {
    /// What to measure.
    pub request: Request,
    /// Why now.
    pub why: Why,
    /// Begin, in milliseconds since the start of the run.
    pub at_ms: f64,
}

/// Why a measurement is worth its time now.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Every run needs it and it costs next to nothing.
    Basis,
    /// It is the very thing that the person wants to work.
    Goal,
    /// It separates "this target" from "the whole network".
    Comparison,
    /// The goal failed; it shows where.
    Locate,
    /// The goal failed; it separates two causes that look alike from here.
    Separate,
    /// It confirms or rules out the leading cause.
    Confirm,
    /// It checks the quality of what works.
    Quality,
    /// The person asked for this one measurement.
    Asked,
}
