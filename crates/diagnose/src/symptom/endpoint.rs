//! Reads one address at a place in a text: a URL, `name/1.2.3.4:80`, `name (1.2.3.4) port 80`, `[2001:db8::1]:443` and their kin.

use std::net::{IpAddr, Ipv6Addr};

use super::names;
use crate::target::{default_port, port_of_service};

/// A peer as a text writes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Endpoint {
    pub(super) host: Option<String>,
    pub(super) ip: Option<IpAddr>,
    pub(super) port: Option<u16>,
    /// Whether a URL says so.
    pub(super) url: bool,
    /// Whether it stood in quotation marks.
    pub(super) quoted: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// How an address is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing says that an address stands here.
    Strict,
    /// Words before say so: also names without a dot, masked names and lone ports.
    Introduced,
    /// The same, and a port follows in any case: Node prints `2001:db8::1:443`.
    WithPort,
}

/// Reads the address at a place.
pub(super) fn read(text: &str, at: usize, reading: Reading) -> Option<Endpoint> {
    let quoted = text[..at].ends_with(['"', '\'']);
    let mut reader = Reader { text, at, reading, found: Endpoint { start: at, quoted, ..Endpoint::default() } };
    if reading != Reading::Strict {
        reader.skip_openers();
    }
    if !reader.base() {
        return None;
    }
    reader.tails();
    reader.found.end = reader.at;
    Some(reader.found)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    reading: Reading,
    found: Endpoint,
}

/// Longest name or address that is read, in bytes.
const MAX_TOKEN: usize = 300;

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn introduced(&self) -> bool {
        self.reading != Reading::Strict
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let fits =
            self.rest().as_bytes().get(..prefix.len()).is_some_and(|text| text.eq_ignore_ascii_case(prefix.as_bytes()));
        if fits {
            self.at += prefix.len();
        }
        fits
    }

    fn skip_openers(&mut self) {
        self.eat("[AF_INET]");
        self.eat("[AF_INET6]");
        for _ in 0..4 {
            match self.rest().as_bytes() {
                [b' ' | b'(', ..] => self.at += 1,
                [b'=', ..] if !self.found.quoted => self.at += 1,
                [b'"' | b'\'', ..] => {
                    self.at += 1;
                    self.found.quoted = true;
                }
                // Java prints `/192.0.2.1` for an address without a name.
                [b'/', b'0'..=b'9' | b'a'..=b'f' | b'[', ..] => self.at += 1,
                _ => break,
            }
        }
    }

    fn base(&mut self) -> bool {
        self.url() || self.bracketed() || self.ipv6() || self.ipv4() || self.name() || self.masked() || self.verbatim()
    }

    fn url(&mut self) -> bool {
        let rest = self.rest();
        let scheme = token(rest, |byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte), 20);
        let Some(after) = rest.get(scheme.len()..).and_then(|after| after.strip_prefix("://")) else { return false };
        if scheme.is_empty() || !names::is_network_scheme(scheme) {
            return false;
        }
        let whole =
            token(after, |byte| !byte.is_ascii_whitespace() && !b"\"'<>|\\{}".contains(&byte) || byte == b'<', 4096);
        let (authority, skipped) = authority(whole);
        if authority.trim_matches(['*', '.', '<', '>', '[', ']']).is_empty()
            && !authority.contains(['*', '<'])
            && authority != "."
        {
            return false;
        }
        let base = self.at + scheme.len() + 3;
        let mut inner =
            Reader { text: self.text, at: base + skipped, reading: Reading::Introduced, found: Endpoint::default() };
        let read = inner.bracketed() || inner.ipv6_in_url() || inner.ipv4() || inner.name() || inner.masked();
        if !read {
            return false;
        }
        inner.port_after_colon();
        self.found = Endpoint { start: self.found.start, quoted: self.found.quoted, url: true, ..inner.found };
        self.found.port = self.found.port.or_else(|| default_port(scheme));
        self.at = (base + whole.len()).max(inner.at);
        true
    }

    fn ipv6_in_url(&mut self) -> bool {
        token(self.rest(), is_ipv6_byte, 60).matches(':').count() > 1 && self.ipv6()
    }

    fn bracketed(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix('[') else { return false };
        let Some(close) = rest.bytes().take(64).position(|byte| byte == b']') else { return false };
        let inner = rest[..close].replace(' ', "");
        let address = inner.split('%').next().unwrap_or_default();
        // `[203.0.113.10]:443` is no URL syntax, but programs print it.
        let Ok(ip) = address.parse::<IpAddr>() else { return false };
        self.found.ip = Some(ip);
        self.at += close + 2;
        true
    }

    fn ipv6(&mut self) -> bool {
        let run = token(self.rest(), is_ipv6_byte, 60);
        if run.matches(':').count() < 2 || !self.ends_word(run.len()) {
            return false;
        }
        let Some((ip, port, length)) = split_ipv6(run, self.reading == Reading::WithPort) else { return false };
        let bare_colons = ip == IpAddr::V6(Ipv6Addr::UNSPECIFIED) && port.is_none() && !self.introduced();
        if bare_colons {
            return false;
        }
        self.at += length;
        if self.rest().starts_with('%') {
            self.at += 1 + token(&self.rest()[1..], |byte| byte.is_ascii_alphanumeric(), 20).len();
        }
        self.found.ip = Some(ip);
        self.found.port = port;
        true
    }

    /// Whether no letter or digit follows so many bytes on.
    fn ends_word(&self, length: usize) -> bool {
        !self.rest().as_bytes().get(length).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    }

    fn ipv4(&mut self) -> bool {
        let run = token(self.rest(), |byte| byte.is_ascii_digit() || byte == b'.', 40);
        let dotted = run.trim_end_matches('.');
        let parts = dotted.split('.').count();
        if parts < 4 || !self.ends_word(run.len()) && !self.rest()[run.len()..].starts_with("_") {
            return false;
        }
        if self.rest().as_bytes().get(dotted.len()) == Some(&b'-') && !self.rest()[dotted.len()..].starts_with("->") {
            return false;
        }
        match dotted.parse() {
            Ok(ip) => self.found.ip = Some(IpAddr::V4(ip)),
            // Five numbers and the like: somebody's slip, but a port may follow.
            Err(_) if self.introduced() && parts > 4 => {}
            Err(_) => return false,
        }
        self.at += dotted.len();
        true
    }

    fn name(&mut self) -> bool {
        let run = token(self.rest(), |byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte), MAX_TOKEN);
        // An ellipsis ends the name: `Connecting to host.example...Could not open`.
        let run = run.split("..").next().unwrap_or_default();
        let name = run.trim_end_matches(['.', '-', '_']);
        let allowed = match self.reading {
            Reading::Strict => names::is_plain(name) || self.is_enclosed(name),
            _ => names::is_possible(name) && (self.found.quoted || !names::is_stop_word(name)),
        };
        let called = self.rest()[run.len()..].starts_with("()");
        if !allowed || called || name.is_empty() {
            return false;
        }
        self.at += run.len();
        let cut = self.rest().starts_with("..") && !names::is_plain(name);
        if !cut && !names::is_mask(name) {
            self.found.host = Some(names::without_service(name).to_owned());
        }
        true
    }

    /// `(db:5432)`, `'localhost:27017'`: a name without a dot, with a port, between brackets or quotation marks.
    fn is_enclosed(&self, name: &str) -> bool {
        let opened = name.eq_ignore_ascii_case("localhost") || self.text[..self.at].ends_with(['(', '"', '\'', '=', '@', '[']);
        let port = self.rest()[name.len()..].strip_prefix(':').map(|rest| (rest, number(rest)));
        let Some((rest, Some((Some(_), length)))) = port else { return false };
        let closed = rest[length..].is_empty() || rest[length..].starts_with([')', '"', '\'', ',', ']', ' ', ';', '/', '.']);
        opened && closed && length >= 2 && names::is_possible(name) && !names::is_stop_word(name)
    }

    /// A name that was blotted out: `*redacted*`, `<host>`, `xxx.xxx.x.x`, `:8080` without any.
    fn masked(&mut self) -> bool {
        let rest = self.rest();
        let length = match rest.as_bytes().first() {
            Some(b'<') => rest.bytes().take(60).position(|byte| byte == b'>').map(|end| end + 1),
            Some(b'*' | b'-' | b'#') => {
                Some(token(rest, |byte| byte.is_ascii_alphanumeric() || b"*-.#_".contains(&byte), 80).len())
            }
            Some(b':') if self.introduced() => Some(0),
            _ => None,
        };
        let Some(length) = length else { return false };
        let port_follows =
            rest[length..].strip_prefix(':').is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        let blotted = rest[..length].contains(['*', '.', '<']);
        if !(port_follows || self.introduced() && blotted) {
            return false;
        }
        self.at += length;
        true
    }

    /// Whatever stands in quotation marks where a name must be, though no name could look so.
    fn verbatim(&mut self) -> bool {
        let rest = self.rest();
        let inner = token(rest, |byte| byte.is_ascii_graphic() && !b"\"'<>@/:".contains(&byte), 253);
        let closed = rest[inner.len()..].starts_with(['"', '\'']);
        if !(self.introduced() && self.found.quoted && closed) || inner.is_empty() || names::is_mask(inner) {
            return false;
        }
        self.found.host = Some(inner.to_owned());
        self.at += inner.len();
        true
    }

    fn tails(&mut self) {
        if self.found.url {
            self.bracketed_tail();
            return;
        }
        for _ in 0..4 {
            if !(self.labelled_tail() || self.slash_tail() || self.bracketed_tail() || self.port_tail() || self.repeated_tail()) {
                break;
            }
        }
    }

    /// PowerShell's table: the name, and the address in the next row.
    fn labelled_tail(&mut self) -> bool {
        let start = self.at;
        if self.found.host.is_none() || self.found.ip.is_some() || !self.eat(" RemoteAddress : ") {
            return false;
        }
        let read = self.bracketed() || self.ipv6() || self.ipv4();
        if !read {
            self.at = start;
        }
        read
    }

    /// `name/address`.
    fn slash_tail(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix('/').filter(|_| self.found.ip.is_none()) else { return false };
        if rest.starts_with("<unresolved>") {
            self.at += 13;
            return true;
        }
        let mut inner =
            Reader { text: self.text, at: self.at + 1, reading: Reading::Introduced, found: Endpoint::default() };
        let numeric = rest.starts_with(|first: char| first.is_ascii_hexdigit() || first == ':' || first == '[');
        if !numeric || !(inner.bracketed() || inner.ipv6() || inner.ipv4()) {
            return false;
        }
        self.found.ip = inner.found.ip;
        self.found.port = self.found.port.or(inner.found.port);
        self.at = inner.at;
        true
    }

    /// `name (address)`, `name [address]`, `"name" (address)`, `name (name)`.
    fn bracketed_tail(&mut self) -> bool {
        let rest = self.rest().trim_start_matches(['"', '\'']);
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let Some(open @ (b'(' | b'[')) = rest.as_bytes().first() else { return false };
        let close = if *open == b'(' { b')' } else { b']' };
        let Some(end) = rest.bytes().take(200).position(|byte| byte == close) else { return false };
        let compact = rest[1..end].replace(' ', "");
        let inner = compact.strip_prefix("IP:").unwrap_or(&compact);
        let inner = inner.split(',').next().unwrap_or_default();
        let inner = inner.rsplit_once('/').map_or(inner, |(_, address)| address);
        let after = self.at + (self.rest().len() - rest.len()) + end + 1;
        if self.found.host.as_deref().is_some_and(|host| host == inner) {
            self.at = after;
            return true;
        }
        // `Map[1]`, `name[2001:db8::1` torn by a line break: brackets without an address end the name here.
        let (ip, port) = split_address(inner);
        let torn = *open == b'[' && inner.matches(':').count() > 2;
        if ip.is_none() && !torn || self.found.ip.is_some() {
            return false;
        }
        self.found.ip = ip;
        self.found.port = self.found.port.or(port);
        self.at = after;
        true
    }

    fn port_tail(&mut self) -> bool {
        if self.found.port.is_some() {
            return self.skip_second_port();
        }
        self.port_after_colon() || self.port_in_words()
    }

    /// `address:port:local port`: the second number is dropped.
    fn skip_second_port(&mut self) -> bool {
        let number = self.rest().strip_prefix(':').map(|rest| token(rest, |byte| byte.is_ascii_digit(), 6).len());
        self.at += number.filter(|length| *length > 0).map_or(0, |length| length + 1);
        false
    }

    fn port_after_colon(&mut self) -> bool {
        let rest = self.rest();
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        let skipped = self.rest().len() - rest.len();
        let after = match rest.as_bytes() {
            [b':', ..] => &rest[1..],
            [b'#', b'0'..=b'9', ..] if self.found.ip.is_some() => &rest[1..],
            [b',', b'0'..=b'9', ..] if self.introduced() => &rest[1..],
            _ => return false,
        };
        if let Some((port, length)) = number(after) {
            self.found.port = port;
            self.at += skipped + 1 + length;
            return true;
        }
        let service = token(after, |byte| byte.is_ascii_alphanumeric() || byte == b'-', 20);
        let port = port_of_service(service).filter(|_| self.introduced() && !after[service.len()..].starts_with("//"));
        if port.is_some() {
            self.found.port = port;
            self.at += skipped + 1 + service.len();
        }
        // A masked port, `:<port>` or `:xxxx`, ends the address as well.
        port.is_some()
    }

    fn port_in_words(&mut self) -> bool {
        let rest = self.rest();
        let unquoted = rest.trim_start_matches(['"', '\'', ')']);
        let lower: String = unquoted.bytes().take(60).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
        for words in PORT_WORDS {
            let Some(after) = lower.strip_prefix(words) else { continue };
            let quote = usize::from(after.starts_with(['"', '\'']));
            if let Some((port, length)) = number(&after[quote..]) {
                self.found.port = port;
                self.at += rest.len() - unquoted.len() + words.len() + quote + length;
                return true;
            }
        }
        false
    }

    /// Node printed `ENOTFOUND name name:443`.
    fn repeated_tail(&mut self) -> bool {
        let Some(host) = self.found.host.clone().filter(|_| self.found.port.is_none()) else { return false };
        let Some(after) = self.rest().strip_prefix(' ').and_then(|rest| rest.strip_prefix(host.as_str())) else {
            return false;
        };
        let Some((port, length)) = after.strip_prefix(':').and_then(number) else { return false };
        self.found.port = port;
        self.at += 1 + host.len() + 1 + length;
        true
    }
}

/// Words between an address and its port, lower case, longest first where one begins another.
static PORT_WORDS: &[&str] = &[
    " and accepting tcp/ip connections on port ",
    " and listening on port ",
    " on tcp port ",
    " using port ",
    " tcp port ",
    " remoteport : ",
    " remoteport: ",
    " on port ",
    " at port ",
    " and port ",
    " (port ",
    ", port=",
    ", port: ",
    ", port:",
    ", port '",
    ", port ",
    ",port=",
    ",port:",
    "; port=",
    "(port=",
    " port: ",
    " port=",
    " port ",
    ":port ",
    " : ",
    " (tcp/",
    ", \"port\": ",
    ",\"port\":",
];

fn is_ipv6_byte(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b':' || byte == b'.'
}

/// The longest start of a text whose bytes all pass; cut at a character boundary.
fn token(text: &str, passes: impl Fn(u8) -> bool, limit: usize) -> &str {
    let length = text.bytes().take(limit).take_while(|byte| passes(*byte)).count();
    (0..=length).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// A port at the start: its value (`None` outside 1 to 65535) and its length.
fn number(text: &str) -> Option<(Option<u16>, usize)> {
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
fn authority(whole: &str) -> (&str, usize) {
    let end = whole.find(['/', '?', '#', ';', ',', ')']).unwrap_or(whole.len());
    let mut reach = end;
    // A password with a slash in it: what looks like a port is no number, and an `@` comes later.
    let head = &whole[..end];
    let odd_port =
        head.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty() && !port.bytes().all(|b| b.is_ascii_digit()));
    if !head.contains('@') && odd_port && !head.starts_with('[') {
        if let Some(at) = whole.rfind('@') {
            reach = at + 1 + whole[at + 1..].find(['/', '?', '#', ';', ',']).unwrap_or(whole.len() - at - 1);
        }
    }
    let skipped = whole[..reach].rfind('@').map_or(0, |at| at + 1);
    (&whole[skipped..reach], skipped)
}

/// An IPv6 address and, where it is written without brackets, the port behind it; and how much of the text they take.
fn split_ipv6(run: &str, with_port: bool) -> Option<(IpAddr, Option<u16>, usize)> {
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
        (_, Some((ip, port))) if with_port || local(&ip) || whole.is_none() => Some((IpAddr::V6(ip), Some(port), run.len())),
        (Some(ip), _) => Some((IpAddr::V6(ip), None, run.len())),
        _ => None,
    }
}

/// `address`, `address:port` or `[address]:port`.
fn split_address(text: &str) -> (Option<IpAddr>, Option<u16>) {
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
