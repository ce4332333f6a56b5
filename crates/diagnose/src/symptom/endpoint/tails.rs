//! What may follow the name or address: the other of both, the port, in brackets or in words.

use super::parts::{is_ipv6_byte, number, split_address, token};
use super::{Endpoint, Reader, Reading};
use crate::target::port_of_service;

impl Reader<'_> {
    pub(super) fn tails(&mut self) {
        if self.found.url {
            self.bracketed_tail();
            return;
        }
        for _ in 0..4 {
            if !(self.labelled_tail()
                || self.barred_tail()
                || self.slash_tail()
                || self.bracketed_tail()
                || self.port_tail()
                || self.repeated_tail())
            {
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

    /// Wget's `name|192.0.2.1|:443`.
    fn barred_tail(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix('|') else { return false };
        let address = token(rest, is_ipv6_byte, 60);
        if !rest[address.len()..].starts_with('|') {
            return false;
        }
        let (ip, _) = split_address(address);
        if ip.is_none() || self.found.ip.is_some() {
            return false;
        }
        self.found.ip = ip;
        self.at += address.len() + 2;
        true
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
        // Git counts the addresses it tries: `[0: 192.0.2.1]`.
        let inner = inner
            .split_once(':')
            .filter(|(count, ip)| count.len() == 1 && ip.contains('.'))
            .map_or(inner, |(_, ip)| ip);
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

    pub(super) fn port_after_colon(&mut self) -> bool {
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
        // Python prints an address as the pair `('192.0.2.1', 443)`.
        let paired = self.found.quoted || self.text[..self.found.start].ends_with('(');
        let pair = unquoted.strip_prefix(", ").filter(|_| paired).map(|after| (after, number(after)));
        if let Some((after, Some((port, length)))) = pair
            && after[length..].starts_with([')', ','])
        {
            self.found.port = port;
            self.at += rest.len() - after.len() + length;
            return true;
        }
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
