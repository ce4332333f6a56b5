//! The path: where traces end, loops, loss and large packets.

use std::net::IpAddr;

use ipnet::IpNet;
use netmend_model::net::{Trace, TraceEnd};
use netmend_model::{Request, Role};

use super::{Sign, Signs};
use crate::view::{Seen, View};

/// Handshakes that needed a second SYN count as lost from this share on: one in eight is more than the two in a hundred that
/// healthy radio links lose, and less than anybody accepts.
const LOSS_SHARE: f64 = 0.10;
/// Fewer lost packets than this are chance, whatever the share.
const LOSS_COUNT: u32 = 4;

pub(super) fn read(view: View<'_>, signs: &mut Signs) {
    traces(view, signs);
    loss(view, signs);
    large(view, signs);
}

fn target_traces(view: View<'_>) -> Vec<Seen<'_, Trace>> {
    view.traces().filter(|seen| matches!(seen.request(), Request::Trace { role: Role::Target, .. })).collect()
}

fn traces(view: View<'_>, signs: &mut Signs) {
    let traces = target_traces(view);
    for seen in &traces {
        if repeats(seen.data) {
            signs.note(Sign::Loop, true, [seen.id()]);
        }
    }
    let silent: Vec<_> = traces.iter().filter(|seen| seen.data.end == TraceEnd::Silent).collect();
    let any_reached = traces.iter().any(|seen| matches!(seen.data.end, TraceEnd::Reached { .. }));
    if traces.is_empty() {
        return;
    }
    let ids = || traces.iter().map(super::super::view::Seen::id);
    let answered = silent.iter().any(|seen| seen.data.last_answer().is_some());
    signs.note(Sign::TraceEndsEarly, !silent.is_empty() && !any_reached && answered, ids());
    if let (Some((_, last)), Some(target)) = (farthest(&traces), view.goal()) {
        signs.note(Sign::TraceReachesEdge, same_edge(last, target.ip()), ids());
    }
}

/// The farthest hop that answered in any of the traces.
pub(crate) fn farthest(traces: &[Seen<'_, Trace>]) -> Option<(u8, IpAddr)> {
    traces.iter().filter_map(|seen| seen.data.last_answer()).max_by_key(|(ttl, _)| *ttl)
}

/// The same /24 or /64: as near as a router's address can tell.
fn same_edge(router: IpAddr, target: IpAddr) -> bool {
    let bits = if target.is_ipv4() { 24 } else { 64 };
    IpNet::new(target, bits).is_ok_and(|net| net.contains(&router))
}

/// Whether the same router answers at two TTLs with another one between them: packets circle. The same address at neighbouring
/// TTLs happens without a loop (a router that decrements late).
fn repeats(trace: &Trace) -> bool {
    let hops: Vec<(u8, IpAddr)> =
        trace.hops.iter().filter_map(|hop| Some((hop.ttl, hop.replies.first()?.from))).collect();
    let returns = hops
        .iter()
        .enumerate()
        .filter(|(i, (ttl, from))| {
            hops[..*i].iter().any(|(earlier, router)| {
                router == from
                    && ttl - earlier >= 2
                    && hops.iter().any(|(between, other)| (earlier + 1..*ttl).contains(between) && other != router)
            })
        })
        .count();
    returns >= 2
}

/// Handshakes begun and lost at the ports that fit, and the evidence.
fn tally(view: View<'_>, fits: impl Fn(u16) -> bool) -> (u32, u32, Vec<&str>) {
    let (mut sent, mut lost, mut ids) = (0, 0, Vec::new());
    for seen in view.samples() {
        let at = |request: &Request| matches!(request, Request::Samples { to, .. } if fits(to.port()));
        // A port that never answers says nothing about loss.
        if at(seen.request()) && seen.data.accepted + seen.data.refused > 0 {
            sent += seen.data.sent;
            lost += seen.data.retransmitted.max(seen.data.unanswered);
            ids.push(seen.evidence.id.as_str());
        }
    }
    (sent, lost, ids)
}

fn loss(view: View<'_>, signs: &mut Signs) {
    let goal = view.goal_port();
    let (sent, lost, ids) = tally(view, |port| Some(port) == goal);
    if sent >= 20 {
        let share = f64::from(lost) / f64::from(sent);
        signs.note(Sign::Loss, lost >= LOSS_COUNT && share >= LOSS_SHARE, ids);
    } else if sent > 0 && lost == 0 {
        signs.note(Sign::Loss, false, ids);
    }
    let (sent, lost, ids) = tally(view, |port| Some(port) != goal);
    if sent >= 20 {
        signs.note(Sign::NeighbourLoss, f64::from(lost) / f64::from(sent) >= LOSS_SHARE / 2.0, ids);
    }
    for seen in view.echoes().filter(|s| matches!(s.request(), Request::Echo { role: Role::Target, .. })) {
        if seen.data.received > 0 && seen.data.sent >= 10 {
            let share = 1.0 - f64::from(seen.data.received) / f64::from(seen.data.sent);
            signs.note(Sign::EchoLoss, share >= LOSS_SHARE, [seen.id()]);
        }
    }
}

fn large(view: View<'_>, signs: &mut Signs) {
    for seen in view.mtus() {
        if let Some(passed) = seen.data.passed {
            let full = seen.data.interface_mtu.unwrap_or(1500);
            let vanishes = seen.data.vanished.is_some_and(|size| size <= full) && seen.data.named.is_none();
            signs.note(Sign::LargeVanish, vanishes && passed < full, [seen.id()]);
        }
    }
}
