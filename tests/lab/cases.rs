//! The cases, one file per group of causes.

mod client;
mod dns;
mod firewall;
mod gateway;
mod healthy;
mod hostile;
mod link;
mod local;
mod path;
mod proxy;
mod service;
mod tls;

use crate::case::{Case, Truth};

/// Causes of the catalogue that are built here and that netmend has no rule for yet: these cases run only when asked for.
const AHEAD: [&str; 6] = [
    "dns.slow",
    "dns.tcp_blocked",
    "firewall.reset_injected",
    "service.wrong_port",
    "tls.incomplete_chain",
    "host.ephemeral_ports_exhausted",
];

/// Every case that netmend is expected to pass.
pub fn all() -> Vec<Case> {
    everything().into_iter().filter(|case| !is_ahead(case)).collect()
}

/// Also the cases of causes that netmend cannot name yet.
pub fn everything() -> Vec<Case> {
    let groups = [
        healthy::cases(),
        link::cases(),
        dns::cases(),
        firewall::cases(),
        proxy::cases(),
        path::cases(),
        service::cases(),
        tls::cases(),
        gateway::cases(),
        client::cases(),
        local::cases(),
        hostile::cases(),
    ];
    groups.into_iter().flatten().collect()
}

fn is_ahead(case: &Case) -> bool {
    matches!(case.truth, Truth::Cause(cause) if AHEAD.contains(&cause))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The causes that this stage of the project promises to find.
    const PROMISED: [&str; 38] = [
        "link.down",
        "ip.no_default_route",
        "ip.gateway_unreachable",
        "ip.local_route_block",
        "ip.ipv6_broken",
        "dns.no_resolver",
        "dns.resolver_unreachable",
        "dns.resolver_partial",
        "dns.resolver_failing",
        "dns.name_not_found",
        "dns.hosts_override",
        "dns.stale_answer",
        "firewall.local_outbound",
        "firewall.rejected",
        "firewall.dropped",
        "net.captive_portal",
        "proxy.unreachable",
        "proxy.auth_required",
        "proxy.denied",
        "proxy.required",
        "path.host_unreachable",
        "path.no_route",
        "path.blackhole",
        "path.routing_loop",
        "path.loss",
        "path.mtu_blackhole",
        "service.refused",
        "service.no_response",
        "service.closed_early",
        "service.partial_backends",
        "tls.expired",
        "tls.hostname_mismatch",
        "tls.untrusted",
        "gateway.upstream_timeout",
        "client.timeout_too_short",
        "local.not_listening",
        "local.wrong_interface",
        "local.accept_queue_full",
    ];

    #[test]
    fn every_promised_cause_has_a_case_of_its_own_name() {
        let ids: BTreeSet<String> = all().into_iter().map(|case| case.id).collect();
        let missing: Vec<_> = PROMISED.iter().filter(|&&cause| !ids.contains(cause)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn ids_are_unique_and_ten_cases_are_healthy() {
        let cases = everything();
        let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
        assert_eq!(ids.len(), cases.len());
        assert!(cases.iter().filter(|case| case.truth == Truth::Healthy).count() >= 10);
    }
}
