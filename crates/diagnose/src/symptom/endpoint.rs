//! Reads one address at a place in a text: a URL, `name/1.2.3.4:80`, `name (1.2.3.4) port 80`, `[2001:db8::1]:443` and their kin.

mod parts;
mod tails;

use std::net::{IpAddr, Ipv6Addr};

use parts::{authority, is_ipv6_byte, number, split_ipv6, token};

use super::names;
use crate::target::default_port;

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
    let quoted = text[..at].ends_with(['"', '\'', '<']);
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
                [b'=', ..] if !self.found.quoted => self.at += 1,
                [b'"' | b'\'', ..] => {
                    self.at += 1;
                    self.found.quoted = true;
                }
                // Java prints `/192.0.2.1` for an address without a name.
                [b' ' | b'(', ..] | [b'/', b'0'..=b'9' | b'a'..=b'f' | b'[', ..] => self.at += 1,
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
        if parts < 4 || !self.ends_word(run.len()) && !self.rest()[run.len()..].starts_with('_') {
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
        let opened =
            name.eq_ignore_ascii_case("localhost") || self.text[..self.at].ends_with(['(', '"', '\'', '=', '@', '[']);
        let port = self.rest()[name.len()..].strip_prefix(':').map(|rest| (rest, number(rest)));
        let Some((rest, Some((Some(_), length)))) = port else { return false };
        let closed =
            rest[length..].is_empty() || rest[length..].starts_with([')', '"', '\'', ',', ']', ' ', ';', '/', '.']);
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
}
