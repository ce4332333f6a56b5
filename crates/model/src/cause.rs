//! The catalogue of causes. An id is public and stable: never renamed, never reused.

use serde::{Deserialize, Serialize};

macro_rules! catalogue {
    ($($variant:ident $id:literal $who:ident;)*) => {
        /// A root cause that Netmend can name; the words for it are in `locales/`.
        #[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
        #[allow(missing_docs, reason = "the ids are the catalogue's own words")]
        pub enum CauseId {
            $(#[serde(rename = $id)] $variant,)*
        }

        impl CauseId {
            /// Every cause, in the catalogue's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The public id, `layer.cause`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// Who can act first; a diagnosis may name somebody else where the evidence says so.
            pub fn who(self) -> Who {
                match self { $(Self::$variant => Who::$who,)* }
            }
        }
    };
}

catalogue! {
    LinkDown "link.down" User;
    LinkWifiWeak "link.wifi_weak" User;
    IpNoAddress "ip.no_address" User;
    IpAddressConflict "ip.address_conflict" Network;
    IpNoDefaultRoute "ip.no_default_route" User;
    IpGatewayUnreachable "ip.gateway_unreachable" Network;
    IpLocalRouteBlock "ip.local_route_block" Admin;
    IpIpv6Broken "ip.ipv6_broken" Network;
    VpnTunnelStalled "vpn.tunnel_stalled" User;
    VpnDisconnected "vpn.disconnected" User;
    DnsNoResolver "dns.no_resolver" User;
    DnsResolverUnreachable "dns.resolver_unreachable" Network;
    DnsResolverPartial "dns.resolver_partial" Admin;
    DnsResolverFailing "dns.resolver_failing" Network;
    DnsNameNotFound "dns.name_not_found" User;
    DnsNoAddressRecord "dns.no_address_record" Server;
    DnsStaleAnswer "dns.stale_answer" User;
    DnsHostsOverride "dns.hosts_override" Admin;
    DnsHijacked "dns.hijacked" Network;
    DnsSplitHorizon "dns.split_horizon" User;
    DnsSlow "dns.slow" Network;
    DnsTcpBlocked "dns.tcp_blocked" Network;
    FirewallLocalOutbound "firewall.local_outbound" Admin;
    FirewallLocalInbound "firewall.local_inbound" Admin;
    FirewallRejected "firewall.rejected" Network;
    FirewallDropped "firewall.dropped" Network;
    FirewallResetInjected "firewall.reset_injected" Network;
    NetCaptivePortal "net.captive_portal" User;
    ProxyUnreachable "proxy.unreachable" User;
    ProxyNameUnresolved "proxy.name_unresolved" User;
    ProxyAuthRequired "proxy.auth_required" User;
    ProxyDenied "proxy.denied" Network;
    ProxyUpstreamFailed "proxy.upstream_failed" Network;
    ProxyRequired "proxy.required" User;
    ProxyBypassMissing "proxy.bypass_missing" User;
    ProxyPacUnavailable "proxy.pac_unavailable" Network;
    PathNoRoute "path.no_route" Network;
    PathHostUnreachable "path.host_unreachable" Server;
    PathHostSilent "path.host_silent" Server;
    PathBlackhole "path.blackhole" Network;
    PathRoutingLoop "path.routing_loop" Network;
    PathLoss "path.loss" Network;
    PathLatency "path.latency" Network;
    PathMtuBlackhole "path.mtu_blackhole" Network;
    ServiceRefused "service.refused" Server;
    ServiceWrongPort "service.wrong_port" User;
    ServiceOverloaded "service.overloaded" Server;
    ServicePartialBackends "service.partial_backends" Server;
    ServiceNoResponse "service.no_response" Server;
    ServiceSlow "service.slow" Server;
    ServiceClosedEarly "service.closed_early" Server;
    ServiceWrongProtocol "service.wrong_protocol" User;
    ServiceRateLimited "service.rate_limited" Developer;
    TlsExpired "tls.expired" Server;
    TlsNotYetValid "tls.not_yet_valid" Server;
    TlsHostnameMismatch "tls.hostname_mismatch" Server;
    TlsUntrusted "tls.untrusted" Server;
    TlsIncompleteChain "tls.incomplete_chain" Server;
    TlsIntercepted "tls.intercepted" Network;
    TlsVersionMismatch "tls.version_mismatch" Server;
    TlsClientCertificateRequired "tls.client_certificate_required" User;
    TlsHandshakeDropped "tls.handshake_dropped" Network;
    HostClockSkew "host.clock_skew" User;
    GatewayBadGateway "gateway.bad_gateway" Server;
    GatewayUnavailable "gateway.unavailable" Server;
    GatewayUpstreamTimeout "gateway.upstream_timeout" Server;
    HttpRequestTimeout "http.request_timeout" Developer;
    HttpUnauthorized "http.unauthorized" User;
    ClientTimeoutTooShort "client.timeout_too_short" Developer;
    HostEphemeralPortsExhausted "host.ephemeral_ports_exhausted" Admin;
    HostFileDescriptorsExhausted "host.file_descriptors_exhausted" Developer;
    HostCpuSaturated "host.cpu_saturated" User;
    HostMemoryExhausted "host.memory_exhausted" User;
    LocalNotListening "local.not_listening" Developer;
    LocalWrongInterface "local.wrong_interface" Developer;
    LocalWrongFamily "local.wrong_family" Developer;
    LocalAcceptQueueFull "local.accept_queue_full" Developer;
    LocalProcessStopped "local.process_stopped" Developer;
    LocalPortTaken "local.port_taken" Developer;
}

impl CauseId {
    /// Reads a public id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.id() == id)
    }

    /// The layer before the dot.
    pub fn layer(self) -> &'static str {
        self.id().split_once('.').map_or("", |(layer, _)| layer)
    }
}

impl std::fmt::Display for CauseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// Who can act.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The person at this computer.
    User,
    /// An administrator of this computer.
    Admin,
    /// The team or provider that runs the network.
    Network,
    /// Whoever runs the far end.
    Server,
    /// The developer of the client program.
    Developer,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_and_are_unique() {
        for cause in CauseId::ALL {
            assert_eq!(CauseId::from_id(cause.id()), Some(*cause));
            assert_eq!(serde_json::to_value(cause).unwrap(), cause.id());
        }
        assert_eq!(CauseId::from_id("no.such"), None);
    }
}
