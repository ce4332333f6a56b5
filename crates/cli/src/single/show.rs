//! Measurements for people: one line each, and the list behind it where there is one.

use netmend_model::facts::{FirewallBackend, Interface, Listener, ProxySettings, Route};
use netmend_model::net::{Certificate, Hop, Lookup, Tls};
use netmend_model::{Data, Evidence};
use netmend_report::{Words, visible};

use crate::output;

/// Every measurement.
pub fn all(evidence: &[Evidence]) -> String {
    let words = output::words();
    evidence.iter().map(|evidence| one(evidence, &words)).collect()
}

fn one(evidence: &Evidence, words: &Words) -> String {
    let mut out = format!("{}: {}\n", visible(&words.request(&evidence.request)), visible(&words.seen(evidence)));
    for line in evidence.outcome.data().map(lines).unwrap_or_default() {
        out += &format!("  {}\n", visible(&line));
    }
    out
}

fn lines(data: &Data) -> Vec<String> {
    match data {
        Data::Trace(trace) => trace.hops.iter().map(hop).collect(),
        Data::Lookup(answer) => records(answer),
        Data::Tls(tls) => chain(tls),
        Data::Http(http) => http.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect(),
        Data::Interfaces(seen) => seen.interfaces.iter().map(interface).collect(),
        Data::Routes(seen) => seen.routes.iter().map(route).collect(),
        Data::RouteTo(seen) => seen.route.iter().map(route).collect(),
        Data::Listeners(seen) => seen.listeners.iter().map(listener).collect(),
        Data::ProxySettings(seen) => proxies(seen),
        Data::Firewall(seen) => seen.backends.iter().flat_map(firewall).collect(),
        Data::Resolvers(seen) => {
            seen.servers.iter().map(|server| format!("{} ({:?})", server.address, server.source)).collect()
        }
        _ => Vec::new(),
    }
}

fn hop(hop: &Hop) -> String {
    let mut parts: Vec<String> = Vec::new();
    for reply in &hop.replies {
        let icmp = reply.icmp.as_ref().filter(|icmp| !icmp.is_time_exceeded());
        let said = icmp.map(|icmp| format!(" ICMP {}/{}", icmp.icmp_type, icmp.code)).unwrap_or_default();
        parts.push(format!("{} {:.1} ms{said}", reply.from, reply.rtt_ms));
    }
    if parts.is_empty() {
        parts.push("*".into());
    }
    format!("{:2}  {}", hop.ttl, parts.join("  "))
}

fn records(answer: &Lookup) -> Vec<String> {
    answer.answers.iter().map(|r| format!("{} {} {} {}", r.name, r.ttl_s, r.record, r.data)).collect()
}

fn chain(tls: &Tls) -> Vec<String> {
    tls.chain
        .iter()
        .enumerate()
        .map(|(depth, certificate)| certificate_line(depth, certificate, tls.checked_at_s))
        .collect()
}

fn certificate_line(depth: usize, certificate: &Certificate, now_s: f64) -> String {
    let days = ((certificate.not_after_s - now_s) / 86_400.0).floor();
    let names =
        if certificate.names.is_empty() { String::new() } else { format!("; names {}", certificate.names.join(", ")) };
    format!("{depth} {}; issuer {}; {days} days left{names}", certificate.subject, certificate.issuer)
}

fn interface(interface: &Interface) -> String {
    let addresses: Vec<_> = interface.addresses.iter().map(|own| format!("{}/{}", own.address, own.prefix)).collect();
    let state = if interface.usable() { "up" } else { "down" };
    format!("{:12} {state:4} mtu {:5} {}", interface.name, interface.mtu, addresses.join(" "))
}

fn route(route: &Route) -> String {
    let gateway = route.gateway.map(|gateway| format!(" via {gateway}")).unwrap_or_default();
    let interface = route.interface.as_deref().map(|name| format!(" dev {name}")).unwrap_or_default();
    let metric = route.metric.map(|metric| format!(" metric {metric}")).unwrap_or_default();
    format!("{:?} {}{gateway}{interface}{metric} table {}", route.kind, route.destination, route.table).to_lowercase()
}

fn listener(listener: &Listener) -> String {
    let owner = match (&listener.process, listener.user_id) {
        (Some(process), _) => format!("{} ({})", process.name, process.pid),
        (None, Some(user)) => format!("user {user}; the process is shown to administrators only"),
        (None, None) => String::new(),
    };
    let queue = match (listener.queue, listener.backlog) {
        (Some(queue), Some(backlog)) => format!("{queue}/{backlog}"),
        _ => String::new(),
    };
    format!("{:4} {:28} {queue:9} {owner}", listener.protocol, listener.address.to_string())
}

fn proxies(settings: &ProxySettings) -> Vec<String> {
    let proxies = settings.proxies.iter().map(|setting| {
        let bypass =
            if setting.bypass.is_empty() { String::new() } else { format!("; not for {}", setting.bypass.join(", ")) };
        format!("{} for {}: {}:{}{bypass}", setting.setting, setting.applies_to, setting.proxy.host, setting.proxy.port)
    });
    let pac = settings.pac.iter().map(|pac| format!("automatic configuration: {}", pac.url));
    proxies.chain(pac).chain(settings.read_from.iter().map(|source| format!("looked at {source}"))).collect()
}

fn firewall(backend: &FirewallBackend) -> Vec<String> {
    let state = match (backend.active, &backend.unreadable) {
        (_, Some(reason)) => format!("{}: not readable ({:?} {})", backend.name, reason.code, reason.detail),
        (Some(true), None) => format!("{}: on", backend.name),
        (Some(false), None) => format!("{}: off", backend.name),
        (None, None) => format!("{}: state unknown", backend.name),
    };
    let policies = backend.policies.iter().map(|policy| format!("  {} policy {:?}", policy.chain, policy.verdict));
    let rules = backend.rules.iter().map(|rule| format!("  {} #{}: {}", rule.chain, rule.id, rule.text));
    std::iter::once(state).chain(policies).chain(rules).collect()
}
