//! What probes saw on the network.

use netmend_model::net::{
    Certificate, Connect, ConnectAttempt, ConnectEnd, DnsRecord, Hop, Http, IcmpError, Lookup, Tls, Trace, Trust,
};
use netmend_model::{Data, Evidence, OsError, Request};
use netmend_report::{Words, ms};

use super::{Look, Table, maybe};

const SECONDS_OF_A_DAY: f64 = 86_400.0;

/// Echo requests: one row for each address.
pub fn echoes(look: Look<'_>, group: &[Evidence]) -> String {
    let keys = [
        "table-address",
        "table-sent",
        "table-back",
        "table-shortest",
        "table-median",
        "table-longest",
        "table-result",
    ];
    let mut table = Table::new(look, keys);
    for evidence in group {
        let Request::Echo { to, .. } = &evidence.request else { continue };
        let Some(Data::Echo(echo)) = evidence.outcome.data() else {
            table.ends(to, &look.words.seen(evidence));
            continue;
        };
        let mut sorted = echo.rtt_ms.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |index: usize| maybe(sorted.get(index).map(|value| ms(*value)));
        table.row([
            to.to_string(),
            echo.sent.to_string(),
            echo.received.to_string(),
            at(0),
            at(sorted.len() / 2),
            at(sorted.len().saturating_sub(1)),
            echo.icmp.first().map(icmp).unwrap_or_default(),
        ]);
    }
    look.headline(&look.words.text("table-echo"), "") + &table.lines(look)
}

/// Connections: one row for each attempt, with what the system knows of it.
pub fn connections(look: Look<'_>, group: &[Evidence]) -> String {
    let keys = [
        "table-address",
        "table-begun",
        "table-time",
        "table-round-trip",
        "table-mss",
        "table-path-mtu",
        "table-retransmitted",
        "table-result",
        "table-local",
    ];
    let mut table = Table::new(look, keys);
    for evidence in group {
        let Request::Connect { to, .. } = &evidence.request else { continue };
        if let Some(Data::Connect(Connect { attempts })) = evidence.outcome.data() {
            for attempt in attempts {
                table.row(attempted(look.words, &to.to_string(), attempt));
            }
        } else {
            let mut row = [const { String::new() }; 9];
            (row[0], row[7]) = (to.to_string(), look.words.seen(evidence));
            table.row(row);
        }
    }
    look.headline(&look.words.text("table-connections"), "") + &table.lines(look)
}

fn attempted(words: &Words, to: &str, attempt: &ConnectAttempt) -> [String; 9] {
    let connected = attempt.end == ConnectEnd::Connected;
    let info = attempt.tcp_info.as_ref();
    // Before the handshake is done these hold the system's defaults and say nothing of the way.
    let known = info.filter(|_| connected);
    let result = match &attempt.end {
        ConnectEnd::Connected => words.text("table-accepted"),
        ConnectEnd::Failed { error } => os_error(error),
        ConnectEnd::NoAnswer => words.text("seen-lookup-silent"),
    };
    let icmp = attempt.icmp.iter().map(icmp).collect::<Vec<_>>();
    [
        to.to_owned(),
        if attempt.after_ms >= 1.0 { format!("+{}", ms(attempt.after_ms)) } else { String::new() },
        ms(attempt.elapsed_ms),
        maybe(known.map(|info| ms(f64::from(info.rtt_us) / 1e3))),
        maybe(known.map(|info| info.snd_mss)),
        maybe(known.map(|info| info.pmtu)),
        maybe(info.map(|info| info.total_retrans)),
        std::iter::once(result).chain(icmp).collect::<Vec<_>>().join("; "),
        maybe(attempt.local),
    ]
}

/// `ECONNREFUSED (111)`.
fn os_error(error: &OsError) -> String {
    format!("{} ({})", error.symbol, error.code)
}

/// `ICMP 3/13 198.51.100.1`: type, code and sender.
fn icmp(error: &IcmpError) -> String {
    let from = error.from.map(|from| format!(" {from}")).unwrap_or_default();
    format!("ICMP {}/{}{from}", error.icmp_type, error.code)
}

/// Look-ups: one row for each record of each answer.
pub fn lookups(look: Look<'_>, group: &[Evidence]) -> String {
    let keys = ["table-server", "table-record", "table-code", "table-time", "table-flags", "table-ttl", "table-answer"];
    let mut table = Table::new(look, keys);
    for evidence in group {
        let Request::Lookup { server, record, .. } = &evidence.request else { continue };
        let asked = super::code(record).to_uppercase();
        match evidence.outcome.data() {
            Some(Data::Lookup(answer)) if answer.answered() => answered(&mut table, &server.to_string(), asked, answer),
            _ => {
                let mut row = [const { String::new() }; 7];
                (row[0], row[1], row[6]) = (server.to_string(), asked, look.words.seen(evidence));
                table.row(row);
            }
        }
    }
    look.headline(&look.words.text("table-look-ups"), "") + &table.lines(look)
}

fn answered(table: &mut Table<7>, server: &str, asked: String, answer: &Lookup) {
    let mut records = answer.answers.iter();
    let first = records.next();
    table.row([
        server.to_owned(),
        asked,
        maybe(answer.rcode.as_ref()),
        maybe(answer.answer_ms.map(ms)),
        answer.flags.join(" "),
        maybe(first.map(|record| record.ttl_s)),
        first.map(data).unwrap_or_default(),
    ]);
    for record in records {
        let mut row = [const { String::new() }; 7];
        (row[5], row[6]) = (record.ttl_s.to_string(), data(record));
        table.row(row);
    }
}

fn data(record: &DnsRecord) -> String {
    match record.record.as_str() {
        "A" | "AAAA" => record.data.clone(),
        other => format!("{other} {}", record.data),
    }
}

/// Hops: one row for each that was asked.
pub fn hops(look: Look<'_>, trace: &Trace) -> String {
    let mut table = Table::new(look, ["table-hop", "table-address", "table-time", "table-result"]);
    for hop in &trace.hops {
        if hop.replies.is_empty() {
            table.row([hop.ttl.to_string(), "*".into(), String::new(), String::new()]);
        }
        hop_rows(&mut table, hop);
    }
    table.lines(look)
}

/// Several routers may answer at the same distance.
fn hop_rows(table: &mut Table<4>, hop: &Hop) {
    let mut before = Vec::new();
    for reply in &hop.replies {
        if before.contains(&reply.from) {
            continue;
        }
        let number = if before.is_empty() { hop.ttl.to_string() } else { String::new() };
        before.push(reply.from);
        let times: Vec<_> = hop.replies.iter().filter(|r| r.from == reply.from).map(|r| ms(r.rtt_ms)).collect();
        let said = reply.icmp.as_ref().filter(|icmp| !icmp.is_time_exceeded()).map(icmp).unwrap_or_default();
        table.row([number, reply.from.to_string(), times.join(", "), said]);
    }
}

/// What was agreed, what the stores say, and the certificates.
pub fn handshake(look: Look<'_>, tls: &Tls) -> String {
    let words = look.words;
    let names = tls.name_matches.map(|fits| words.text(if fits { "table-name-fits" } else { "table-name-differs" }));
    let mut out = look.labelled(&[
        ("table-connect", maybe(tls.connect_ms.map(ms))),
        ("table-handshake", maybe(tls.handshake_ms.map(ms))),
        ("table-version", maybe(tls.version.as_ref())),
        ("table-cipher", maybe(tls.cipher.as_ref())),
        ("table-alpn", maybe(tls.alpn.as_ref())),
        ("table-name", maybe(names)),
        ("table-trust-system", trust(words, &tls.trust_system)),
        ("table-trust-public", trust(words, &tls.trust_public)),
    ]);
    for (depth, certificate) in tls.chain.iter().enumerate() {
        out.push('\n');
        out += &certified(look, depth, certificate, tls.checked_at_s);
    }
    out
}

fn trust(words: &Words, trust: &Trust) -> String {
    match trust {
        Trust::Trusted => words.text("table-trusted"),
        Trust::Untrusted { why, detail } => {
            // The verifier's own words repeat a reason that is known.
            let why = if why == "other" { detail } else { why };
            words.with("table-untrusted", &[("why", why)])
        }
        Trust::NotChecked => String::new(),
    }
}

fn certified(look: Look<'_>, depth: usize, certificate: &Certificate, now_s: f64) -> String {
    let days = ((certificate.not_after_s - now_s) / SECONDS_OF_A_DAY).trunc();
    let key = if certificate.not_after_s < now_s { "table-valid-past" } else { "table-valid" };
    let (from, to) = (day(certificate.not_before_s), day(certificate.not_after_s));
    let valid = look.words.with(key, &[("from", &from), ("to", &to), ("count", &format!("{}", days.abs()))]);
    look.labelled(&[
        ("table-certificate", format!("{depth}: {}", certificate.subject)),
        ("table-issuer", certificate.issuer.clone()),
        ("table-validity", valid),
        ("table-names", certificate.names.join(", ")),
        ("table-fingerprint", certificate.sha256.clone()),
    ])
}

/// A day in UTC, from seconds since 1970.
fn day(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "whole seconds are enough; jiff refuses what is out of range")]
    let whole = seconds as i64;
    jiff::Timestamp::from_second(whole).map_or_else(|_| "?".into(), |time| time.strftime("%Y-%m-%d").to_string())
}

/// Each phase's time, and the answer's headers.
pub fn exchange(look: Look<'_>, http: &Http) -> String {
    let phases = &http.phases;
    let out = look.labelled(&[
        ("table-connect", maybe(phases.connect_ms.map(ms))),
        ("table-handshake", maybe(phases.tls_ms.map(ms))),
        ("table-first-byte", maybe(phases.first_byte_ms.map(ms))),
        ("table-transfer", maybe(phases.transfer_ms.map(ms))),
    ]);
    let mut table = Table::new(look, ["table-header", "table-value"]);
    for (name, value) in &http.headers {
        table.row([name.clone(), value.clone()]);
    }
    if http.headers.is_empty() { out } else { out + "\n" + &table.lines(look) }
}
