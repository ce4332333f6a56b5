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
    for port in neighbour_ports(target).into_iter().filter(|port| !usual_alternatives(to.port()).contains(port)) {
        plan.want(Request::Connect { to: (to.ip(), port).into(), role: Role::Neighbour, wait_ms: None }, Why::Separate);
    }
    for port in usual_alternatives(to.port()) {
        let to = (to.ip(), *port).into();
        plan.want(Request::Connect { to, role: Role::Alternative, wait_ms: None }, Why::Separate);
    }
    plan.want(Request::Echo { to: to.ip(), count: 10, role: Role::Target }, Why::Separate);
    for method in [TraceMethod::Tcp, TraceMethod::Udp, TraceMethod::Icmp] {
        plan.want(Request::Trace { to, method, role: Role::Target }, Why::Locate);
    }
}

/// Ports where the service of a port is run as well, by habit or by its documentation.
fn usual_alternatives(port: u16) -> &'static [u16] {
    match port {
        80 => &[8080],
        8080 => &[80],
        443 => &[8443],
        8443 => &[443],
        22 => &[2222],
        25 => &[587],
        587 => &[465],
        3306 => &[3307],
        5432 => &[5433],
        6379 => &[6380],
        _ => &[],
    }
}
