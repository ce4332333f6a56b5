//! What happens on a connection that stands: TLS, HTTP, greetings.

use netmend_model::net::{ExchangeEnd, Greeting, Http, TcpInfo, Tls, TlsEnd, Trust};
use netmend_model::{OsError, Request, Via};

use super::{Sign, Signs};
use crate::view::{Seen, View};

pub(super) fn read(view: View<'_>, signs: &mut Signs) {
    for seen in view.handshakes() {
        match seen.request() {
            Request::Tls { mss: Some(_), .. } => small_segments(seen.id(), answered_tls(seen.data), signs),
            _ => tls(&seen, signs),
        }
    }
    for seen in view.https() {
        match seen.request() {
            Request::Http { mss: Some(_), .. } => {
                small_segments(seen.id(), seen.data.end == ExchangeEnd::Answered, signs);
            }
            Request::Http { via: Via::Direct, .. } => http(&seen, signs),
            _ => {}
        }
    }
    for seen in view.greetings() {
        greeting(view, &seen, signs);
    }
    goal_works(view, signs);
}

fn answered_tls(tls: &Tls) -> bool {
    !matches!(tls.end, TlsEnd::Silent | TlsEnd::NotConnected { .. })
}

fn small_segments(id: &str, answered: bool, signs: &mut Signs) {
    signs.note(Sign::SmallSegmentsHelp, answered && signs.has(Sign::ExchangeSilent), [id]);
}

fn silence(id: &str, silent: bool, info: Option<&TcpInfo>, signs: &mut Signs) {
    signs.note(Sign::ExchangeSilent, silent, [id]);
    if let (true, Some(info)) = (silent, info) {
        let acknowledged = info.unacked == 0;
        signs.note(Sign::RequestAcknowledged, acknowledged, [id]);
        signs.note(Sign::RequestUnacknowledged, !acknowledged, [id]);
    }
}

/// A server that accepts and resets at once may be quicker than the connect call: then that call says ECONNRESET.
fn cut_at_once(error: Option<&OsError>, id: &str, signs: &mut Signs) {
    if error.is_some_and(|error| matches!(error.symbol.as_str(), "ECONNRESET" | "WSAECONNRESET")) {
        signs.note(Sign::ExchangeCut, true, [id]);
    }
}

fn tls(seen: &Seen<'_, Tls>, signs: &mut Signs) {
    let (data, id) = (seen.data, seen.id());
    if let TlsEnd::NotConnected { error } = &data.end {
        return cut_at_once(error.as_ref(), id, signs);
    }
    silence(id, data.end == TlsEnd::Silent, data.tcp_info.as_ref(), signs);
    signs.note(Sign::ExchangeCut, matches!(data.end, TlsEnd::Closed | TlsEnd::Reset), [id]);
    signs.note(Sign::WrongProtocol, matches!(data.end, TlsEnd::NotTls { .. }), [id]);
    alerts(data, id, signs);
    if let Some(own) = data.chain.first() {
        signs.note(Sign::CertificateExpired, own.not_after_s < data.checked_at_s, [id]);
        signs.note(Sign::CertificateNotYetValid, own.not_before_s > data.checked_at_s, [id]);
        if let Some(matches) = data.name_matches {
            signs.note(Sign::CertificateForOtherName, !matches, [id]);
        }
        issuer(data, id, signs);
    }
}

fn alerts(data: &Tls, id: &str, signs: &mut Signs) {
    let alert = match &data.end {
        TlsEnd::Alert { name } => name.as_str(),
        _ => "",
    };
    let no_version = matches!(alert, "protocol_version" | "handshake_failure" | "insufficient_security");
    signs.note(Sign::NoCommonTlsVersion, no_version && !data.client_certificate_requested, [id]);
    let wants = alert == "certificate_required"
        || (data.client_certificate_requested && matches!(alert, "handshake_failure" | "bad_certificate"));
    signs.note(Sign::ClientCertificateWanted, wants, [id]);
}

fn issuer(data: &Tls, id: &str, signs: &mut Signs) {
    match &data.trust_system {
        Trust::Trusted => signs.note(Sign::IssuerUnknown, false, [id]),
        Trust::Untrusted { why, .. } => {
            signs.note(Sign::IssuerUnknown, matches!(why.as_str(), "unknown_issuer" | "self_signed"), [id]);
        }
        Trust::NotChecked => {}
    }
}

fn http(seen: &Seen<'_, Http>, signs: &mut Signs) {
    let (data, id) = (seen.data, seen.id());
    match &data.end {
        ExchangeEnd::NotConnected { error } => return cut_at_once(error.as_ref(), id, signs),
        ExchangeEnd::TlsFailed { .. } => return,
        _ => {}
    }
    silence(id, data.end == ExchangeEnd::Silent && data.status.is_none(), data.tcp_info.as_ref(), signs);
    let cut = matches!(data.end, ExchangeEnd::Closed | ExchangeEnd::Reset) && data.status.is_none();
    signs.note(Sign::ExchangeCut, cut, [id]);
    signs.note(Sign::WrongProtocol, matches!(data.end, ExchangeEnd::Malformed { .. }), [id]);
    let Some(status) = data.status else { return };
    for (sign, is) in [
        (Sign::GatewayTimeout, status == 504),
        (Sign::BadGateway, status == 502),
        (Sign::ServiceUnavailable, status == 503),
        (Sign::RequestTimeout, status == 408),
        (Sign::RateLimited, status == 429),
        (Sign::Unauthorized, matches!(status, 401 | 403)),
    ] {
        signs.note(sign, is, [id]);
    }
}

fn greeting(view: View<'_>, seen: &Seen<'_, Greeting>, signs: &mut Signs) {
    let (data, id) = (seen.data, seen.id());
    let expect = view.target().map_or(netmend_model::Protocol::Tcp, |target| target.expect);
    let expects_bytes = data.sent != "nothing" || expect.server_speaks_first();
    if let ExchangeEnd::NotConnected { error } = &data.end {
        return cut_at_once(error.as_ref(), id, signs);
    }
    silence(id, data.end == ExchangeEnd::Silent && expects_bytes, data.tcp_info.as_ref(), signs);
    signs.note(Sign::ExchangeCut, matches!(data.end, ExchangeEnd::Closed | ExchangeEnd::Reset), [id]);
    let other = data.looks_like.as_deref().is_some_and(|name| expects_bytes && !is_protocol(name, expect));
    signs.note(Sign::WrongProtocol, other, [id]);
}

fn is_protocol(name: &str, expect: netmend_model::Protocol) -> bool {
    serde_json::to_value(expect).is_ok_and(|value| value == name)
}

/// Whether the very thing that the person wants works the whole way.
fn goal_works(view: View<'_>, signs: &mut Signs) {
    let Some(target) = view.target() else { return online(view, signs) };
    let Some(to) = view.goal() else { return };
    let expect = if target.port.is_none() && to.port() == 80 { netmend_model::Protocol::Http } else { target.expect };
    let connects = view.goal_connects();
    let reached = super::reached(&connects, to);
    let mut ids: Vec<_> = connects.iter().map(|(_, seen)| seen.id()).collect();
    if connects.is_empty() {
        return;
    }
    if !reached {
        return signs.note(Sign::GoalWorks, false, ids);
    }
    let bad = [Sign::ExchangeSilent, Sign::ExchangeCut, Sign::WrongProtocol];
    let mut works = !bad.iter().any(|sign| signs.has(*sign));
    if expect.is_tls() {
        let Some(seen) = view.handshakes().find(|seen| matches!(seen.request(), Request::Tls { mss: None, .. })) else {
            return;
        };
        works &= seen.data.end == TlsEnd::Completed && !matches!(seen.data.trust_system, Trust::Untrusted { .. });
        ids.push(seen.evidence.id.as_str());
    }
    if expect.is_http() {
        let Some(seen) =
            view.https().find(|seen| matches!(seen.request(), Request::Http { mss: None, via: Via::Direct, .. }))
        else {
            return;
        };
        // A server that answers 404 or 500 is reached; the statuses that mean "the network or its gateways" are causes.
        works &=
            seen.data.status.is_some_and(|status| !matches!(status, 401 | 403 | 407 | 408 | 429 | 502..=504 | 511));
        ids.push(seen.evidence.id.as_str());
    } else if !expect.is_tls() {
        let Some(seen) = view.greeting() else { return };
        ids.push(seen.evidence.id.as_str());
    }
    signs.note(Sign::GoalWorks, works, ids);
}

/// Without a target the question is whether this computer is online.
fn online(view: View<'_>, signs: &mut Signs) {
    for seen in view.connectivities() {
        signs.note(Sign::GoalWorks, seen.data.status == Some(204) && seen.data.body_bytes == 0, [seen.id()]);
    }
}
