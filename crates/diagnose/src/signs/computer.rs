//! This computer's own links, addresses and routes; and whether anybody else can be reached at all.

use std::net::IpAddr;

use netmend_model::facts::{Interface, InterfaceKind, NeighbourState, Route, RouteKind};
use netmend_model::net::ExchangeEnd;
use netmend_model::{Family, LookupRole, Request, Role};

use super::{Sign, Signs};
use crate::view::View;

pub(super) fn read(view: View<'_>, signs: &mut Signs) {
    interfaces(view, signs);
    default_route(view, signs);
    route_to_target(view, signs);
    neighbours(view, signs);
    references(view, signs);
    connectivity(view, signs);
    ipv6(view, signs);
}

fn interfaces(view: View<'_>, signs: &mut Signs) {
    let Some(seen) = view.interfaces() else { return };
    let usable: Vec<_> =
        seen.data.interfaces.iter().filter(|i| i.kind != InterfaceKind::Loopback && i.usable()).collect();
    signs.note(Sign::NoUsableInterface, usable.is_empty(), [seen.id()]);
    if !usable.is_empty() {
        signs.note(Sign::NoUsableAddress, !usable.iter().any(|interface| has_usable_address(interface)), [seen.id()]);
    }
}

fn has_usable_address(interface: &Interface) -> bool {
    interface.addresses.iter().any(|own| !is_self_assigned(own.address) && !own.duplicate)
}

/// Addresses that a computer gives itself: 169.254/16 (RFC 3927), fe80::/10 (RFC 4291).
fn is_self_assigned(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_link_local() || v4.is_loopback(),
        IpAddr::V6(v6) => v6.is_unicast_link_local() || v6.is_loopback(),
    }
}

/// The families that matter: those of the target's addresses, else both.
fn families(view: View<'_>) -> Vec<Family> {
    let mut families: Vec<_> = view.target_addresses().into_iter().map(Family::of).collect();
    families.dedup();
    if families.is_empty() { vec![Family::Ipv4, Family::Ipv6] } else { families }
}

pub(crate) fn is_default(route: &Route) -> bool {
    route.destination.prefix_len() == 0 && route.kind == RouteKind::Unicast
}

fn default_route(view: View<'_>, signs: &mut Signs) {
    let Some(seen) = view.routes() else { return };
    let families = families(view);
    let found = seen.data.routes.iter().any(|r| is_default(r) && families.contains(&Family::of(r.destination.addr())));
    // Two halves of the address space stand for a default route, as VPN clients install them.
    let halves = seen.data.routes.iter().filter(|route| route.destination.prefix_len() == 1).count() >= 2;
    signs.note(Sign::NoDefaultRoute, !found && !halves, [seen.id()]);
}

fn route_to_target(view: View<'_>, signs: &mut Signs) {
    let targets = view.target_addresses();
    for seen in view.routes_to() {
        let Request::RouteTo { address } = seen.request() else { continue };
        let is_target = targets.contains(address);
        let symbol = seen.data.error.as_ref().map(|error| error.symbol.as_str());
        let kind = seen.data.route.as_ref().map(|route| route.kind);
        signs.note(Sign::RouteMissing, symbol == Some("ENETUNREACH"), [seen.id()]);
        if is_target {
            let refused = matches!(symbol, Some("EINVAL" | "EACCES" | "EHOSTUNREACH"))
                || matches!(kind, Some(RouteKind::Blackhole | RouteKind::Prohibit | RouteKind::Unreachable));
            // `ip route add unreachable default` is the kernel's way to say "no route": only a narrower one is a block.
            signs.note(Sign::RouteBlocked, refused && !blocks_everything(view), [seen.id()]);
            if let Some(route) = &seen.data.route {
                through(view, signs, route, seen.id());
            }
        }
    }
}

/// Whether no address at all has a usable route: then the block is no special route of the target.
fn blocks_everything(view: View<'_>) -> bool {
    view.routes().is_some_and(|seen| {
        seen.data.routes.iter().any(|r| {
            r.destination.prefix_len() == 0
                && matches!(r.kind, RouteKind::Blackhole | RouteKind::Prohibit | RouteKind::Unreachable)
        }) && !seen.data.routes.iter().any(is_default)
    })
}

fn through(view: View<'_>, signs: &mut Signs, route: &Route, id: &str) {
    let tunnel = view
        .tunnels()
        .is_some_and(|seen| seen.data.tunnels.iter().any(|tunnel| Some(&tunnel.interface) == route.interface.as_ref()));
    if view.tunnels().is_some() {
        signs.note(Sign::RouteThroughTunnel, tunnel, [id]);
    }
    let Some(routes) = view.routes() else { return };
    let family = Family::of(route.destination.addr());
    let defaults: Vec<_> =
        routes.data.routes.iter().filter(|r| is_default(r) && Family::of(r.destination.addr()) == family).collect();
    let other = route.gateway.is_some()
        && !defaults.is_empty()
        && !tunnel
        && !defaults.iter().any(|default| default.gateway == route.gateway);
    signs.note(Sign::RouteOfItsOwn, other, [id, routes.id()]);
}

fn neighbours(view: View<'_>, signs: &mut Signs) {
    let Some(table) = view.neighbours() else { return };
    let failed = |address: IpAddr| {
        let mut entries = table.data.neighbours.iter().filter(|n| n.address == address).peekable();
        entries.peek()?;
        Some(entries.all(|n| matches!(n.state, NeighbourState::Failed | NeighbourState::Incomplete)))
    };
    let targets = view.target_addresses();
    for seen in view.routes_to() {
        let (Request::RouteTo { address }, Some(route)) = (seen.request(), &seen.data.route) else { continue };
        match route.gateway {
            Some(gateway) => {
                if let Some(failed) = failed(gateway) {
                    signs.note(Sign::GatewayUnresolved, failed, [table.id(), seen.id()]);
                }
            }
            None if targets.contains(address) && !view.is_own(*address) => {
                if let Some(failed) = failed(*address) {
                    signs.note(Sign::TargetNeighbourFailed, failed, [table.id(), seen.id()]);
                }
            }
            None => {}
        }
    }
}

fn references(view: View<'_>, signs: &mut Signs) {
    for (server, seen) in view.lookups_as(LookupRole::Reference) {
        let answered = seen.data.answered();
        signs.note(Sign::ReferenceAnswers, answered, [seen.id()]);
        if server.is_ipv6() {
            signs.note(Sign::Ipv6ReferenceAnswers, answered, [seen.id()]);
        }
    }
    for seen in view.connectivities() {
        // A name that does not resolve says nothing about the network behind the resolver.
        if seen.data.lookup_error.is_none() {
            let answered = seen.data.end == ExchangeEnd::Answered;
            signs.note(Sign::ReferenceAnswers, answered, [seen.id()]);
            if answered && seen.data.address.is_some_and(|address| address.is_ipv6()) {
                signs.note(Sign::Ipv6ReferenceAnswers, true, [seen.id()]);
            }
        }
    }
    for (to, seen) in view.connects_as(Role::Reference) {
        let answered = seen.data.connected().is_some();
        signs.note(Sign::ReferenceAnswers, answered, [seen.id()]);
        if to.is_ipv6() {
            signs.note(Sign::Ipv6ReferenceAnswers, answered, [seen.id()]);
        }
    }
}

fn connectivity(view: View<'_>, signs: &mut Signs) {
    let genuine = view.connectivities().find(|seen| seen.data.status == Some(204) && seen.data.body_bytes == 0);
    for seen in view.connectivities().filter(|seen| seen.data.end == ExchangeEnd::Answered) {
        let status = seen.data.status.unwrap_or(0);
        let rewritten = matches!(status, 301..=303 | 307 | 308 | 511) || (status == 200 && seen.data.body_bytes > 0);
        signs.note(Sign::ConnectivityRewritten, rewritten && genuine.is_none(), [seen.id()]);
    }
}

fn ipv6(view: View<'_>, signs: &mut Signs) {
    let (Some(interfaces), Some(routes)) = (view.interfaces(), view.routes()) else { return };
    let global = interfaces
        .data
        .interfaces
        .iter()
        .filter(|interface| interface.kind != InterfaceKind::Loopback && interface.usable())
        .flat_map(|interface| &interface.addresses)
        .any(|own| own.address.is_ipv6() && !is_self_assigned(own.address));
    let route = routes.data.routes.iter().any(|r| is_default(r) && r.destination.addr().is_ipv6());
    signs.note(Sign::Ipv6Configured, global && route, [interfaces.id(), routes.id()]);
}
