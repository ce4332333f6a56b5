//! The small parts that addresses are made of.

use std::net::{IpAddr, Ipv6Addr};

use super::{Endpoint, Reader, Reading};

pub(super) fn is_ipv6_byte(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b':' || byte == b'.'
}

/// The longest start of a text whose bytes all pass; cut at a character boundary.
pub(super) fn token(text: &str, passes: impl Fn(u8) -> bool, limit: usize) -> &str {
    let length = text.bytes().take(limit).take_while(|byte| passes(*byte)).count();
    (0..=length).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// A port at the start: its value (`None` outside 1 to 65535) and its length.
pub(super) fn number(text: &str) -> Option<(Option<u16>, usize)> {
    let digits = token(text, |byte| byte.is_ascii_digit(), 8);
    let ends = !text[digits.len()..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '_');
    // `10:35:12.607` is a time of day.
    let fraction =
        text[digits.len()..].strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if digits.is_empty() || digits.len() > 5 || !ends || fraction {
        return None;
    }
    Some((digits.parse::<u16>().ok().filter(|port| *port > 0), digits.len()))
}

/// The authority within what follows `scheme://`, and how many bytes of credentials stand before its host.
pub(super) fn authority(whole: &str) -> (&str, usize) {
    let end = whole.find(['/', '?', '#', ';', ',', ')']).unwrap_or(whole.len());
    let mut reach = end;
    // A password with a slash in it: what looks like a port is no number, and an `@` comes later.
    let head = &whole[..end];
    let odd_port =
        head.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty() && !port.bytes().all(|b| b.is_ascii_digit()));
    if !head.contains('@')
        && odd_port
        && !head.starts_with('[')
        && let Some(at) = whole.rfind('@')
    {
        reach = at + 1 + whole[at + 1..].find(['/', '?', '#', ';', ',']).unwrap_or(whole.len() - at - 1);
    }
    let skipped = whole[..reach].rfind('@').map_or(0, |at| at + 1);
    (&whole[skipped..reach], skipped)
}

/// An IPv6 address and, where it is written without brackets, the port behind it; and how much of the text they take.
pub(super) fn split_ipv6(run: &str, with_port: bool) -> Option<(IpAddr, Option<u16>, usize)> {
    let run = run.trim_end_matches('.');
    let run = if run.ends_with("::") { run } else { run.trim_end_matches(':') };
    let split = run.rsplit_once(':').and_then(|(head, port)| {
        let port = port.parse::<u16>().ok().filter(|value| *value > 0 && port.len() >= 2)?;
        Some((head.parse::<Ipv6Addr>().ok()?, port))
    });
    let whole = run.parse::<Ipv6Addr>().ok();
    let local = |ip: &Ipv6Addr| ip.is_loopback() || ip.is_unspecified();
    match (whole, split) {
        // `::1:5432`: printed without brackets, these two take no further group in practice.
        (_, Some((ip, port))) if with_port || local(&ip) || whole.is_none() => {
            Some((IpAddr::V6(ip), Some(port), run.len()))
        }
        (Some(ip), _) => Some((IpAddr::V6(ip), None, run.len())),
        _ => None,
    }
}

/// `address`, `address:port` or `[address]:port`.
pub(super) fn split_address(text: &str) -> (Option<IpAddr>, Option<u16>) {
    let mut reader = Reader { text, at: 0, reading: Reading::Introduced, found: Endpoint::default() };
    if !(reader.bracketed() || reader.ipv6() || reader.ipv4()) {
        return (None, None);
    }
    reader.port_after_colon();
    if reader.at < text.len() && reader.found.port.is_none() {
        (None, None)
    } else {
        (reader.found.ip, reader.found.port)
    }
}
