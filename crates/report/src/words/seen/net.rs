//! What probes saw on the network, one line each.

use netmend_model::net::{
    Connect, Connectivity, Echo, Egress, ExchangeEnd, FirstHop, Greeting, Http, IcmpError, Lookup, LookupEnd, Mtu, Pac,
    ProxyConnect, Samples, SystemLookup, Tls, TlsEnd, Trace, TraceEnd, Trust,
};

use super::{list, maybe_ms, median, ms, os_error};
use crate::words::Words;

pub(super) fn lookup(words: &Words, seen: &Lookup) -> String {
    match &seen.end {
        LookupEnd::Answered => {
            let rcode = seen.rcode.clone().unwrap_or_default();
            let time = maybe_ms(seen.answer_ms);
            let key = if seen.addresses.is_empty() { "seen-lookup-empty" } else { "seen-lookup" };
            let addresses = list(seen.addresses.iter());
            words.with(key, &[("rcode", &rcode), ("ms", &time), ("addresses", &addresses)])
        }
        LookupEnd::NoAnswer => words.text("seen-lookup-silent"),
        LookupEnd::Failed { error } => words.with("seen-lookup-failed", &[("error", &os_error(error))]),
        LookupEnd::Malformed { detail } => words.with("seen-lookup-malformed", &[("detail", detail)]),
    }
}

pub(super) fn system_lookup(words: &Words, seen: &SystemLookup) -> String {
    if let Some(error) = &seen.error {
        return words.with("seen-system-lookup-error", &[("error", &os_error(error))]);
    }
    if seen.timed_out {
        return words.text("seen-system-lookup-timeout");
    }
    words.with("seen-system-lookup", &[("addresses", &list(seen.addresses.iter()))])
}

pub(super) fn connect(words: &Words, seen: &Connect) -> String {
    if let Some(attempt) = seen.connected() {
        return words.with("seen-connected", &[("ms", &ms(attempt.elapsed_ms))]);
    }
    let total = seen.attempts.iter().map(|a| a.after_ms + a.elapsed_ms).fold(0.0, f64::max);
    let after = seen.round_trip_ms().unwrap_or(total);
    match (seen.error(), seen.icmp().next()) {
        (error, Some(icmp)) => {
            let error = os_error(error.unwrap_or(&icmp.error));
            icmp_line(words, "seen-connect-icmp", icmp, &[("error", &error), ("ms", &ms(after))])
        }
        (Some(error), None) => words.with("seen-connect-failed", &[("error", &os_error(error)), ("ms", &ms(after))]),
        (None, None) => {
            words.with("seen-connect-silent", &[("attempts", &seen.attempts.len().to_string()), ("ms", &ms(total))])
        }
    }
}

fn icmp_line(words: &Words, key: &str, icmp: &IcmpError, more: &[(&str, &str)]) -> String {
    let (kind, number) = (icmp.icmp_type.to_string(), icmp.code.to_string());
    let from = icmp.from.map_or_else(|| "?".into(), |from| from.to_string());
    let mut values = vec![("type", kind.as_str()), ("code", &number), ("from", &from)];
    values.extend_from_slice(more);
    words.with(key, &values)
}

pub(super) fn samples(words: &Words, seen: &Samples) -> String {
    words.with(
        "seen-samples",
        &[
            ("accepted", &seen.accepted.to_string()),
            ("sent", &seen.sent.to_string()),
            ("ms", &maybe_ms(median(&seen.connect_ms))),
            ("retransmitted", &seen.retransmitted.to_string()),
            ("unanswered", &seen.unanswered.to_string()),
        ],
    )
}

pub(super) fn egress(words: &Words, seen: &Egress) -> String {
    match &seen.udp_error {
        Some(error) => words.with("seen-egress-denied", &[("error", &os_error(error))]),
        None => words.text("seen-egress-out"),
    }
}

pub(super) fn first_hop(words: &Words, seen: &FirstHop) -> String {
    let from = seen.from.map_or_else(|| "?".into(), |from| from.to_string());
    let say = |answered: bool| {
        let key = if answered { "seen-hop-yes" } else { "seen-hop-no" };
        words.with(key, &[("from", &from)])
    };
    words.with("seen-first-hop", &[("answered", &say(seen.answered)), ("control", &say(seen.control_answered))])
}

pub(super) fn trace(words: &Words, seen: &Trace) -> String {
    match &seen.end {
        TraceEnd::Reached { ttl, .. } => words.with("seen-trace-reached", &[("ttl", &ttl.to_string())]),
        TraceEnd::Refused { ttl, icmp } => icmp_line(words, "seen-trace-refused", icmp, &[("ttl", &ttl.to_string())]),
        TraceEnd::Silent => match seen.last_answer() {
            Some((ttl, from)) => {
                words.with("seen-trace-silent", &[("ttl", &ttl.to_string()), ("from", &from.to_string())])
            }
            None => words.text("seen-trace-nothing"),
        },
    }
}

pub(super) fn echo(words: &Words, seen: &Echo) -> String {
    let key = if seen.received == 0 { "seen-echo-none" } else { "seen-echo" };
    words.with(
        key,
        &[
            ("received", &seen.received.to_string()),
            ("sent", &seen.sent.to_string()),
            ("ms", &maybe_ms(median(&seen.rtt_ms))),
        ],
    )
}

pub(super) fn mtu(words: &Words, seen: &Mtu) -> String {
    let bytes = |size: Option<u32>| size.map_or_else(|| "?".into(), |size| size.to_string());
    let key = match (seen.passed, seen.vanished) {
        (_, Some(_)) => "seen-mtu-vanish",
        (Some(_), None) => "seen-mtu",
        (None, None) => "seen-mtu-unknown",
    };
    words.with(key, &[("passed", &bytes(seen.passed)), ("vanished", &bytes(seen.vanished))])
}

/// How an exchange ended without what was wanted.
fn end(words: &Words, seen: &ExchangeEnd) -> String {
    match seen {
        ExchangeEnd::NotConnected { error: Some(error) } => {
            words.with("end-not-connected-error", &[("error", &os_error(error))])
        }
        ExchangeEnd::Malformed { detail } => words.with("end-malformed", &[("detail", detail)]),
        ExchangeEnd::TlsFailed { detail } => words.with("end-tls-failed", &[("detail", detail)]),
        ExchangeEnd::Failed { error } => words.with("end-failed", &[("error", &os_error(error))]),
        ExchangeEnd::NotConnected { error: None } => words.text("end-not-connected"),
        ExchangeEnd::Answered => words.text("end-answered"),
        ExchangeEnd::Silent => words.text("end-silent"),
        ExchangeEnd::Closed => words.text("end-closed"),
        ExchangeEnd::Reset => words.text("end-reset"),
        ExchangeEnd::TooLarge => words.text("end-too-large"),
    }
}

pub(super) fn greeting(words: &Words, seen: &Greeting) -> String {
    if seen.end != ExchangeEnd::Answered {
        return end(words, &seen.end);
    }
    let time = maybe_ms(seen.first_byte_ms);
    match &seen.looks_like {
        Some(name) => words.with("seen-greeting", &[("protocol", name), ("ms", &time)]),
        None => words.with("seen-greeting-unknown", &[("ms", &time)]),
    }
}

pub(super) fn tls(words: &Words, seen: &Tls) -> String {
    match &seen.end {
        TlsEnd::Completed => completed(words, seen),
        TlsEnd::NotConnected { error } => end(words, &ExchangeEnd::NotConnected { error: error.clone() }),
        TlsEnd::Alert { name } => words.with("seen-tls-alert", &[("name", name)]),
        TlsEnd::Silent => words.text("end-silent"),
        TlsEnd::Closed => words.text("end-closed"),
        TlsEnd::Reset => words.text("end-reset"),
        TlsEnd::NotTls { .. } => words.text("seen-tls-not-tls"),
        TlsEnd::Failed { detail } => words.with("seen-tls-failed", &[("detail", detail)]),
    }
}

fn completed(words: &Words, seen: &Tls) -> String {
    let version = seen.version.clone().unwrap_or_default();
    let (key, why) = match &seen.trust_system {
        Trust::Trusted => ("seen-tls", String::new()),
        Trust::Untrusted { why, .. } => ("seen-tls-untrusted", why.clone()),
        Trust::NotChecked => ("seen-tls-unchecked", String::new()),
    };
    words.with(key, &[("version", &version), ("ms", &maybe_ms(seen.handshake_ms)), ("why", &why)])
}

pub(super) fn http(words: &Words, seen: &Http) -> String {
    match seen.status {
        Some(status) => {
            words.with("seen-http", &[("status", &status.to_string()), ("ms", &maybe_ms(seen.phases.first_byte_ms))])
        }
        None => end(words, &seen.end),
    }
}

pub(super) fn proxy(words: &Words, seen: &ProxyConnect) -> String {
    let Some(status) = seen.status else {
        let unresolved = seen.lookup.as_ref().and_then(|lookup| lookup.error.as_ref());
        return match unresolved {
            Some(error) => words.with("seen-proxy-unresolved", &[("error", &os_error(error))]),
            None => end(words, &seen.end),
        };
    };
    let key = match seen.target_answered {
        Some(true) => "seen-proxy-answered",
        Some(false) => "seen-proxy-unanswered",
        None => "seen-proxy",
    };
    words.with(key, &[("status", &status.to_string()), ("ms", &maybe_ms(seen.answer_ms))])
}

pub(super) fn pac(words: &Words, seen: &Pac) -> String {
    match (&seen.result, &seen.error) {
        (Some(result), _) => words.with("seen-pac", &[("result", result)]),
        (None, Some(error)) => words.with("seen-pac-error", &[("error", error)]),
        (None, None) => end(words, &seen.end),
    }
}

pub(super) fn connectivity(words: &Words, seen: &Connectivity) -> String {
    if let Some(error) = &seen.lookup_error {
        return words.with("seen-connectivity-lookup", &[("error", &os_error(error))]);
    }
    let Some(status) = seen.status else { return end(words, &seen.end) };
    let key = if seen.location.is_some() { "seen-connectivity-redirect" } else { "seen-connectivity" };
    let location = seen.location.clone().unwrap_or_default();
    words.with(key, &[("status", &status.to_string()), ("ms", &ms(seen.total_ms)), ("location", &location)])
}
