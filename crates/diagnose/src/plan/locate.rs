//! Where a connection fails: what is measured when none stands, or one is late.

use netmend_model::{Request, Role, Topic, TraceMethod, Why};

use super::Plan;
use crate::signs::{neighbour_ports, reached};

/// The last router gives up looking for a dead host after three seconds and says so (RFC 4861, 7.2.2; ARP alike on Linux).
const NEIGHBOUR_GIVES_UP_MS: f64 = 3_600.0;

pub(super) fn wish(plan: &mut Plan<'_>) {
    if plan.names_trouble() || plan.connect_trouble() {
        plan.connectivity(Why::Comparison);
        plan.want(Request::Fact { topic: Topic::Neighbours }, Why::Locate);
    }
    if plan.exchange_trouble() {
        plan.connectivity(Why::Comparison);
    }
    if plan.connect_trouble() && !plan.view.target_is_own() {
        on_the_way(plan);
    }
}

/// The address that fails: the first of the target's addresses that does not connect.
fn failing(plan: &Plan<'_>) -> Option<std::net::SocketAddr> {
    let port = plan.view.goal_port()?;
    let connects = plan.view.goal_connects();
    plan.view.target_addresses().into_iter().map(|address| (address, port).into()).find(|to| !reached(&connects, *to))
}

/// Whether nothing has come back from an address yet.
fn silent_so_far(plan: &Plan<'_>, to: std::net::SocketAddr) -> bool {
    plan.view.goal_connects().iter().filter(|(tried, _)| *tried == to).all(|(_, seen)| seen.data.silent())
}

fn on_the_way(plan: &mut Plan<'_>) {
    let (Some(target), Some(to)) = (plan.view.target(), failing(plan)) else { return };
    plan.want(Request::Fact { topic: Topic::Firewall }, Why::Locate);
    if silent_so_far(plan, to) {
        // First of all: the last router keeps only few packets while it looks for the host, and answers for those.
        let patient = Request::Connect { to, role: Role::Target, wait_ms: Some(NEIGHBOUR_GIVES_UP_MS) };
        plan.want(patient, Why::Separate);
    }
    plan.want(Request::Egress { to }, Why::Separate);
    let control_port = if to.port() == 443 { 80 } else { 443 };
    plan.want(Request::FirstHop { to, control_port }, Why::Separate);
    for port in neighbour_ports(target) {
        plan.want(Request::Connect { to: (to.ip(), port).into(), role: Role::Neighbour, wait_ms: None }, Why::Separate);
    }
    plan.want(Request::Echo { to: to.ip(), count: 10, role: Role::Target }, Why::Separate);
    for method in [TraceMethod::Tcp, TraceMethod::Udp, TraceMethod::Icmp] {
        plan.want(Request::Trace { to, method, role: Role::Target }, Why::Locate);
    }
}
