//! This computer's own firewall: its rules, and its traces where the rules cannot be read.

use std::net::{IpAddr, SocketAddr};

use netmend_model::facts::{FirewallPolicy, FirewallRule, Hook, RuleVerdict};
use netmend_model::net::{Connect, TraceEnd};
use netmend_model::{Request, Role, TraceMethod};

use super::reach::{Goal, refused};
use super::{Sign, Signs};
use crate::view::{Seen, View, accepted};

pub(super) fn read(view: View<'_>, goal: &Goal<'_>, signs: &mut Signs) {
    first_hop(view, signs);
    rules_and_refusals(view, goal, signs);
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

fn rules_and_refusals(view: View<'_>, goal: &Goal<'_>, signs: &mut Signs) {
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
