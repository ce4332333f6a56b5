//! What the sources say, as one list.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV6};

use netmend_model::Reason;
use netmend_model::facts::{Resolver, ResolverSource, Resolvers};

use super::network_manager::{self, Managed};
use super::resolv_conf::{MOST_SERVERS, ResolvConf};
use super::resolved::{self, Resolved};

/// What was read, and why what was not read was not.
pub(super) struct Sources {
    /// `None` when there is no such file.
    pub conf: Option<ResolvConf>,
    /// The services of `hosts:` in nsswitch.conf.
    pub order: Vec<String>,
    pub resolved: Result<Resolved, Reason>,
    pub managed: Result<Managed, Reason>,
}

/// Joins them. The servers of resolv.conf stand first: they are what the C library asks.
pub(super) fn join(sources: Sources) -> Resolvers {
    let read_from = read_from(&sources);
    let conf = sources.conf.unwrap_or_default();
    let resolved = sources.resolved.unwrap_or_default();
    let managed = sources.managed.unwrap_or_default();
    let forwards_by_dnsmasq = managed.mode == "dnsmasq";

    let mut servers: Vec<Resolver> = conf.servers.iter().enumerate().map(from_resolv_conf).collect();
    for server in &mut servers {
        server.stub =
            is_resolved_stub(server.address.ip()) || (forwards_by_dnsmasq && server.address.ip().is_loopback());
    }
    let asked = |test: fn(IpAddr) -> bool| servers.iter().any(|server| server.in_use && test(server.address.ip()));
    // nss-resolve(8) hands look-ups to systemd-resolved whatever resolv.conf says.
    let resolved_in_use = asked(is_resolved_stub) || sources.order.iter().any(|service| service == "resolve");
    let dnsmasq_in_use = forwards_by_dnsmasq && asked(|ip| ip.is_loopback());

    add(&mut servers, resolved.servers, resolved_in_use);
    add(&mut servers, managed.servers, dnsmasq_in_use);
    let mut search = conf.search;
    search.extend(resolved.search);
    search.retain(|domain| domain != ".");
    without_repeats(&mut search);
    Resolvers { servers, search, options: conf.options, read_from }
}

/// The stub listeners of systemd-resolved(8).
fn is_resolved_stub(address: IpAddr) -> bool {
    [Ipv4Addr::new(127, 0, 0, 53), Ipv4Addr::new(127, 0, 0, 54)].iter().any(|stub| address == IpAddr::V4(*stub))
}

fn from_resolv_conf((position, (address, zone)): (usize, &(IpAddr, Option<String>))) -> Resolver {
    let index = zone.as_deref().map_or(0, interface_index);
    Resolver {
        address: match address {
            IpAddr::V4(_) => SocketAddr::new(*address, 53),
            IpAddr::V6(ip) => SocketAddrV6::new(*ip, 53, 0, index).into(),
        },
        interface: zone.clone(),
        source: ResolverSource::ResolvConf,
        domains: Vec::new(),
        stub: false,
        in_use: position < MOST_SERVERS,
    }
}

/// A zone is an interface's name or index (RFC 4007, 11.2).
fn interface_index(zone: &str) -> u32 {
    zone.parse().ok().or_else(|| nix::net::if_::if_nametoindex(zone).ok()).unwrap_or(0)
}

/// Adds servers; one that is there already only gains its interface, as the nearer source says how it is used.
fn add(servers: &mut Vec<Resolver>, more: Vec<Resolver>, in_use: bool) {
    for server in more {
        let same = |known: &&mut Resolver| {
            known.address.ip() == server.address.ip() && known.address.port() == server.address.port()
        };
        match servers.iter_mut().find(same) {
            Some(known) => {
                known.interface = known.interface.take().or(server.interface);
                known.in_use |= in_use;
            }
            None => servers.push(Resolver { in_use, ..server }),
        }
    }
}

fn without_repeats(list: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    list.retain(|entry| seen.insert(entry.clone()));
}

fn read_from(sources: &Sources) -> Vec<String> {
    let not_read = |source: &str, reason: &Reason| format!("{source}: not read ({})", reason.detail);
    vec![
        match sources.conf {
            Some(_) => "/etc/resolv.conf".to_owned(),
            None => "/etc/resolv.conf: there is no such file".to_owned(),
        },
        match &sources.resolved {
            Ok(_) => resolved::SERVICE.to_owned(),
            Err(reason) => not_read(resolved::SERVICE, reason),
        },
        match &sources.managed {
            Ok(_) => network_manager::SERVICE.to_owned(),
            Err(reason) => not_read(network_manager::SERVICE, reason),
        },
    ]
}

#[cfg(test)]
#[path = "join_tests.rs"]
mod tests;
