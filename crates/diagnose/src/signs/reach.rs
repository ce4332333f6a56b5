//! Whether a connection can be made, and who says no.

use std::net::{IpAddr, SocketAddr};

use netmend_model::facts::{FirewallPolicy, FirewallRule, Hook, Listener, ProcessState, RuleVerdict};
use netmend_model::net::{Connect, IcmpError, IcmpOrigin, TraceEnd};
use netmend_model::{Request, Role, Target, TraceMethod};

use super::{Sign, Signs};
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
    first_hop(view, signs);
    local_firewall(view, &goal, signs);
    own_target(view, &goal, signs);
}

type Goal<'a> = [(SocketAddr, Seen<'a, Connect>)];

/// Whether any attempt at this address and port was accepted, in whatever evidence.
pub(crate) fn reached(goal: &Goal<'_>, to: SocketAddr) -> bool {
    goal.iter().any(|(tried, seen)| *tried == to && accepted(seen.data))
}

fn refused(connect: &Connect) -> bool {
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

fn local_firewall(view: View<'_>, goal: &Goal<'_>, signs: &mut Signs) {
    let failing: Vec<_> = goal.iter().filter(|(_, seen)| !accepted(seen.data)).collect();
    if failing.is_empty() {
        return;
    }
    if let (Some(seen), Some(to)) = (view.firewall(), view.goal()) {
        let readable = seen.data.backends.iter().any(|backend| backend.unreadable.is_none());
        let blocked = blocking_rule(view, to).is_some() || blocking_policy(view, to).is_some();
        if blocked || readable {
            signs.note(Sign::LocalRuleMatches, blocked, [seen.id()]);
        }
    }
    for (_, seen) in &failing {
        let denied = seen.data.error().is_some_and(|e| matches!(e.symbol.as_str(), "EPERM" | "WSAEACCES"));
        if denied {
            signs.note(Sign::SendingDenied, true, [seen.id()]);
        }
    }
    for seen in view.egresses() {
        let denied = seen.data.udp_error.as_ref().is_some_and(|error| error.symbol == "EPERM");
        signs.note(Sign::SendingDenied, denied, [seen.id()]);
        if let Some((before, after)) = seen.data.retrans_fail {
            signs.note(Sign::RetransmitFails, after > before, [seen.id()]);
        }
    }
    too_fast(view, &failing, signs);
}

/// The first rule of this computer that decides about a TCP connection to `to`, if it blocks it.
pub(crate) fn blocking_rule(view: View<'_>, to: SocketAddr) -> Option<&FirewallRule> {
    let firewall = view.firewall()?;
    firewall.data.backends.iter().filter(|backend| backend.active != Some(false)).find_map(|backend| {
        let blocks = |rule: &&FirewallRule| decides(view, rule, to) && rule.verdict != RuleVerdict::Accept;
        let blocking = backend.rules.iter().find(blocks)?;
        // An accept before it in the same chain decides first.
        let accepted =
            backend.rules.iter().take_while(|rule| rule.id != blocking.id || rule.chain != blocking.chain).any(
                |rule| rule.chain == blocking.chain && rule.verdict == RuleVerdict::Accept && decides(view, rule, to),
            );
        (!accepted).then_some(blocking)
    })
}

/// A chain that drops what no rule lets out, when none lets out a TCP connection to `to`.
pub(crate) fn blocking_policy(view: View<'_>, to: SocketAddr) -> Option<&FirewallPolicy> {
    let firewall = view.firewall()?;
    firewall.data.backends.iter().filter(|backend| backend.active != Some(false)).find_map(|backend| {
        let drops = |policy: &&FirewallPolicy| {
            policy.hook == Hook::Output && matches!(policy.verdict, RuleVerdict::Drop | RuleVerdict::Reject)
        };
        let policy = backend.policies.iter().find(drops)?;
        let might_pass = backend.rules.iter().any(|rule| {
            rule.hook == Hook::Output
                && rule.chain == policy.chain
                && rule.verdict == RuleVerdict::Accept
                && fits(view, rule, to)
        });
        (!might_pass).then_some(policy)
    })
}

/// Whether a rule surely decides about a connection to `to`. One for certain users does not: whose run this is, the evidence
/// does not say.
fn decides(view: View<'_>, rule: &FirewallRule, to: SocketAddr) -> bool {
    rule.hook == Hook::Output
        && rule.verdict != RuleVerdict::Other
        && !rule.partly_understood
        && rule.user_id.is_none()
        && fits(view, rule, to)
}

fn fits(view: View<'_>, rule: &FirewallRule, to: SocketAddr) -> bool {
    rule.protocol.as_deref().is_none_or(|protocol| protocol == "tcp")
        && (rule.destinations.is_empty() || rule.destinations.iter().any(|net| net.contains(&to.ip())))
        && (rule.destination_ports.is_empty()
            || rule.destination_ports.iter().any(|range| (range.first..=range.last).contains(&to.port())))
        && rule.interface.as_deref().is_none_or(|pattern| leaves_by(view, pattern, to.ip()))
}

/// Whether the route to an address leaves by an interface of this name, or pattern such as `eth*`.
fn leaves_by(view: View<'_>, pattern: &str, address: IpAddr) -> bool {
    let interface = view.routes_to().find_map(|seen| match seen.request() {
        Request::RouteTo { address: to } if *to == address => seen.data.route.as_ref()?.interface.as_deref(),
        _ => None,
    });
    interface.is_some_and(|name| match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == pattern,
    })
}

/// Round trips below this say nothing about distance: a busy processor alone takes as long, milliseconds.
const TELLING_MS: f64 = 5.0;

/// A refusal that cannot come from the host: in less than a fifth of the round trip that the same host needs otherwise, or at a
/// smaller hop count than the host is away.
fn too_fast(view: View<'_>, failing: &[&(SocketAddr, Seen<'_, Connect>)], signs: &mut Signs) {
    let refusals: Vec<_> = failing.iter().filter(|(_, seen)| refused(seen.data)).collect();
    if refusals.is_empty() {
        return;
    }
    if let (Some((tcp, tcp_id)), Some((other, id))) = (ttl(view, TraceMethod::Tcp), ttl(view, TraceMethod::Udp)) {
        signs.note(Sign::RefusedTooFast, tcp < other, [tcp_id, id]);
    }
    let Some((round_trip_ms, id)) = host_round_trip(view).filter(|(ms, _)| *ms >= TELLING_MS) else { return };
    if signs.has(Sign::FirstHopSees) {
        return;
    }
    for (_, seen) in refusals {
        let Some(refusal_ms) = seen.data.round_trip_ms() else { continue };
        signs.note(Sign::RefusedTooFast, refusal_ms * 5.0 < round_trip_ms, [seen.id(), id]);
    }
}

/// The hop count at which a trace reached the target.
fn ttl(view: View<'_>, method: TraceMethod) -> Option<(u8, &str)> {
    let seen = view.target_trace(method)?;
    match &seen.data.end {
        TraceEnd::Reached { ttl, .. } => Some((*ttl, seen.evidence.id.as_str())),
        _ => None,
    }
}

/// The shortest round trip to the target's host by any other means.
fn host_round_trip(view: View<'_>) -> Option<(f64, &str)> {
    let echo = view
        .echoes()
        .filter(|s| matches!(s.request(), Request::Echo { role: Role::Target, .. }))
        .filter_map(|s| Some((s.data.rtt_ms.iter().copied().reduce(f64::min)?, s.evidence.id.as_str())));
    let others =
        view.connects_as(Role::Neighbour).filter_map(|(_, s)| Some((s.data.round_trip_ms()?, s.evidence.id.as_str())));
    echo.chain(others).min_by(|a, b| a.0.total_cmp(&b.0))
}

fn first_hop(view: View<'_>, signs: &mut Signs) {
    for seen in view.first_hops() {
        let Request::FirstHop { to, .. } = seen.request() else { continue };
        if seen.data.control_answered || seen.data.answered {
            // An answer in the target's name to a packet that cannot get past the first router is made by this computer.
            let forged = seen.data.from == Some(to.ip()) && behind_router(view, to.ip());
            let sees = seen.data.answered && !forged;
            signs.note(Sign::FirstHopBlind, !sees, [seen.id()]);
            signs.note(Sign::FirstHopSees, sees, [seen.id()]);
        }
    }
}

/// Whether the route to an address leads through a router.
fn behind_router(view: View<'_>, address: IpAddr) -> bool {
    view.routes_to().any(|seen| {
        matches!(seen.request(), Request::RouteTo { address: to } if *to == address)
            && seen.data.route.as_ref().is_some_and(|route| route.gateway.is_some())
    })
}

fn own_target(view: View<'_>, goal: &Goal<'_>, signs: &mut Signs) {
    let Some(to) = view.goal() else { return };
    let own = view.target_is_own();
    signs.note(Sign::TargetIsOwn, own, view.interfaces().map(|seen| seen.evidence.id.as_str()));
    let Some(seen) = view.listeners().filter(|_| own) else { return };
    let on_port: Vec<&Listener> = seen
        .data
        .listeners
        .iter()
        .filter(|listener| listener.protocol == "tcp" && listener.address.port() == to.port())
        .collect();
    signs.note(Sign::NobodyListens, on_port.is_empty(), [seen.id()]);
    if !on_port.is_empty() {
        listener_signs(goal, to, &on_port, seen.id(), signs);
    }
}

fn listener_signs(goal: &Goal<'_>, to: SocketAddr, on_port: &[&Listener], id: &str, signs: &mut Signs) {
    let failing: Vec<_> = goal.iter().filter(|(to, _)| !reached(goal, *to)).map(|(to, _)| *to).collect();
    let wanted = failing.first().copied().unwrap_or(to);
    let serving: Vec<_> = on_port.iter().filter(|listener| serves(listener, wanted.ip())).collect();
    let same_family = on_port.iter().any(|listener| listener.address.is_ipv4() == wanted.is_ipv4());
    signs.note(Sign::ListensElsewhere, serving.is_empty() && same_family, [id]);
    signs.note(Sign::ListensOtherFamily, serving.is_empty() && !same_family, [id]);
    let full = serving.iter().any(|l| matches!((l.queue, l.backlog), (Some(queue), Some(backlog)) if queue > backlog));
    signs.note(Sign::AcceptQueueFull, full, [id]);
    let stopped = serving
        .iter()
        .filter_map(|listener| listener.process.as_ref())
        .any(|process| process.state == ProcessState::Stopped);
    signs.note(Sign::ProcessStopped, stopped, [id]);
}

/// Whether a listener takes connections to an address: its own, or any of its family; `::` takes IPv4 too unless it is IPv6 only.
fn serves(listener: &Listener, address: IpAddr) -> bool {
    let bound = listener.address.ip();
    let mapped = match bound {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map(IpAddr::V4),
        IpAddr::V4(_) => None,
    };
    bound == address
        || mapped == Some(address)
        || (bound.is_unspecified()
            && (bound.is_ipv4() == address.is_ipv4() || (bound.is_ipv6() && listener.v6_only != Some(true))))
}

/// The ports that are asked beside the wanted one: common ones that differ from it.
pub(crate) fn neighbour_ports(target: &Target) -> Vec<u16> {
    let wanted = target.ports();
    [443, 80, 22].into_iter().filter(|port| !wanted.contains(port)).take(3).collect()
}
