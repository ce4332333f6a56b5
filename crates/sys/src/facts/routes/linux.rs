//! rtnetlink(7): RTM_GETROUTE, as a dump and for one destination.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use netlink_packet_route::route::{
    RouteAddress, RouteAttribute, RouteFlags, RouteMessage, RouteMetric, RouteNextHop, RouteProtocol, RouteType,
    RouteVia,
};
use netlink_packet_route::{AddressFamily, RouteNetlinkMessage};
use netlink_sys::protocols::NETLINK_ROUTE;
use netmend_model::facts::{Route, RouteKind, RouteTo, Routes};
use netmend_model::{OsError, Outcome};
use nix::errno::Errno;

use crate::facts::{netlink, reading};

pub(super) async fn read() -> Outcome<Routes> {
    reading::blocking("routes", reading::LOCAL, || match routes() {
        Ok(routes) => Outcome::observed(Routes { routes }),
        Err(error) => reading::failed("RTM_GETROUTE", &error),
    })
    .await
}

pub(super) async fn to(address: IpAddr) -> Outcome<RouteTo> {
    reading::blocking("the route to an address", reading::LOCAL, move || match lookup(address) {
        Ok(to) => Outcome::observed(to),
        Err(error) => reading::failed("RTM_GETROUTE", &error),
    })
    .await
}

fn routes() -> io::Result<Vec<Route>> {
    let mut routes = dump(AddressFamily::Inet)?;
    match dump(AddressFamily::Inet6) {
        Ok(more) => routes.extend(more),
        // A kernel without IPv6.
        Err(error) if matches!(error.raw_os_error(), Some(libc::EOPNOTSUPP | libc::EAFNOSUPPORT)) => {}
        Err(error) => return Err(error),
    }
    Ok(routes)
}

fn dump(family: AddressFamily) -> io::Result<Vec<Route>> {
    let mut request = RouteMessage::default();
    request.header.address_family = family;
    let messages = netlink::dump(NETLINK_ROUTE, &RouteNetlinkMessage::GetRoute(request))?;
    Ok(messages
        .into_iter()
        .filter_map(|message| match message {
            RouteNetlinkMessage::NewRoute(route) if !route.header.flags.contains(RouteFlags::Cloned) => Some(route),
            _ => None,
        })
        .flat_map(|message| each_hop(&message))
        .collect())
}

fn lookup(address: IpAddr) -> io::Result<RouteTo> {
    match netlink::get(NETLINK_ROUTE, RouteNetlinkMessage::GetRoute(question(address))) {
        Ok(RouteNetlinkMessage::NewRoute(message)) => Ok(answer(&message)),
        Ok(other) => Err(io::Error::new(io::ErrorKind::InvalidData, format!("an unexpected answer: {other:?}"))),
        // Without a number the question itself failed (no netlink, no answer in time).
        Err(error) => match error.raw_os_error() {
            Some(code) if is_refusal(code) => {
                Ok(RouteTo { route: refusing(code, address), error: Some(os_error(code)) })
            }
            _ => Err(error),
        },
    }
}

fn question(address: IpAddr) -> RouteMessage {
    let mut message = RouteMessage::default();
    let (family, bits, destination) = match address {
        IpAddr::V4(ip) => (AddressFamily::Inet, 32, RouteAddress::Inet(ip)),
        IpAddr::V6(ip) => (AddressFamily::Inet6, 128, RouteAddress::Inet6(ip)),
    };
    message.header.address_family = family;
    message.header.destination_prefix_length = bits;
    // Without it the answer says table main whatever table the route is from.
    message.header.flags = RouteFlags::LookupTable;
    message.attributes.push(RouteAttribute::Destination(destination));
    message
}

/// IPv4 answers a blackhole, prohibit or unreachable route with the error alone; IPv6 answers with the route.
fn answer(message: &RouteMessage) -> RouteTo {
    let route = each_hop(message).into_iter().next();
    let code = match message.header.kind {
        RouteType::BlackHole => Some(libc::EINVAL),
        RouteType::Prohibit => Some(libc::EACCES),
        RouteType::Unreachable => Some(libc::EHOSTUNREACH),
        RouteType::Throw => Some(libc::ENETUNREACH),
        _ => None,
    };
    RouteTo { route, error: code.map(os_error) }
}

/// The error numbers by which the kernel refuses a destination (ip-route(8)).
fn is_refusal(code: i32) -> bool {
    matches!(
        code,
        libc::ENETUNREACH
            | libc::EHOSTUNREACH
            | libc::EINVAL
            | libc::EACCES
            | libc::ENETDOWN
            | libc::EADDRNOTAVAIL
            | libc::EAFNOSUPPORT
    )
}

/// The most specific route of the kind that answers with this error and covers the address.
fn refusing(code: i32, address: IpAddr) -> Option<Route> {
    let kind = match code {
        libc::EINVAL => RouteKind::Blackhole,
        libc::EACCES => RouteKind::Prohibit,
        libc::EHOSTUNREACH => RouteKind::Unreachable,
        _ => return None,
    };
    let covering = routes().ok()?.into_iter().filter(|r| r.kind == kind && r.destination.contains(&address));
    covering.max_by_key(|route| route.destination.prefix_len())
}

fn os_error(code: i32) -> OsError {
    OsError { code, symbol: format!("{:?}", Errno::from_raw(code)) }
}

/// A route with several next hops is several routes here, one for each.
fn each_hop(message: &RouteMessage) -> Vec<Route> {
    let Some(route) = route(message) else { return Vec::new() };
    let hops = message.attributes.iter().find_map(|attribute| match attribute {
        RouteAttribute::MultiPath(hops) => Some(hops),
        _ => None,
    });
    match hops {
        Some(hops) => hops.iter().map(|hop| through(&route, hop)).collect(),
        None => vec![route],
    }
}

fn through(route: &Route, hop: &RouteNextHop) -> Route {
    Route {
        gateway: hop.attributes.iter().find_map(gateway),
        interface: netlink::interface_name(hop.interface_index),
        ..route.clone()
    }
}

fn route(message: &RouteMessage) -> Option<Route> {
    let header = &message.header;
    let mut route = Route {
        destination: everything(header.address_family)?,
        gateway: message.attributes.iter().find_map(gateway),
        interface: None,
        source: None,
        metric: None,
        kind: kind(header.kind),
        table: u32::from(header.table),
        mtu: None,
        origin: origin(header.protocol),
    };
    for attribute in &message.attributes {
        match attribute {
            RouteAttribute::Destination(address) => {
                route.destination = IpNet::new(ip(address)?, header.destination_prefix_length).ok()?;
            }
            RouteAttribute::Oif(index) => route.interface = netlink::interface_name(*index),
            RouteAttribute::PrefSource(address) => route.source = ip(address),
            RouteAttribute::Priority(metric) => route.metric = Some(*metric),
            RouteAttribute::Table(table) => route.table = *table,
            RouteAttribute::Metrics(metrics) => route.mtu = mtu(metrics),
            _ => {}
        }
    }
    Some(route)
}

/// The destination of a default route, which has no RTA_DST.
fn everything(family: AddressFamily) -> Option<IpNet> {
    let address = match family {
        AddressFamily::Inet => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        AddressFamily::Inet6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        _ => return None,
    };
    IpNet::new(address, 0).ok()
}

fn gateway(attribute: &RouteAttribute) -> Option<IpAddr> {
    match attribute {
        RouteAttribute::Gateway(address) => ip(address),
        // An IPv4 route over an IPv6 next hop (RFC 5549).
        RouteAttribute::Via(RouteVia::Inet(address)) => Some(IpAddr::V4(*address)),
        RouteAttribute::Via(RouteVia::Inet6(address)) => Some(IpAddr::V6(*address)),
        _ => None,
    }
}

fn ip(address: &RouteAddress) -> Option<IpAddr> {
    match address {
        RouteAddress::Inet(ip) => Some(IpAddr::V4(*ip)),
        RouteAddress::Inet6(ip) => Some(IpAddr::V6(*ip)),
        _ => None,
    }
}

fn mtu(metrics: &[RouteMetric]) -> Option<u32> {
    metrics.iter().find_map(|metric| match metric {
        RouteMetric::Mtu(bytes) => Some(*bytes),
        _ => None,
    })
}

fn kind(kind: RouteType) -> RouteKind {
    match kind {
        RouteType::Unicast => RouteKind::Unicast,
        RouteType::Local => RouteKind::Local,
        RouteType::Broadcast => RouteKind::Broadcast,
        RouteType::Anycast => RouteKind::Anycast,
        RouteType::Multicast => RouteKind::Multicast,
        RouteType::BlackHole => RouteKind::Blackhole,
        RouteType::Unreachable => RouteKind::Unreachable,
        RouteType::Prohibit => RouteKind::Prohibit,
        RouteType::Throw => RouteKind::Throw,
        _ => RouteKind::Other,
    }
}

/// Names as ip-route(8) prints them.
fn origin(protocol: RouteProtocol) -> Option<String> {
    match protocol {
        RouteProtocol::Unspec => None,
        RouteProtocol::Other(number) => Some(number.to_string()),
        named => Some(named.to_string().to_lowercase()),
    }
}
