//! What the numbers mean that systems and libraries print instead of words.
#![allow(clippy::match_same_arms, reason = "one arm per origin of the numbers")]

use netmend_model::SymptomKind::{self, *};

/// Which list a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    /// `errno` of Linux, macOS, libuv and Winsock; their ranges hardly overlap, and where they do the network meaning counts.
    Errno,
    /// The same after words that may introduce any number: only those that can hardly be another.
    BareErrno,
    /// `CURLcode`, libcurl-errors(3).
    Curl,
    /// Chromium's `net_error_list.h`, negative numbers.
    Chromium,
    /// HTTP status codes (RFC 9110, section 15).
    Http,
    /// `NSURLErrorDomain`, negative numbers.
    NsUrl,
    /// WinINet and WinHTTP, 12000 and up, and system errors of Windows' networking.
    Windows,
    /// The same after words that may introduce any number.
    BareWindows,
}

/// A number read from a text.
pub(super) struct Code {
    /// What it means; `None` where it means no failure of the network and nothing else either.
    pub(super) kind: Option<SymptomKind>,
    /// Further kinds that it allows.
    pub(super) alternatives: &'static [SymptomKind],
    /// How it is written in `error_code`.
    pub(super) name: String,
    /// Bytes of the text up to the end of the number.
    pub(super) length: usize,
}

/// Reads the number at the start of the text, past blanks, quotes, `(`, `#`, `:` and `=`.
pub(super) fn read(table: Table, text: &str) -> Option<Code> {
    let skipped = text.bytes().take(4).take_while(|byte| b" \"'(#:=[".contains(byte)).count();
    let after = text.get(skipped..)?;
    let signed = after.starts_with('-');
    let digits = after.get(usize::from(signed)..)?;
    let count = digits.bytes().take(7).take_while(u8::is_ascii_digit).count();
    let number: i32 = digits.get(..count)?.parse().ok()?;
    if digits[count..].starts_with(|next: char| next.is_ascii_alphanumeric()) {
        return None;
    }
    let number = if signed { -number } else { number };
    let length = skipped + usize::from(signed) + count;
    let (kind, alternatives, name) = lookup(table, number)?;
    Some(Code { kind, alternatives, name, length })
}

type Meaning = (Option<SymptomKind>, &'static [SymptomKind], String);

fn lookup(table: Table, number: i32) -> Option<Meaning> {
    let plain = |kind: SymptomKind, name: String| (Some(kind), &[] as &[SymptomKind], name);
    match table {
        Table::Errno => errno(number).map(|kind| plain(kind, number.to_string())),
        Table::BareErrno => bare_errno(number).map(|kind| plain(kind, number.to_string())),
        Table::Curl => curl(number).map(|(kind, others)| (Some(kind), others, format!("curl {number}"))),
        Table::Chromium => chromium(number).map(|kind| plain(kind, format!("net error {number}"))),
        Table::Http => http(number),
        Table::NsUrl => nsurl(number).map(|kind| plain(kind, format!("NSURLError {number}"))),
        Table::BareWindows => {
            let clear = number >= 12000 || matches!(number, 678 | 789 | 809 | 868 | 1722);
            windows(number).filter(|_| clear).map(|kind| plain(kind, number.to_string()))
        }
        Table::Windows => windows(number).map(|kind| plain(kind, number.to_string())),
    }
}

/// Linux (asm-generic/errno.h), macOS and BSD (sys/errno.h), Winsock, libuv on Windows and for look-ups, `getaddrinfo`.
fn errno(number: i32) -> Option<SymptomKind> {
    let kind = match number.unsigned_abs() {
        24 | 10024 | 4066 => TooManyOpenFiles,
        10013 | 4092 => PermissionDenied,
        48 | 98 | 10048 | 4091 => AddressInUse,
        49 | 99 | 10049 | 4090 => AddressNotAvailable,
        50 | 51 | 100 | 101 | 10050 | 10051 | 4062 => NetworkUnreachable,
        53 | 54 | 103 | 104 | 10053 | 10054 | 4077 | 4079 => ConnectionReset,
        32 | 4047 => ConnectionReset,
        60 | 110 | 10060 | 4039 => ConnectTimeout,
        61 | 111 | 10061 | 4078 => ConnectRefused,
        64 | 65 | 112 | 113 | 4073 | 10064 | 10065 => HostUnreachable,
        11001 | 3008 => DnsNxdomain,
        11002..=11004 | 3001 => DnsFailure,
        // EAI_NONAME of glibc and of BSD; EAI_AGAIN of glibc, EAI_NODATA.
        2 if number < 0 => DnsNxdomain,
        8 => DnsNxdomain,
        3..=5 if number < 0 => DnsFailure,
        28 | 10022 | 56 | 106 | 10056 => UnknownNotNetwork,
        _ => return None,
    };
    Some(kind)
}

/// A number that nothing introduces as an errno: only those that can hardly be another.
pub(super) fn bare_errno(number: i32) -> Option<SymptomKind> {
    match number {
        98..=101 | 103 | 104 | 110..=113 | 10013 | 10048..=10065 | 11001..=11004 => errno(number),
        _ => None,
    }
}

fn curl(number: i32) -> Option<(SymptomKind, &'static [SymptomKind])> {
    let meaning: (SymptomKind, &[SymptomKind]) = match number {
        5 | 97 => (ProxyUnreachable, &[]),
        6 => (DnsFailure, &[DnsNxdomain]),
        7 => (ConnectRefused, &[ConnectTimeout, HostUnreachable, NetworkUnreachable]),
        28 => (ConnectTimeout, &[ReadTimeout]),
        35 => (TlsHandshake, &[ConnectionReset]),
        51 => (TlsHostname, &[TlsUntrusted]),
        52 | 55 | 56 => (ConnectionReset, &[]),
        60 | 77 | 83 | 90 | 91 => (TlsUntrusted, &[]),
        1..=100 => (UnknownNotNetwork, &[]),
        _ => return None,
    };
    Some(meaning)
}

fn chromium(number: i32) -> Option<SymptomKind> {
    let kind = match number {
        -10 | -27 | -138 => PermissionDenied,
        -7 | -118 => ConnectTimeout,
        -21 | -100 | -101 | -103 | -324 | -337 | -356 | -358 => ConnectionReset,
        -102 | -104 => ConnectRefused,
        -105 | -137 => DnsFailure,
        -106 => NetworkUnreachable,
        -108 | -109 => HostUnreachable,
        -107 | -110 | -112 | -113 | -117 | -125 | -141 | -148 => TlsHandshake,
        -111 | -120 | -121 | -130 | -131 | -336 => ProxyUnreachable,
        -115 | -127 => ProxyAuth,
        -147 => AddressInUse,
        -200 => TlsHostname,
        -201 => TlsExpired,
        -219..=-202 => TlsUntrusted,
        -800 | -802 => DnsFailure,
        -803 => DnsTimeout,
        _ => return None,
    };
    Some(kind)
}

fn http(number: i32) -> Option<Meaning> {
    let (kind, alternatives): (Option<SymptomKind>, &[SymptomKind]) = match number {
        407 => (Some(Http407), &[ProxyAuth]),
        408 => (Some(Http408), &[]),
        429 => (Some(Http429), &[]),
        502 => (Some(Http502), &[]),
        503 => (Some(Http503), &[]),
        504 => (Some(Http504), &[GatewayUpstreamTimeout]),
        511 => (Some(CaptivePortal), &[]),
        // Cloudflare: the origin behind it is down, silent, unreachable, or fails in TLS.
        521 => (Some(GatewayUpstreamRefused), &[Http502]),
        522 | 524 => (Some(GatewayUpstreamTimeout), &[Http504]),
        523 => (Some(HostUnreachable), &[GatewayUpstreamRefused]),
        525 => (Some(TlsHandshake), &[]),
        526 => (Some(TlsUntrusted), &[]),
        400..=599 => (Some(UnknownNotNetwork), &[]),
        _ => return None,
    };
    Some((kind, alternatives, format!("HTTP {number}")))
}

fn nsurl(number: i32) -> Option<SymptomKind> {
    let kind = match number {
        -1001 => ReadTimeout,
        -1003 => DnsNxdomain,
        -1004 => ConnectRefused,
        -1005 => ConnectionReset,
        -1006 => DnsFailure,
        -1009 | -1020..=-1018 => NetworkUnreachable,
        -1200 | -1205 | -1206 => TlsHandshake,
        -1201 | -1204 => TlsExpired,
        -1202 | -1203 => TlsUntrusted,
        // kCFErrorDomainCFNetwork: proxies.
        306 | 310 | 311 => ProxyUnreachable,
        _ => return None,
    };
    Some(kind)
}

fn windows(number: i32) -> Option<SymptomKind> {
    let kind = match number {
        12002 => ReadTimeout,
        12007 => DnsFailure,
        12029 => ConnectRefused,
        12030 | 12031 | 12152 => ConnectionReset,
        12037 => TlsExpired,
        12038 => TlsHostname,
        12044 | 12045 | 12055 | 12057 => TlsUntrusted,
        12157 | 12175 => TlsHandshake,
        12178 | 12180 => ProxyUnreachable,
        12163 => NetworkUnreachable,
        53 | 1231 => HostUnreachable,
        64 | 1236 => ConnectionReset,
        121 | 1460 => ConnectTimeout,
        1225 => ConnectRefused,
        1232 => HostUnreachable,
        1722 => ConnectRefused,
        868 => DnsFailure,
        678 | 789 | 809 => ConnectTimeout,
        other => return errno(other).filter(|_| other >= 10000),
    };
    Some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(table: Table, text: &str) -> Option<SymptomKind> {
        read(table, text).and_then(|code| code.kind)
    }

    #[test]
    fn the_three_systems_are_read() {
        for (text, expected) in [
            ("111", ConnectRefused),
            ("61]", ConnectRefused),
            ("10061)", ConnectRefused),
            ("-4078", ConnectRefused),
            (": 110", ConnectTimeout),
            ("=60", ConnectTimeout),
            ("113", HostUnreachable),
            ("65", HostUnreachable),
            ("-3008", DnsNxdomain),
            ("-2", DnsNxdomain),
            ("8", DnsNxdomain),
            ("-3", DnsFailure),
            ("24", TooManyOpenFiles),
        ] {
            assert_eq!(kind(Table::Errno, text), Some(expected), "{text}");
        }
        assert_eq!(kind(Table::Errno, "2"), None);
        assert_eq!(kind(Table::Errno, "111x"), None);
        assert_eq!(kind(Table::Errno, "11111111111111"), None);
    }

    #[test]
    fn codes_are_named_as_printed() {
        let name = |table, text| read(table, text).map(|code| code.name).unwrap_or_default();
        assert_eq!(name(Table::Errno, "10060"), "10060");
        assert_eq!(name(Table::Curl, "(28)"), "curl 28");
        assert_eq!(name(Table::Http, " 502 Bad Gateway"), "HTTP 502");
        assert_eq!(name(Table::NsUrl, "-1009"), "NSURLError -1009");
    }

    #[test]
    fn statuses_that_are_no_network_failure_say_so() {
        assert_eq!(kind(Table::Http, "404"), Some(UnknownNotNetwork));
        assert_eq!(kind(Table::Http, "200"), None);
    }
}
