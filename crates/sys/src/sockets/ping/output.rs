//! What `ping` of several systems writes, and in several languages.
//!
//! Recognised by shape, not by words: a reply is a line that has the target's address and a time in milliseconds.

use std::net::IpAddr;

use netmend_model::OsError;
use netmend_model::net::{IcmpError, IcmpOrigin};

/// What the output says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// Requests sent, from the summary at the end.
    pub sent: Option<u32>,
    /// Round trips in milliseconds, in order of the sequence numbers where it has them.
    pub rtt_ms: Vec<f64>,
    /// ICMP errors; `error` has code 0 and the words themselves as symbol.
    pub icmp: Vec<IcmpError>,
}

/// Reads the output for pings to `target`.
pub fn read(text: &str, target: IpAddr) -> Said {
    let mut said = Said::default();
    let mut replies: Vec<(u32, f64)> = Vec::new();
    for line in text.lines().filter(|line| !line.contains("DUP!")) {
        if let Some(sent) = sent(line) {
            said.sent = Some(sent);
        } else if let (true, Some(time)) = (addresses(line).any(|address| address == target), time(line)) {
            replies.push((sequence(line).unwrap_or(0), time));
        } else if let Some(error) = icmp_error(line) {
            said.icmp.push(error);
        }
    }
    // Stable: replies without numbers stay in the order of the lines.
    replies.sort_by_key(|(sequence, _)| *sequence);
    said.rtt_ms = replies.into_iter().map(|(_, time)| time).collect();
    said
}

/// "5 packets transmitted" of Unix; "Sent = 4, Received = 4, Lost = 0" of Windows, whose words are translated.
fn sent(line: &str) -> Option<u32> {
    if let Some((before, _)) = line.split_once(" packets transmitted") {
        return before.trim().parse().ok();
    }
    let numbers: Vec<u32> = line.split('=').skip(1).filter_map(plain_number).collect();
    if numbers.len() == 3 { numbers.first().copied() } else { None }
}

/// The whole number before a comma, a bracket or the end, and nothing else there.
fn plain_number(text: &str) -> Option<u32> {
    text.split([',', '(']).next()?.trim().parse().ok()
}

/// "time=20.3 ms", "Zeit=20ms", "time<1ms": the number after `=` or `<` that milliseconds follow. Below 1 ms counts as half of it.
fn time(line: &str) -> Option<f64> {
    line.match_indices(['=', '<']).find_map(|(at, sign)| {
        let rest = line.get(at + 1..)?;
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let (number, unit) = rest.split_at(end);
        let number: f64 = number.replace(',', ".").parse().ok()?;
        unit.trim_start_matches([' ', '\u{a0}']).starts_with("ms").then_some(if sign == "<" {
            number / 2.0
        } else {
            number
        })
    })
}

/// "icmp_seq=3", "seq=3".
fn sequence(line: &str) -> Option<u32> {
    let rest = line.split_once("seq=")?.1;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Every address on the line, without brackets, commas and zone.
fn addresses(line: &str) -> impl Iterator<Item = IpAddr> + '_ {
    line.split([' ', '\u{a0}', '(', ')', ',']).filter_map(|word| {
        let word = word.split('%').next().unwrap_or(word);
        word.parse().ok().or_else(|| word.trim_end_matches(':').parse().ok())
    })
}

/// Words of ICMP errors: iputils and macOS (English, whatever the locale, with LC_ALL=C), Windows in English and German.
/// Longer ones first, where one begins with another.
const WORDS: [(&str, u8, u8); 26] = [
    ("destination net unreachable for", 3, 11),
    ("destination host unreachable for", 3, 12),
    ("destination net unreachable", 3, 0),
    ("zielnetz nicht erreichbar", 3, 0),
    ("destination host unreachable", 3, 1),
    ("zielhost nicht erreichbar", 3, 1),
    ("destination protocol unreachable", 3, 2),
    ("destination port unreachable", 3, 3),
    ("zielport nicht erreichbar", 3, 3),
    ("frag needed", 3, 4),
    ("destination net unknown", 3, 6),
    ("destination host unknown", 3, 7),
    ("destination net prohibited", 3, 9),
    ("destination host prohibited", 3, 10),
    ("packet filtered", 3, 13),
    ("communication prohibited by filter", 3, 13),
    ("time to live exceeded", 11, 0),
    ("ttl expired in transit", 11, 0),
    ("die gültigkeitsdauer wurde", 11, 0),
    // ICMPv6, told apart by their address.
    ("destination unreachable: no route", 1, 0),
    ("destination unreachable: administratively prohibited", 1, 1),
    ("destination unreachable: beyond scope", 1, 2),
    ("destination unreachable: address unreachable", 1, 3),
    ("destination unreachable: port unreachable", 1, 4),
    ("packet too big", 2, 0),
    ("time exceeded: hop limit", 3, 0),
];

fn icmp_error(line: &str) -> Option<IcmpError> {
    let from = addresses(line).next()?;
    let lower = line.to_lowercase();
    let (words, icmp_type, code) = WORDS.iter().find(|(words, ..)| lower.contains(words))?;
    let at = lower.find(words)?;
    let origin = if from.is_ipv4() { IcmpOrigin::Icmp } else { IcmpOrigin::Icmp6 };
    let text = lower.get(at..)?.trim().chars().take(100).collect();
    let mtu = lower.split_once("mtu").and_then(|(_, rest)| {
        rest.trim_start_matches([' ', '=']).split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    });
    Some(IcmpError {
        origin,
        icmp_type: *icmp_type,
        code: *code,
        from: Some(from),
        error: OsError { code: 0, symbol: text },
        after_ms: 0.0,
        mtu,
    })
}

#[cfg(test)]
mod tests;
