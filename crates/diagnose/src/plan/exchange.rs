//! What to speak on a connection that stands, and how well it goes.

use netmend_model::{Protocol, Request, Role, SymptomKind, Target, Via, Why};

use super::Plan;
use crate::signs::{Sign, neighbour_ports};

/// Handshakes that are tried beside a working connection to a web server or its like, which serves many at a time.
const FEW: u32 = 10;
/// Handshakes that are tried there when one of the few was lost.
const MANY: u32 = 120;
/// Handshakes that are tried elsewhere, and only when something was lost: a log-in service may shut out who connects often
/// without signing in (sshd_config(5), PerSourcePenalties and MaxStartups).
const CAREFUL: u32 = 20;
/// Handshakes that are tried at another port, to compare.
const SOME: u32 = 60;
/// The segment size that every path carries (RFC 9293, 3.7.1).
const SMALL_SEGMENT: u16 = 536;

pub(super) fn wish(plan: &mut Plan<'_>) {
    let (Some(target), Some(to)) = (plan.view.target(), plan.view.goal()) else { return };
    if !plan.signs.has(Sign::TargetConnects) {
        return;
    }
    let expect = if target.port.is_none() && to.port() == 80 { Protocol::Http } else { target.expect };
    speak(plan, target, to, expect, None, Why::Goal);
    if plan.signs.has(Sign::ExchangeSilent) && !plan.view.target_is_own() {
        speak(plan, target, to, expect, Some(SMALL_SEGMENT), Why::Separate);
        plan.want(Request::Mtu { to: to.ip() }, Why::Separate);
    }
    if expect == Protocol::Http && plan.view.target_name().is_some() {
        // Clear text is what captive portals rewrite.
        plan.connectivity(Why::Comparison);
    }
    if !plan.view.target_is_own() {
        quality(plan, target, to);
    }
}

fn speak(plan: &mut Plan<'_>, target: &Target, to: std::net::SocketAddr, expect: Protocol, mss: Option<u16>, why: Why) {
    if expect.is_tls() {
        plan.want(Request::Tls { to, name: target.host.clone(), mss }, why);
    }
    if expect.is_http() {
        let url = url_as(target, to.port(), expect);
        plan.want(Request::Http { to, url, via: Via::Direct, mss }, why);
    } else if !expect.is_tls() && mss.is_none() {
        plan.want(Request::Greeting { to, expect }, why);
    }
}

/// The URL of a target on a port.
pub(super) fn url(target: &Target, port: u16) -> String {
    let expect = if target.expect.is_http() || target.expect.is_tls() {
        target.expect
    } else if port == 80 {
        Protocol::Http
    } else {
        Protocol::Https
    };
    url_as(target, port, expect)
}

fn url_as(target: &Target, port: u16, expect: Protocol) -> String {
    let (scheme, usual) = if expect == Protocol::Http { ("http", 80) } else { ("https", 443) };
    let host = if target.host.contains(':') { format!("[{}]", target.host) } else { target.host.clone() };
    let port = if port == usual { String::new() } else { format!(":{port}") };
    let path = if target.path.is_empty() { "/" } else { &target.path };
    format!("{scheme}://{host}{port}{path}")
}

fn quality(plan: &mut Plan<'_>, target: &Target, to: std::net::SocketAddr) {
    let serves_many = target.expect.is_http() || target.expect.is_tls();
    if serves_many {
        plan.want(Request::Samples { to, count: FEW }, Why::Quality);
    }
    plan.want(Request::Echo { to: to.ip(), count: 10, role: Role::Target }, Why::Quality);
    if lost_something(plan) || comes_and_goes(plan) {
        let count = if serves_many { MANY } else { CAREFUL };
        plan.want(Request::Samples { to, count }, Why::Confirm);
    }
    if plan.signs.has(Sign::Loss) {
        let port = neighbour_ports(target).first().copied().unwrap_or(80);
        plan.want(Request::Samples { to: (to.ip(), port).into(), count: SOME }, Why::Separate);
    }
}

/// The message says that connecting failed, and now it works.
fn comes_and_goes(plan: &Plan<'_>) -> bool {
    let kind = plan.view.case.symptom.as_ref().map(|symptom| symptom.kind);
    matches!(
        kind,
        Some(
            SymptomKind::ConnectTimeout
                | SymptomKind::ConnectionReset
                | SymptomKind::ReadTimeout
                | SymptomKind::WriteTimeout
                | SymptomKind::PingNoReply
        )
    )
}

/// Whether any packet to the target had to be sent again.
fn lost_something(plan: &Plan<'_>) -> bool {
    let view = plan.view;
    let samples = view.samples().any(|seen| seen.data.retransmitted > 0 || seen.data.unanswered > 0);
    let connects = view.goal_connects().iter().any(|(_, seen)| {
        seen.data
            .connected()
            .is_some_and(|attempt| attempt.tcp_info.as_ref().is_some_and(|info| info.total_retrans > 0))
            || (seen.data.connected().is_some() && seen.data.attempts.len() > 1)
    });
    let exchanges = view.handshakes().filter_map(|seen| seen.data.tcp_info.as_ref()).any(|info| info.total_retrans > 0)
        || view.https().filter_map(|seen| seen.data.tcp_info.as_ref()).any(|info| info.total_retrans > 0);
    let echoes = view
        .echoes()
        .filter(|seen| matches!(seen.request(), Request::Echo { role: Role::Target, .. }))
        .any(|seen| seen.data.received > 0 && seen.data.received < seen.data.sent);
    samples || connects || exchanges || echoes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_keep_unusual_ports_and_bracket_ipv6() {
        let mut target = Target {
            asked: "x".into(),
            host: "2001:db8::1".into(),
            address: None,
            port: Some(8443),
            scheme: None,
            path: "/a?b".into(),
            expect: Protocol::Https,
        };
        assert_eq!(url(&target, 8443), "https://[2001:db8::1]:8443/a?b");
        target.expect = Protocol::Http;
        target.path.clear();
        assert_eq!(url(&target, 80), "http://[2001:db8::1]/");
    }
}
