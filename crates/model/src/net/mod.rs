//! What probes saw on the network.

mod application;
mod lookup;
mod path;
mod tcp;

pub use application::{
    Certificate, Connectivity, ExchangeEnd, Greeting, Http, HttpPhases, Pac, ProxyConnect, Tls, TlsEnd, Trust,
};
pub use lookup::{DnsRecord, Lookup, LookupEnd, SystemLookup};
pub use path::{Echo, FirstHop, Hop, HopReply, Mtu, Trace, TraceEnd};
pub use tcp::{Connect, ConnectAttempt, ConnectEnd, Egress, IcmpError, IcmpOrigin, Samples, TcpInfo};
