//! systemd-resolved (org.freedesktop.resolve1(5)).

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use netmend_model::Reason;
use netmend_model::facts::{Resolver, ResolverSource};
use zbus::zvariant::OwnedObjectPath;

use crate::facts::dbus::{Bus, Object};
use crate::facts::netlink;

pub(super) const SERVICE: &str = "org.freedesktop.resolve1";

const MANAGER: Object<'static> =
    Object { service: SERVICE, path: "/org/freedesktop/resolve1", interface: "org.freedesktop.resolve1.Manager" };

/// Interface index (0: of no link), address family, address, port, server name for DNS over TLS.
type Server = (i32, i32, Vec<u8>, u16, String);
/// The same before systemd 246, without port and name.
type OldServer = (i32, i32, Vec<u8>);
/// Interface index, domain, whether it only routes look-ups and is not searched.
type Domain = (i32, String, bool);

/// What systemd-resolved forwards to.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub servers: Vec<Resolver>,
    pub search: Vec<String>,
}

/// Asks the service.
pub(super) async fn ask(bus: &Bus) -> Result<Resolved, Reason> {
    let mut manager = bus.properties(MANAGER).await?;
    let servers = match manager.take::<Vec<Server>>("DNSEx") {
        Some(servers) => servers,
        None => with_port_53(manager.take("DNS").unwrap_or_default()),
    };
    // Asked only when nothing else is configured (resolved.conf(5), FallbackDNS=).
    let servers = if servers.is_empty() { manager.take("FallbackDNSEx").unwrap_or_default() } else { servers };
    let domains: Vec<Domain> = manager.take("Domains").unwrap_or_default();
    let restricted = restricted(bus, &domains).await;
    Ok(Resolved {
        servers: servers.iter().filter_map(|server| resolver(server, &restricted)).collect(),
        search: domains.into_iter().filter(|(_, _, route_only)| !route_only).map(|(_, domain, _)| domain).collect(),
    })
}

fn with_port_53(servers: Vec<OldServer>) -> Vec<Server> {
    servers.into_iter().map(|(index, family, address)| (index, family, address, 53, String::new())).collect()
}

/// The links whose servers answer for their own domains alone, with these domains: links that have domains, `~.`
/// not among them, and are not for names of no link (DefaultRoute).
async fn restricted(bus: &Bus, domains: &[Domain]) -> BTreeMap<i32, Vec<String>> {
    let mut by_link: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for (index, domain, _) in domains.iter().filter(|(index, _, _)| *index > 0) {
        by_link.entry(*index).or_default().push(domain.clone());
    }
    let for_all: BTreeSet<i32> =
        domains.iter().filter(|(_, domain, _)| domain == ".").map(|(index, _, _)| *index).collect();
    by_link.retain(|index, _| !for_all.contains(index));
    let mut result = BTreeMap::new();
    for (index, domains) in by_link {
        if default_route(bus, index).await == Some(false) {
            result.insert(index, domains);
        }
    }
    result
}

/// The property DefaultRoute of a link, since systemd 240.
async fn default_route(bus: &Bus, index: i32) -> Option<bool> {
    let path: OwnedObjectPath = bus.call(MANAGER, "GetLink", &index).await.ok()?;
    let link = Object { service: SERVICE, path: path.as_str(), interface: "org.freedesktop.resolve1.Link" };
    bus.properties(link).await.ok()?.take("DefaultRoute")
}

fn resolver(server: &Server, restricted: &BTreeMap<i32, Vec<String>>) -> Option<Resolver> {
    let (index, family, bytes, port, _) = server;
    let port = if *port == 0 { 53 } else { *port };
    let link = u32::try_from(*index).unwrap_or(0);
    let address = match *family {
        libc::AF_INET => IpAddr::V4(Ipv4Addr::from(<[u8; 4]>::try_from(bytes.as_slice()).ok()?)),
        libc::AF_INET6 => IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(bytes.as_slice()).ok()?)),
        _ => return None,
    };
    Some(Resolver {
        address: match address {
            IpAddr::V6(ip) if ip.is_unicast_link_local() => SocketAddrV6::new(ip, port, 0, link).into(),
            _ => SocketAddr::new(address, port),
        },
        interface: netlink::interface_name(link),
        source: ResolverSource::SystemdResolved,
        domains: restricted.get(index).cloned().unwrap_or_default(),
        stub: false,
        // Set by whoever knows whether the stub is asked.
        in_use: false,
    })
}
