//! What to do about a cause: which remedies, in which order, by whom.
//!
//! The order is the chance of success against effort and risk. The words stand in `locales/`, under `fix-<id with - for _>`.
//! A remedy that somebody else must carry out has a ready message there (`.message`).

mod catalogue;

use netmend_model::{CauseId, Remedy, Rights, Risk, Who};

use catalogue as fix;

/// A remedy as the table holds it.
#[derive(Debug, Clone, Copy)]
struct Fix {
    id: &'static str,
    who: Who,
    risk: Risk,
    rights: Rights,
    minutes: u32,
    workaround: bool,
    hand_over: bool,
}

impl Fix {
    /// Something that the person can do at once: no risk, no special rights.
    const fn by(who: Who, id: &'static str, minutes: u32) -> Self {
        Self { id, who, risk: Risk::None, rights: Rights::User, minutes, workaround: false, hand_over: false }
    }
    /// Somebody else must act; what the person does is to send the message.
    const fn tell(who: Who, id: &'static str) -> Self {
        Self { rights: Rights::SomebodyElse, hand_over: true, ..Self::by(who, id, 5) }
    }
    const fn reversible(self) -> Self {
        Self { risk: Risk::Reversible, ..self }
    }
    const fn cuts_network(self) -> Self {
        Self { risk: Risk::CutsNetwork, ..self }
    }
    const fn administrator(self) -> Self {
        Self { rights: Rights::Administrator, ..self }
    }
    const fn workaround(self) -> Self {
        Self { workaround: true, ..self }
    }
}

impl From<&Fix> for Remedy {
    fn from(fix: &Fix) -> Self {
        Self {
            id: fix.id.to_owned(),
            title: String::new(),
            steps: Vec::new(),
            who: fix.who,
            risk: fix.risk,
            rights: fix.rights,
            minutes: fix.minutes,
            workaround: fix.workaround,
            hand_over: fix.hand_over,
        }
    }
}

/// What to do about a cause, the most promising first; at least one and at most four. The words are not filled in.
pub fn remedies(cause: CauseId) -> Vec<Remedy> {
    table(cause).iter().map(Remedy::from).collect()
}

/// The table of link, addresses, names and firewalls; the rest is in [`above`].
fn table(cause: CauseId) -> &'static [Fix] {
    use CauseId as C;
    match cause {
        C::LinkDown => &[fix::CONNECT_LINK, fix::RESTART_ADAPTER, fix::USE_OTHER_NETWORK],
        C::LinkWifiWeak => &[fix::MOVE_CLOSER, fix::USE_CABLE, fix::REJOIN_NETWORK],
        C::IpNoAddress => &[fix::REJOIN_NETWORK, fix::RESTART_ROUTER, fix::TELL_NETWORK_DHCP],
        C::IpAddressConflict => &[fix::REJOIN_NETWORK, fix::TELL_NETWORK_CONFLICT],
        C::IpNoDefaultRoute => &[fix::REJOIN_NETWORK, fix::SET_GATEWAY, fix::DISCONNECT_VPN],
        C::IpGatewayUnreachable => {
            &[fix::REJOIN_NETWORK, fix::RESTART_ROUTER, fix::TELL_NETWORK_GATEWAY, fix::USE_OTHER_NETWORK]
        }
        C::IpLocalRouteBlock => &[fix::REMOVE_ROUTE, fix::DISCONNECT_VPN, fix::TELL_ADMIN_ROUTE],
        C::IpIpv6Broken => &[fix::RESTART_ROUTER, fix::PREFER_IPV4, fix::TELL_NETWORK_IPV6],
        C::VpnTunnelStalled => &[fix::RECONNECT_VPN, fix::DISCONNECT_VPN, fix::TELL_NETWORK_VPN],
        C::VpnDisconnected => &[fix::CONNECT_VPN, fix::TELL_NETWORK_VPN],
        C::DnsNoResolver => &[fix::REJOIN_NETWORK, fix::CHANGE_RESOLVER],
        C::DnsResolverUnreachable => {
            &[fix::REJOIN_NETWORK, fix::RESTART_ROUTER, fix::CHANGE_RESOLVER, fix::TELL_NETWORK_DNS]
        }
        C::DnsResolverPartial => &[fix::REMOVE_DEAD_RESOLVER, fix::REJOIN_NETWORK, fix::TELL_NETWORK_DNS],
        C::DnsResolverFailing => {
            &[fix::FLUSH_DNS_CACHE, fix::CHANGE_RESOLVER, fix::TELL_NETWORK_DNS_ANSWER, fix::WAIT_AND_RETRY]
        }
        C::DnsNameNotFound => &[fix::CHECK_SPELLING, fix::CONNECT_VPN, fix::TELL_SERVER_DNS_NAME],
        C::DnsNoAddressRecord => &[fix::CHECK_SPELLING, fix::TELL_SERVER_DNS_RECORD],
        C::DnsStaleAnswer => &[fix::FLUSH_DNS_CACHE, fix::RESTART_PROGRAM, fix::TELL_NETWORK_DNS_CACHE],
        C::DnsHostsOverride => &[fix::EDIT_HOSTS, fix::TELL_ADMIN_HOSTS],
        C::DnsHijacked => &[fix::SIGN_IN_PORTAL, fix::CHANGE_RESOLVER, fix::TELL_NETWORK_DNS_INVENTED],
        C::DnsSplitHorizon => &[fix::CONNECT_VPN, fix::SET_INTERNAL_RESOLVER, fix::TELL_NETWORK_DNS_INTERNAL],
        C::DnsSlow => &[fix::RESTART_ROUTER, fix::CHANGE_RESOLVER, fix::TELL_NETWORK_DNS],
        C::DnsTcpBlocked => &[fix::CHANGE_RESOLVER, fix::TELL_NETWORK_DNS_TCP],
        C::FirewallLocalOutbound => &[fix::ALLOW_OUTBOUND, fix::TELL_ADMIN_FIREWALL],
        C::FirewallLocalInbound => &[fix::ALLOW_INBOUND, fix::TELL_ADMIN_FIREWALL],
        C::FirewallRejected => &[fix::TELL_NETWORK_OPEN_PORT, fix::CONNECT_VPN, fix::USE_OTHER_NETWORK],
        C::FirewallDropped => {
            &[fix::TELL_NETWORK_OPEN_PORT, fix::TELL_SERVER_OPEN_PORT, fix::CONNECT_VPN, fix::USE_OTHER_NETWORK]
        }
        C::FirewallResetInjected => &[fix::TELL_NETWORK_RESET, fix::USE_OTHER_NETWORK],
        C::NetCaptivePortal => &[fix::SIGN_IN_PORTAL, fix::USE_OTHER_NETWORK],
        _ => above(cause),
    }
}

/// The table of proxies and the path; the rest is in [`service`].
fn above(cause: CauseId) -> &'static [Fix] {
    use CauseId as C;
    match cause {
        C::ProxyUnreachable => {
            &[fix::CHECK_PROXY_SETTINGS, fix::CONNECT_VPN, fix::SWITCH_PROXY_OFF, fix::TELL_NETWORK_PROXY]
        }
        C::ProxyNameUnresolved => &[fix::CHECK_PROXY_SETTINGS, fix::CONNECT_VPN, fix::TELL_NETWORK_PROXY],
        C::ProxyAuthRequired => &[fix::SIGN_IN_PROXY, fix::TELL_NETWORK_PROXY_LOGIN],
        C::ProxyDenied => &[fix::CHECK_SPELLING, fix::TELL_NETWORK_PROXY_ALLOW],
        C::ProxyUpstreamFailed => &[fix::WAIT_AND_RETRY, fix::BYPASS_PROXY, fix::TELL_NETWORK_PROXY_UPSTREAM],
        C::ProxyRequired => &[fix::USE_PROXY, fix::TELL_NETWORK_OPEN_PORT],
        C::ProxyBypassMissing => &[fix::BYPASS_PROXY, fix::TELL_NETWORK_BYPASS],
        C::ProxyPacUnavailable => &[fix::CHECK_PAC_ADDRESS, fix::SWITCH_PAC_OFF, fix::TELL_NETWORK_PAC],
        C::PathNoRoute => &[fix::CONNECT_VPN, fix::TELL_NETWORK_ROUTE, fix::USE_OTHER_NETWORK],
        C::PathHostUnreachable => &[fix::CHECK_ADDRESS, fix::TELL_SERVER_HOST_DOWN, fix::WAIT_AND_RETRY],
        C::PathHostSilent => &[fix::CHECK_ADDRESS, fix::CONNECT_VPN, fix::TELL_SERVER_HOST_DOWN, fix::WAIT_AND_RETRY],
        C::PathBlackhole => &[fix::WAIT_AND_RETRY, fix::USE_OTHER_NETWORK, fix::TELL_NETWORK_PATH],
        C::PathRoutingLoop => &[fix::TELL_NETWORK_LOOP, fix::USE_OTHER_NETWORK, fix::WAIT_AND_RETRY],
        C::PathLoss => &[fix::USE_CABLE, fix::RESTART_ROUTER, fix::TELL_NETWORK_LOSS],
        C::PathLatency => {
            &[fix::STOP_HEAVY_TRAFFIC, fix::USE_CABLE, fix::TELL_NETWORK_LATENCY, fix::RAISE_CLIENT_TIMEOUT]
        }
        C::PathMtuBlackhole => &[fix::RECONNECT_VPN, fix::LOWER_MTU, fix::TELL_NETWORK_MTU],
        _ => service(cause),
    }
}

/// The table of services, TLS and HTTP; the rest is in [`computer`].
fn service(cause: CauseId) -> &'static [Fix] {
    use CauseId as C;
    match cause {
        C::ServiceRefused => &[fix::CHECK_PORT, fix::TELL_SERVER_NOT_LISTENING, fix::WAIT_AND_RETRY],
        C::ServiceWrongPort => &[fix::USE_FOUND_PORT, fix::TELL_SERVER_PORT],
        C::ServiceOverloaded => &[fix::WAIT_AND_RETRY, fix::TELL_SERVER_OVERLOADED],
        C::ServicePartialBackends => &[fix::TELL_SERVER_BACKENDS, fix::WAIT_AND_RETRY],
        C::ServiceNoResponse => &[fix::WAIT_AND_RETRY, fix::TELL_SERVER_HANGS],
        C::ServiceSlow => &[fix::TELL_SERVER_SLOW, fix::RAISE_CLIENT_TIMEOUT, fix::WAIT_AND_RETRY],
        C::ServiceClosedEarly => &[fix::CHECK_PROTOCOL, fix::TELL_SERVER_CLOSES, fix::WAIT_AND_RETRY],
        C::ServiceWrongProtocol => &[fix::CHECK_PROTOCOL, fix::TELL_SERVER_PROTOCOL],
        C::ServiceRateLimited => &[fix::SLOW_DOWN, fix::WAIT_AND_RETRY, fix::TELL_SERVER_LIMIT],
        C::TlsExpired => &[fix::TELL_SERVER_RENEW_CERTIFICATE, fix::WAIT_AND_RETRY],
        C::TlsNotYetValid => &[fix::TELL_SERVER_CERTIFICATE_DATES, fix::WAIT_AND_RETRY],
        C::TlsHostnameMismatch => &[fix::USE_CERTIFICATE_NAME, fix::TELL_SERVER_CERTIFICATE_NAME],
        C::TlsUntrusted => &[fix::TRUST_AUTHORITY, fix::TELL_SERVER_CERTIFICATE_TRUST],
        C::TlsIncompleteChain => &[fix::TELL_SERVER_CHAIN, fix::ADD_INTERMEDIATE],
        C::TlsIntercepted => &[fix::TRUST_INSPECTION, fix::TELL_NETWORK_INSPECTION, fix::USE_OTHER_NETWORK],
        C::TlsVersionMismatch => &[fix::UPDATE_CLIENT, fix::TELL_SERVER_TLS_VERSION],
        C::TlsClientCertificateRequired => &[fix::INSTALL_CLIENT_CERTIFICATE, fix::TELL_SERVER_CLIENT_CERTIFICATE],
        C::TlsHandshakeDropped => &[fix::CONNECT_VPN, fix::TELL_NETWORK_TLS_DROPPED, fix::USE_OTHER_NETWORK],
        C::GatewayBadGateway => &[fix::WAIT_AND_RETRY, fix::TELL_SERVER_GATEWAY],
        C::GatewayUnavailable => &[fix::WAIT_AND_RETRY, fix::TELL_SERVER_UNAVAILABLE],
        C::GatewayUpstreamTimeout => &[fix::WAIT_AND_RETRY, fix::TELL_SERVER_UPSTREAM],
        C::HttpRequestTimeout => &[fix::SEND_FASTER, fix::WAIT_AND_RETRY, fix::TELL_SERVER_REQUEST_TIMEOUT],
        C::HttpUnauthorized => &[fix::SIGN_IN, fix::TELL_SERVER_ACCESS],
        _ => computer(cause),
    }
}

/// The table of this computer as a client and as a server.
fn computer(cause: CauseId) -> &'static [Fix] {
    use CauseId as C;
    match cause {
        C::HostClockSkew => &[fix::SET_CLOCK],
        C::ClientTimeoutTooShort => &[fix::RAISE_CLIENT_TIMEOUT, fix::STOP_HEAVY_TRAFFIC],
        C::HostEphemeralPortsExhausted => &[fix::FIND_PORT_USER, fix::REUSE_CONNECTIONS, fix::WIDEN_PORT_RANGE],
        C::HostFileDescriptorsExhausted => &[fix::RESTART_PROGRAM, fix::RAISE_FILE_LIMIT, fix::CLOSE_DESCRIPTORS],
        C::HostCpuSaturated => &[fix::CLOSE_BUSY_PROGRAMS, fix::RESTART_COMPUTER],
        C::HostMemoryExhausted => &[fix::CLOSE_LARGE_PROGRAMS, fix::RESTART_COMPUTER],
        C::LocalNotListening => &[fix::START_SERVER, fix::CHECK_SERVER_LOG, fix::CHECK_PORT],
        C::LocalWrongInterface => &[fix::LISTEN_ON_ADDRESS, fix::USE_LISTENING_ADDRESS],
        C::LocalWrongFamily => &[fix::LISTEN_ON_BOTH_FAMILIES, fix::USE_LISTENING_ADDRESS],
        C::LocalAcceptQueueFull => &[fix::RESTART_SERVER, fix::FIND_BLOCKED_ACCEPT, fix::RAISE_BACKLOG],
        C::LocalProcessStopped => &[fix::CONTINUE_PROCESS, fix::RESTART_SERVER],
        C::LocalPortTaken => &[fix::STOP_PORT_HOLDER, fix::USE_FREE_PORT],
        // Every cause is in one of the tables above; the test below keeps it so.
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_cause_has_one_to_four_remedies() {
        for cause in CauseId::ALL {
            let count = remedies(*cause).len();
            assert!((1..=4).contains(&count), "{cause} has {count}");
        }
    }

    #[test]
    fn one_id_means_one_remedy_everywhere_and_once_for_each_cause() {
        let mut seen: BTreeMap<String, Remedy> = BTreeMap::new();
        for cause in CauseId::ALL {
            let mut ids: Vec<_> = remedies(*cause).into_iter().map(|remedy| remedy.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), remedies(*cause).len(), "{cause}");
            for remedy in remedies(*cause) {
                let first = seen.entry(remedy.id.clone()).or_insert_with(|| remedy.clone());
                assert_eq!(*first, remedy);
            }
        }
    }

    #[test]
    fn where_the_network_or_the_server_is_at_fault_there_is_a_message_for_them() {
        for cause in CauseId::ALL.iter().filter(|cause| matches!(cause.who(), Who::Network | Who::Server)) {
            let told = remedies(*cause).into_iter().any(|remedy| remedy.hand_over && remedy.who == cause.who());
            assert!(told, "{cause}");
        }
    }

    #[test]
    fn a_message_to_somebody_else_changes_nothing_here() {
        for remedy in CauseId::ALL.iter().flat_map(|cause| remedies(*cause)) {
            assert_eq!(remedy.hand_over, remedy.rights == Rights::SomebodyElse, "{}", remedy.id);
            assert!(!remedy.hand_over || remedy.risk == Risk::None, "{}", remedy.id);
            assert!(remedy.minutes > 0, "{}", remedy.id);
        }
    }
}
