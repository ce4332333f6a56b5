//! Whether a connection can be made, and who says no.

use std::net::{IpAddr, SocketAddr};

use netmend_model::net::{Connect, IcmpError, IcmpOrigin, TraceEnd};
use netmend_model::{Request, Role, Target, TraceMethod};

use super::{Sign, Signs, firewall, own};
use crate::view::{Seen, View, accepted, reset};

pub(super) fn read(view: View<'_>, signs: &mut Signs) {
    let goal = view.goal_connects();
    if goal.is_empty() {
        return;
    }
    outcome(view, &goal, signs);
    spread(view, &goal, signs);
    who_says_no(view, &goal, signs);
    alive(view, signs);
    firewall::read(view, &goal, signs);
    own::read(view, &goal, signs);
}

/// The target's connections, with the address each went to.
pub(super) type Goal<'a> = [(SocketAddr, Seen<'a, Connect>)];

/// Whether any attempt at this address and port was accepted, in whatever evidence.
pub(crate) fn reached(goal: &Goal<'_>, to: SocketAddr) -> bool {
    goal.iter().any(|(tried, seen)| *tried == to && accepted(seen.data))
}

/// Whether a connection was refused by RST alone.
pub(super) fn refused(connect: &Connect) -> bool {
    connect.error().is_some_and(|error| is_refusal(&error.symbol)) && connect.icmp().next().is_none()
}

fn is_refusal(symbol: &str) -> bool {
    matches!(symbol, "ECONNREFUSED" | "WSAECONNREFUSED")
}

fn outcome(view: View<'_>, goal: &Goal<'_>, signs: &mut Signs) {
    let any = goal.iter().any(|(_, seen)| accepted(seen.data));
    let ids = |test: &dyn Fn(&Connect) -> bool| -> Vec<&str> {
        goal.iter().filter(|(_, seen)| test(seen.data)).map(|(_, seen)| seen.id()).collect()
    };
    let connected = ids(&accepted);
    signs.note(Sign::TargetConnects, any, if any { connected } else { ids(&|_| true) });
    if any {
        signs.note(Sign::TargetRefuses, false, []);
        signs.note(Sign::TargetSilent, false, []);
    } else {
        let (refusing, silent) = (ids(&refused), ids(&Connect::silent));
        let later_answer = goal.iter().any(|(_, seen)| !seen.data.silent());
        signs.note(Sign::TargetRefuses, !refusing.is_empty(), refusing);
        signs.note(Sign::TargetSilent, !silent.is_empty() && !later_answer, silent);
    }
    for (_, seen) in goal.iter().filter(|(_, seen)| reset(seen.data)) {
        signs.note(Sign::ExchangeCut, true, [seen.id()]);
    }
    let pending =
        view.running_since(|r| matches!(r, Request::Connect { role: Role::Target, wait_ms: None, .. })).is_some();
    if any || !pending {
        signs.note(Sign::DirectFails, !any, goal.iter().map(|(_, seen)| seen.id()));
    }
}

fn spread(view: View<'_>, goal: &Goal<'_>, signs: &mut Signs) {
    let addresses = view.target_addresses();
    let state = |address: &IpAddr| {
        let tries: Vec<_> = goal.iter().filter(|(to, _)| to.ip() == *address).collect();
        (!tries.is_empty()).then(|| tries.iter().any(|(_, seen)| accepted(seen.data)))
    };
    // A family that this computer does not have at all fails at once and locally: that is no fault of the address.
    let absent = |address: &IpAddr| goal.iter().any(|(to, seen)| to.ip() == *address && no_such_family(seen.data));
    let working: Vec<_> = addresses.iter().filter(|a| state(a) == Some(true)).collect();
    let failing: Vec<_> = addresses.iter().filter(|a| state(a) == Some(false) && !absent(a)).collect();
    if addresses.len() < 2 || working.is_empty() {
        return;
    }
    let ids: Vec<_> = goal.iter().map(|(_, seen)| seen.id()).collect();
    signs.note(Sign::SomeAddressesFail, !failing.is_empty(), ids.iter().copied());
    if !failing.is_empty() {
        let by_family = failing.iter().all(|a| a.is_ipv6()) && working.iter().all(|a| a.is_ipv4());
        signs.note(Sign::FailuresAreIpv6, by_family, ids);
    }
}

/// Whether the system has no route or no source address for the family: no packet left, nobody answered.
fn no_such_family(connect: &Connect) -> bool {
    let local = |symbol: &str| matches!(symbol, "ENETUNREACH" | "EADDRNOTAVAIL" | "EAFNOSUPPORT" | "WSAENETUNREACH");
    connect.error().is_some_and(|error| local(&error.symbol)) && connect.icmp().next().is_none()
}

/// ICMP errors that answered the target's connections, with the evidence they stand in. Those of a trace to the target count
/// as well, since the same packet met the same device there.
pub(crate) fn rejections(view: View<'_>) -> Vec<(&IcmpError, &str)> {
    let connects = view.goal_connects();
    let open: Vec<IpAddr> = connects.iter().filter(|(_, s)| accepted(s.data)).map(|(to, _)| to.ip()).collect();
    let mut found: Vec<_> = connects
        .iter()
        .filter(|(to, _)| !open.contains(&to.ip()))
        .flat_map(|(_, seen)| seen.data.icmp().map(move |icmp| (icmp, seen.evidence.id.as_str())))
        .collect();
    if open.is_empty()
        && let Some(trace) = view.target_trace(TraceMethod::Tcp)
        && let TraceEnd::Refused { icmp, .. } = &trace.data.end
    {
        found.push((icmp, trace.evidence.id.as_str()));
    }
    found
}

fn who_says_no(view: View<'_>, goal: &Goal<'_>, signs: &mut Signs) {
    let failing: Vec<_> = goal.iter().filter(|(_, seen)| !accepted(seen.data)).map(|(_, seen)| seen.id()).collect();
    let rejections = rejections(view);
    let note = |signs: &mut Signs, sign, test: &dyn Fn(&IcmpError, bool) -> bool| {
        let hits: Vec<_> = rejections
            .iter()
            .filter(|(icmp, _)| test(icmp, icmp.from.is_some_and(|from| view.is_own(from))))
            .map(|(_, id)| *id)
            .collect();
        if hits.is_empty() && !failing.is_empty() {
            signs.note(sign, false, failing.iter().copied());
        } else if !hits.is_empty() {
            signs.note(sign, true, hits);
        }
    };
    note(signs, Sign::Prohibited, &|icmp, own| !own && icmp.is_prohibited());
    note(signs, Sign::PortRejected, &|icmp, own| !own && icmp.is_port_unreachable());
    note(signs, Sign::NetworkUnreachable, &|icmp, own| !own && icmp.is_no_route());
    note(signs, Sign::HostUnreachable, &|icmp, own| !own && icmp.is_host_unreachable());
    // The kernel reports a neighbour that does not answer as "host unreachable" from its own address: no firewall said that.
    note(signs, Sign::RejectedBySelf, &|icmp, own| {
        own && !view.target_is_own()
            && icmp.origin != IcmpOrigin::Local
            && !icmp.is_host_unreachable()
            && !icmp.is_time_exceeded()
    });
    note(signs, Sign::Loop, &|icmp, own| !own && icmp.is_time_exceeded());
}

/// Whether the target's host answers anything on anything but the port in question.
fn alive(view: View<'_>, signs: &mut Signs) {
    let mut tried = Vec::new();
    for (_, seen) in view.connects_as(Role::Neighbour).chain(view.connects_as(Role::Alternative)) {
        let answers = seen.data.connected().is_some() || refused(seen.data);
        if answers {
            signs.note(Sign::HostAlive, true, [seen.id()]);
        }
        tried.push(seen.id());
    }
    for seen in view.echoes().filter(|s| matches!(s.request(), Request::Echo { role: Role::Target, .. })) {
        if seen.data.received > 0 {
            signs.note(Sign::HostAlive, true, [seen.id()]);
        }
        tried.push(seen.id());
    }
    let addresses = view.target_addresses();
    for seen in view.traces().filter(|s| matches!(s.request(), Request::Trace { role: Role::Target, .. })) {
        let method_is_tcp = matches!(seen.request(), Request::Trace { method: TraceMethod::Tcp, .. });
        let by_host = seen.data.hops.iter().flat_map(|hop| &hop.replies).any(|reply| addresses.contains(&reply.from));
        if !method_is_tcp && (matches!(seen.data.end, TraceEnd::Reached { .. }) || by_host) {
            signs.note(Sign::HostAlive, true, [seen.id()]);
            tried.push(seen.id());
        }
    }
    // While something that could show life is under way, its absence is not known.
    let pending = view.running_since(|request| {
        matches!(
            request,
            Request::Connect { role: Role::Neighbour | Role::Alternative, .. }
                | Request::Echo { role: Role::Target, .. }
                | Request::Trace { role: Role::Target, .. }
        )
    });
    if !tried.is_empty() && (pending.is_none() || signs.has(Sign::HostAlive)) {
        let alive = signs.has(Sign::HostAlive) || signs.has(Sign::TargetConnects) || signs.has(Sign::TargetRefuses);
        if !alive {
            signs.note(Sign::HostAlive, false, tried.iter().copied());
        }
        signs.note(Sign::HostSilent, !alive && signs.has(Sign::TargetSilent), tried);
    }
}

/// The ports that are asked beside the wanted one: common ones that differ from it.
pub(crate) fn neighbour_ports(target: &Target) -> Vec<u16> {
    let wanted = target.ports();
    [443, 80, 22].into_iter().filter(|port| !wanted.contains(port)).take(3).collect()
}
