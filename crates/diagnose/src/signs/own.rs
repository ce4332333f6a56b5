//! A target on this very computer: the client's view joined with the listener's.

use std::net::{IpAddr, SocketAddr};

use netmend_model::facts::{Listener, ProcessState};

use super::reach::{Goal, reached};
use super::{Sign, Signs};
use crate::view::View;

pub(super) fn read(view: View<'_>, goal: &Goal<'_>, signs: &mut Signs) {
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
