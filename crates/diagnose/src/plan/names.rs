//! Which name look-ups to make.

use std::net::SocketAddr;

use netmend_model::{Family, LookupRole, Record, Request, Role, Why};

use super::Plan;
use crate::signs::Sign;

pub(super) fn wish(plan: &mut Plan<'_>) {
    match plan.view.target_name().map(str::to_owned) {
        Some(name) => {
            plan.want(Request::SystemLookup { name: name.clone() }, Why::Goal);
            if !is_local(&name) {
                configured(plan, &name);
                if plan.names_trouble() || plan.connect_trouble() || plan.exchange_trouble() {
                    compare(plan, &name);
                    other_answers(plan);
                }
            }
        }
        None if plan.view.target().is_none() => online(plan),
        None => {}
    }
}

/// Names that never leave this computer (RFC 6761, 6.3).
fn is_local(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

fn records(plan: &Plan<'_>) -> Vec<Record> {
    match plan.view.case.settings.family {
        Some(Family::Ipv4) => vec![Record::A],
        Some(Family::Ipv6) => vec![Record::Aaaa],
        None => vec![Record::A, Record::Aaaa],
    }
}

fn ask(plan: &mut Plan<'_>, server: SocketAddr, name: &str, role: LookupRole, why: Why) {
    for record in records(plan) {
        plan.want(Request::Lookup { server, name: name.to_owned(), record, role }, why);
    }
}

fn configured(plan: &mut Plan<'_>, name: &str) {
    for server in plan.resolvers() {
        let fits = server.domains.is_empty() || server.stub || server.domains.iter().any(|domain| within(name, domain));
        if fits {
            ask(plan, server.address, name, LookupRole::Configured, Why::Goal);
        }
    }
}

/// Whether a name lies in a routing domain; `~.` and `.` mean every name.
fn within(name: &str, domain: &str) -> bool {
    let domain = domain.trim_start_matches('~').trim_matches('.');
    domain.is_empty() || name == domain || name.ends_with(&format!(".{domain}"))
}

/// Independent resolvers, and a name that cannot exist at the configured ones.
fn compare(plan: &mut Plan<'_>, name: &str) {
    for server in references(plan) {
        ask(plan, server, name, LookupRole::Reference, Why::Comparison);
    }
    let denied = plan.signs.has(Sign::NameResolves) || plan.signs.has(Sign::NameKnownElsewhere);
    if let Some(server) = plan.resolvers().first().filter(|_| denied) {
        let lookup = Request::Lookup {
            server: server.address,
            name: impossible_name(name),
            record: Record::A,
            role: LookupRole::Random,
        };
        plan.want(lookup, Why::Separate);
    }
    routes_to_servers(plan);
}

/// Where no address of the target is known, the routes to the resolvers tell whether anything can leave.
fn routes_to_servers(plan: &mut Plan<'_>) {
    if plan.view.target_addresses().is_empty() {
        let servers = plan.resolvers().into_iter().map(|server| server.address).chain(references(plan));
        let outside: Vec<_> = servers.map(|server| server.ip()).filter(|ip| !ip.is_loopback()).take(4).collect();
        for address in outside {
            plan.want(Request::RouteTo { address }, Why::Locate);
        }
        plan.want(Request::Fact { topic: netmend_model::Topic::Neighbours }, Why::Locate);
    }
}

fn references(plan: &Plan<'_>) -> Vec<SocketAddr> {
    if !plan.view.case.settings.external {
        return Vec::new();
    }
    let parse = |text: &String| {
        let text = text.trim();
        text.parse::<SocketAddr>()
            .or_else(|_| text.trim_matches(['[', ']']).parse().map(|ip| SocketAddr::new(ip, 53)))
            .ok()
    };
    plan.view.case.profile.reference.resolvers.iter().filter_map(parse).take(3).collect()
}

/// A name that nobody has registered, different for every target so that no cache holds it, and the same for the same case so
/// that a saved run can be repeated (FNV-1a).
fn impossible_name(name: &str) -> String {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("netmend-{hash:016x}.com")
}

/// Addresses that only DNS or an independent resolver gives: do they work?
fn other_answers(plan: &mut Plan<'_>) {
    let (Some(target), used) = (plan.view.target(), plan.view.target_addresses()) else { return };
    let Some(port) = plan.view.goal_port().or_else(|| target.ports().first().copied()) else { return };
    let lookups = plan.view.lookups_as(LookupRole::Configured).chain(plan.view.lookups_as(LookupRole::Reference));
    let mut others: Vec<_> = lookups.flat_map(|(_, seen)| seen.data.addresses.clone()).collect();
    others.retain(|address| !used.contains(address));
    others.sort();
    others.dedup();
    for address in others.into_iter().take(4) {
        let to = SocketAddr::new(address, port);
        plan.want(Request::Connect { to, role: Role::OtherAnswer, wait_ms: None }, Why::Separate);
    }
}

/// Without a target: do the configured resolvers answer for the name of a connectivity check?
fn online(plan: &mut Plan<'_>) {
    let urls = &plan.view.case.profile.reference.connectivity;
    let name = urls.first().and_then(|url| url::Url::parse(url).ok()).and_then(|url| url.host_str().map(str::to_owned));
    let Some(name) = name.filter(|name| name.parse::<std::net::IpAddr>().is_err()) else { return };
    for server in plan.resolvers() {
        ask(plan, server.address, &name, LookupRole::Control, Why::Goal);
    }
    if plan.online_trouble() {
        for server in references(plan) {
            ask(plan, server, &name, LookupRole::Reference, Why::Comparison);
        }
        routes_to_servers(plan);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routing_domains_take_names_below_them() {
        assert!(within("a.corp.example", "~corp.example") && within("x.example", "~."));
        assert!(!within("corp.example.org", "corp.example"));
    }

    #[test]
    fn impossible_names_differ_by_target_and_repeat() {
        assert_eq!(impossible_name("a.example"), impossible_name("a.example"));
        assert_ne!(impossible_name("a.example"), impossible_name("b.example"));
    }
}
