//! Where a cause sits, and the values that its sentences name.

use std::net::IpAddr;

use netmend_model::net::IcmpError;
use netmend_model::{CauseId, LookupRole, Params, Place, PlaceKind, Request, Role};

use crate::findings::common_params;
use crate::signs::{self, blocking_policy, blocking_rule, rejections};
use crate::view::View;

#[allow(clippy::unnecessary_wraps, reason = "every caller returns an optional place")]
fn at(kind: PlaceKind, name: impl Into<String>) -> Option<Place> {
    Some(Place { kind, name: name.into() })
}

/// The place of a cause, where one is known.
pub(crate) fn place(view: View<'_>, cause: CauseId) -> Option<Place> {
    use CauseId as C;
    match cause {
        C::LinkDown | C::IpNoAddress => down_interface(view),
        C::IpNoDefaultRoute => at(PlaceKind::Route, "default"),
        C::IpLocalRouteBlock => blocked_route(view),
        C::IpGatewayUnreachable => gateway(view).and_then(|gateway| at(PlaceKind::Hop, gateway.to_string())),
        C::DnsResolverUnreachable
        | C::DnsResolverFailing
        | C::DnsResolverPartial
        | C::DnsStaleAnswer
        | C::DnsHijacked => resolver(view, cause).and_then(|resolver| at(PlaceKind::Resolver, resolver)),
        C::DnsHostsOverride => hosts_line(view),
        C::FirewallLocalOutbound => local_rule(view),
        C::FirewallRejected | C::PathNoRoute | C::PathHostUnreachable => sender(view, cause),
        C::FirewallDropped | C::PathBlackhole | C::PathRoutingLoop | C::PathHostSilent => last_hop(view),
        C::ProxyUnreachable
        | C::ProxyAuthRequired
        | C::ProxyDenied
        | C::ProxyRequired
        | C::ProxyUpstreamFailed
        | C::ProxyNameUnresolved
        | C::ProxyBypassMissing => proxy(view).and_then(|proxy| at(PlaceKind::Proxy, proxy)),
        C::ServicePartialBackends | C::IpIpv6Broken => failing_address(view),
        C::LocalWrongInterface | C::LocalWrongFamily | C::LocalAcceptQueueFull | C::LocalProcessStopped => {
            listener(view)
        }
        C::NetCaptivePortal => portal(view).and_then(|portal| at(PlaceKind::Service, portal)),
        C::GatewayUpstreamTimeout | C::GatewayBadGateway | C::GatewayUnavailable => who_answered(view),
        _ if matches!(cause.layer(), "service" | "tls" | "local" | "http") => {
            view.goal().and_then(|to| at(PlaceKind::Service, to.to_string()))
        }
        _ => None,
    }
}

fn down_interface(view: View<'_>) -> Option<Place> {
    let seen = view.interfaces()?;
    let first = seen.data.interfaces.iter().find(|i| i.kind != netmend_model::facts::InterfaceKind::Loopback)?;
    at(PlaceKind::Interface, first.name.clone())
}

fn gateway(view: View<'_>) -> Option<IpAddr> {
    let targets = view.target_addresses();
    let of_target = view.routes_to().find_map(|seen| match seen.request() {
        Request::RouteTo { address } if targets.contains(address) => seen.data.route.as_ref()?.gateway,
        _ => None,
    });
    of_target.or_else(|| view.routes_to().find_map(|seen| seen.data.route.as_ref()?.gateway))
}

fn blocked_route(view: View<'_>) -> Option<Place> {
    let target = view.goal()?.ip();
    let routes = view.routes()?;
    let narrowest = routes
        .data
        .routes
        .iter()
        .filter(|route| route.destination.contains(&target) && route.destination.prefix_len() > 0)
        .max_by_key(|route| route.destination.prefix_len())?;
    let kind = serde_json::to_value(narrowest.kind).ok()?;
    let kind = kind.as_str().filter(|kind| *kind != "unicast").unwrap_or_default().to_owned();
    let via = narrowest.gateway.map(|gateway| format!(" via {gateway}")).unwrap_or_default();
    at(PlaceKind::Route, format!("{kind} {}{via}", narrowest.destination).trim().to_owned())
}

fn resolver(view: View<'_>, cause: CauseId) -> Option<String> {
    let failing = |role| {
        view.lookups_as(role)
            .find(|(_, seen)| match cause {
                CauseId::DnsResolverFailing | CauseId::DnsStaleAnswer | CauseId::DnsHijacked => seen.data.answered(),
                _ => !seen.data.answered(),
            })
            .map(|(server, _)| server.ip().to_string())
    };
    failing(LookupRole::Configured).or_else(|| failing(LookupRole::Control))
}

fn hosts_line(view: View<'_>) -> Option<Place> {
    let (name, seen) = (view.target_name()?, view.hosts()?);
    let entry = seen.data.entries.iter().find(|entry| entry.names.iter().any(|entry| entry == name))?;
    at(PlaceKind::File, format!("{}:{}", seen.data.path, entry.line))
}

fn local_rule(view: View<'_>) -> Option<Place> {
    if let Some(rule) = blocking_rule(view, view.goal()?) {
        return at(PlaceKind::Rule, format!("{}: {}", rule.chain, rule.text));
    }
    let policy = blocking_policy(view, view.goal()?).map(|policy| policy.chain.clone());
    at(PlaceKind::Rule, policy.unwrap_or_else(|| "this computer's firewall".into()))
}

fn sender(view: View<'_>, cause: CauseId) -> Option<Place> {
    let (icmp, _) = rejection(view, cause)?;
    at(PlaceKind::Hop, icmp.from?.to_string())
}

fn rejection(view: View<'_>, cause: CauseId) -> Option<(&IcmpError, &str)> {
    let fits = |icmp: &IcmpError| match cause {
        CauseId::PathNoRoute => icmp.is_no_route(),
        CauseId::PathHostUnreachable => icmp.is_host_unreachable(),
        _ => true,
    };
    rejections(view).into_iter().find(|(icmp, _)| fits(icmp))
}

fn last_hop(view: View<'_>) -> Option<Place> {
    let traces: Vec<_> =
        view.traces().filter(|seen| matches!(seen.request(), Request::Trace { role: Role::Target, .. })).collect();
    let tcp: Vec<_> = traces
        .iter()
        .filter(|seen| matches!(seen.request(), Request::Trace { method: netmend_model::TraceMethod::Tcp, .. }))
        .copied()
        .collect();
    let (_, hop) = signs::path::farthest(if tcp.is_empty() { &traces } else { &tcp })?;
    at(PlaceKind::Hop, hop.to_string())
}

fn proxy(view: View<'_>) -> Option<String> {
    view.proxies().find_map(|seen| match seen.request() {
        Request::Proxy { proxy, .. } => Some(format!("{}:{}", proxy.host, proxy.port)),
        _ => None,
    })
}

fn failing_address(view: View<'_>) -> Option<Place> {
    let connects = view.goal_connects();
    let (to, _) = connects.iter().find(|(_, seen)| seen.data.connected().is_none())?;
    at(PlaceKind::Address, to.to_string())
}

fn listener(view: View<'_>) -> Option<Place> {
    let (seen, to) = (view.listeners()?, view.goal()?);
    let listener = seen
        .data
        .listeners
        .iter()
        .find(|listener| listener.protocol == "tcp" && listener.address.port() == to.port())?;
    let process = listener.process.as_ref().map(|process| format!(" ({}, {})", process.name, process.pid));
    at(PlaceKind::Process, format!("{}{}", listener.address, process.unwrap_or_default()))
}

fn portal(view: View<'_>) -> Option<String> {
    view.connectivities().find_map(|seen| seen.data.location.clone())
}

/// Who answered with a gateway's status: its Server or Via header, else the address.
fn who_answered(view: View<'_>) -> Option<Place> {
    let seen = view.https().find(|seen| seen.data.status.is_some())?;
    let header = |name: &str| seen.data.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let name = header("via").or_else(|| header("server"));
    let to = view.goal()?;
    at(PlaceKind::Service, name.map_or_else(|| to.to_string(), |name| format!("{name} ({to})")))
}

/// The values that the sentences about a cause name.
pub(crate) fn params(view: View<'_>, cause: CauseId) -> Params {
    let mut params = common_params(view.case);
    let mut set = |key: &str, value: Option<String>| {
        params.insert(key.to_owned(), value.unwrap_or_default());
    };
    set("proxy", proxy(view));
    set("resolver", resolver(view, cause));
    set("gateway", gateway(view).map(|gateway| gateway.to_string()));
    let rejection = rejection(view, cause);
    set("sender", rejection.and_then(|(icmp, _)| icmp.from).map(|from| from.to_string()));
    set("icmp", rejection.map(|(icmp, _)| format!("{}/{}", icmp.icmp_type, icmp.code)));
    set("status", view.https().find_map(|seen| seen.data.status).map(|status| status.to_string()));
    certificate(view, &mut set);
    let connect_ms = view.goal_connects().iter().find_map(|(_, seen)| Some(seen.data.connected()?.elapsed_ms));
    set("connect_ms", connect_ms.map(|ms| format!("{ms:.0}")));
    set("timeout_ms", view.case.settings.client_timeout_ms.map(|ms| format!("{ms:.0}")));
    set("loss_percent", loss_percent(view));
    let lookup_ms = view.target_lookup().map(|seen| format!("{:.0}", seen.evidence.elapsed_ms));
    set("lookup_ms", lookup_ms);
    params
}

fn certificate(view: View<'_>, set: &mut impl FnMut(&str, Option<String>)) {
    let tls = view.handshakes().find(|seen| !seen.data.chain.is_empty());
    let own = tls.and_then(|seen| seen.data.chain.first());
    set("issuer", own.map(|own| own.issuer.clone()));
    set("names", own.map(|own| own.names.iter().take(5).cloned().collect::<Vec<_>>().join(", ")));
    let days = tls.zip(own).map(|(seen, own)| ((seen.data.checked_at_s - own.not_after_s) / 86_400.0).floor());
    set("expired_days", days.filter(|days| *days >= 0.0).map(|days| format!("{days:.0}")));
}

fn loss_percent(view: View<'_>) -> Option<String> {
    let (sent, lost) = view.samples().fold((0_u32, 0_u32), |(sent, lost), seen| {
        (sent + seen.data.sent, lost + seen.data.retransmitted.max(seen.data.unanswered))
    });
    (sent > 0).then(|| format!("{:.0}", 100.0 * f64::from(lost) / f64::from(sent)))
}
