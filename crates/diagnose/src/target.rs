//! Reads what a person gives as a target: a host, `host:port`, `[v6]:port`, a URL.

mod services;

use std::net::{IpAddr, Ipv6Addr};

use netmend_model::{Protocol, Symptom, SymptomKind, Target};
pub use services::{default_port, is_known_scheme, port_of_service, protocol_for_port, protocol_for_scheme};

/// Longest target that is read, in bytes. Names end at 253 (RFC 1035, section 2.3.4); the rest is room for a path.
const MAX_LENGTH: usize = 8192;

/// Why a target could not be read. Each sentence says what is wrong and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Nothing was given.
    #[error("No target was given. Give a host, host:port or URL, such as example.com:443.")]
    Empty,
    /// More than 8192 bytes.
    #[error("The target is {length} bytes long; at most {MAX_LENGTH} can be read. Give only a host, host:port or URL.")]
    TooLong {
        /// Bytes given.
        length: usize,
    },
    /// A scheme or a port stands there without a host.
    #[error("\"{given}\" names no host. Put one after \"{prefix}\", such as {prefix}example.com.")]
    NoHost {
        /// The words given.
        given: String,
        /// What stands before the missing host: `http://`, or nothing.
        prefix: String,
    },
    /// The port is a number outside 1 to 65535.
    #[error("Port {given} does not exist. Ports go from 1 to 65535.")]
    PortRange {
        /// The number given.
        given: String,
    },
    /// The port is no number.
    #[error("\"{given}\" is not a port. Write a number from 1 to 65535 after the colon.")]
    PortNotNumber {
        /// The words after the colon.
        given: String,
    },
    /// The host holds characters no host name can hold, or is longer than names can be.
    #[error("\"{given}\" is not a host name. Use letters, digits, dots and hyphens, or an IP address.")]
    Host {
        /// The words taken for a host.
        given: String,
    },
    /// Numbers and dots that are no IPv4 address.
    #[error("\"{given}\" is not an IPv4 address. One has four numbers from 0 to 255, such as 192.0.2.10.")]
    Ipv4 {
        /// The words taken for an address.
        given: String,
    },
    /// Colons or brackets that are no IPv6 address.
    #[error("\"{given}\" is not an IPv6 address. Write it in brackets before a port, such as [2001:db8::1]:443.")]
    Ipv6 {
        /// The words taken for an address.
        given: String,
    },
    /// An address with a zone (`fe80::1%eth0`), which means something on this machine alone.
    #[error("\"{given}\" is valid on one interface only. Give a name or an address without a zone.")]
    Zone {
        /// The words taken for an address.
        given: String,
    },
    /// A scheme that does not tell how to connect.
    #[error(
        "The scheme \"{scheme}\" is not known. Use one such as https, ssh, postgres or tcp, or give host:port alone."
    )]
    UnknownScheme {
        /// The scheme given.
        scheme: String,
    },
}

impl TargetError {
    /// Stable code for front ends that have words of their own.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::NoHost { .. } => "no_host",
            Self::PortRange { .. } => "port_range",
            Self::PortNotNumber { .. } => "port_not_number",
            Self::Host { .. } => "host",
            Self::Ipv4 { .. } => "ipv4",
            Self::Ipv6 { .. } => "ipv6",
            Self::Zone { .. } => "zone",
            Self::UnknownScheme { .. } => "unknown_scheme",
        }
    }

    /// The words that were wrong, for the same front ends; empty where there are none.
    pub fn given(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::TooLong { length } => length.to_string(),
            Self::UnknownScheme { scheme } => scheme.clone(),
            Self::NoHost { given, .. }
            | Self::PortRange { given }
            | Self::PortNotNumber { given }
            | Self::Host { given }
            | Self::Ipv4 { given }
            | Self::Ipv6 { given }
            | Self::Zone { given } => given.clone(),
        }
    }
}

/// Reads a target. User names and passwords are dropped before anything else is looked at, so neither the result
/// nor an error can carry them. A bare host keeps `port` empty: "as a browser would".
pub fn parse(text: &str) -> Result<Target, TargetError> {
    let text = text.trim();
    let text = text.strip_prefix("jdbc:").unwrap_or(text);
    if text.is_empty() {
        return Err(TargetError::Empty);
    }
    if text.len() > MAX_LENGTH {
        return Err(TargetError::TooLong { length: text.len() });
    }
    match text.split_once("://") {
        Some((scheme, rest)) => parse_url(scheme, rest),
        None => parse_plain(text),
    }
}

fn parse_url(scheme: &str, rest: &str) -> Result<Target, TargetError> {
    let scheme = scheme.to_ascii_lowercase();
    let protocol = protocol_for_scheme(&scheme).ok_or_else(|| unknown_scheme(&scheme))?;
    let (authority, tail) = split_authority(rest);
    let prefix = format!("{scheme}://");
    let authority = without_credentials(authority);
    // Cluster URLs (`mongodb://a:1,b:2/`) list several hosts; the first stands for all.
    let authority = authority.split(',').next().unwrap_or_default();
    let (host, port) = split_port(authority, Colon::MayEnd)?;
    if host.is_empty() {
        return Err(TargetError::NoHost { given: format!("{prefix}{authority}"), prefix });
    }
    // Only HTTP needs the path; in database URLs it holds options and sometimes passwords.
    let path = if protocol.is_http() { request_path(tail) } else { String::new() };
    let asked = format!("{prefix}{authority}{path}");
    let port = port.or_else(|| default_port(&scheme));
    target(asked, host, port, Some(scheme), path, protocol)
}

fn unknown_scheme(scheme: &str) -> TargetError {
    TargetError::UnknownScheme { scheme: scheme.chars().take(40).collect() }
}

fn parse_plain(text: &str) -> Result<Target, TargetError> {
    let (authority, tail) = split_authority(text);
    let bare = without_credentials(authority);
    let had_user = bare.len() != authority.len();
    // `git@host:group/project` (scp syntax): what follows the colon is a path.
    if had_user
        && let Some((host, rest)) = bare.split_once(':')
        && !rest.starts_with(|first: char| first.is_ascii_digit())
    {
        return target(host.to_owned(), host, Some(22), Some("ssh".to_owned()), String::new(), Protocol::Ssh);
    }
    let (host, port) = split_port(bare, Colon::NeedsPort)?;
    if host.is_empty() {
        return Err(TargetError::NoHost { given: bare.to_owned(), prefix: String::new() });
    }
    let path = request_path(tail);
    let protocol = port.map_or(Protocol::Https, protocol_for_port);
    target(format!("{bare}{path}"), host, port, None, path, protocol)
}

fn target(
    asked: String,
    host: &str,
    port: Option<u16>,
    scheme: Option<String>,
    path: String,
    expect: Protocol,
) -> Result<Target, TargetError> {
    let (host, address) = read_host(host)?;
    Ok(Target { asked, host, address, port, scheme, path, expect })
}

/// Authority and what follows it (RFC 3986, section 3.2).
fn split_authority(text: &str) -> (&str, &str) {
    text.split_at(text.find(['/', '?', '#']).unwrap_or(text.len()))
}

/// The authority without `user:password@`. The last `@` counts, because passwords are pasted unescaped.
fn without_credentials(authority: &str) -> &str {
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

/// Path and query as an HTTP request sends them; control characters and blanks are escaped, so that none can
/// break out of the request line.
fn request_path(tail: &str) -> String {
    let tail = tail.split('#').next().unwrap_or_default();
    let mut path = String::new();
    if tail.starts_with('?') {
        path.push('/');
    }
    for byte in tail.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    path
}

/// Whether a colon with nothing behind it is allowed: in URLs it is (RFC 3986, section 3.2.3).
#[derive(Clone, Copy, PartialEq)]
enum Colon {
    MayEnd,
    NeedsPort,
}

fn split_port(authority: &str, colon: Colon) -> Result<(&str, Option<u16>), TargetError> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (inside, after) = rest.split_once(']').ok_or_else(|| TargetError::Ipv6 { given: authority.to_owned() })?;
        return match after.strip_prefix(':') {
            Some(port) => Ok((bracketed(authority, inside), read_port(port, colon)?)),
            None if after.is_empty() => Ok((bracketed(authority, inside), None)),
            None => Err(TargetError::Ipv6 { given: authority.to_owned() }),
        };
    }
    match authority.split_once(':') {
        // More than one colon: an address without brackets.
        Some((_, rest)) if rest.contains(':') => Ok((authority, None)),
        Some((host, port)) => Ok((host, read_port(port, colon)?)),
        None => Ok((authority, None)),
    }
}

/// The bracketed part: with its brackets when empty, so that it is reported as a bad address and not as a missing host.
fn bracketed<'a>(authority: &'a str, inside: &'a str) -> &'a str {
    if inside.is_empty() { authority } else { inside }
}

fn read_port(text: &str, colon: Colon) -> Result<Option<u16>, TargetError> {
    if text.is_empty() && colon == Colon::MayEnd {
        return Ok(None);
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TargetError::PortNotNumber { given: text.to_owned() });
    }
    match text.parse::<u16>() {
        Ok(port) if port > 0 => Ok(Some(port)),
        _ => Err(TargetError::PortRange { given: text.to_owned() }),
    }
}

/// The host in its normal form, and its address where it is a literal.
fn read_host(given: &str) -> Result<(String, Option<IpAddr>), TargetError> {
    if given.contains(':') || given.starts_with('[') {
        let address = read_ipv6(given)?;
        return Ok((address.to_string(), Some(IpAddr::V6(address))));
    }
    let bad = || TargetError::Host { given: given.to_owned() };
    if given.contains('%') {
        return Err(bad());
    }
    match url::Host::parse(given) {
        Ok(url::Host::Ipv4(address)) => Ok((address.to_string(), Some(IpAddr::V4(address)))),
        Ok(url::Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(&name);
            let fits = name.len() <= 253 && name.split('.').all(|label| (1..=63).contains(&label.len()));
            if fits { Ok((name.to_owned(), None)) } else { Err(bad()) }
        }
        Err(url::ParseError::InvalidIpv4Address) => Err(TargetError::Ipv4 { given: given.to_owned() }),
        Ok(url::Host::Ipv6(_)) | Err(_) => Err(bad()),
    }
}

fn read_ipv6(given: &str) -> Result<Ipv6Addr, TargetError> {
    if given.contains('%') {
        return Err(TargetError::Zone { given: given.to_owned() });
    }
    given.parse().map_err(|_| TargetError::Ipv6 { given: given.to_owned() })
}

/// The target that a pasted message names; `None` where it names none, or where the address in it is this machine's
/// own (a bind error). An address beside a name is kept as a hint in `address`.
pub fn target_of(symptom: &Symptom) -> Option<Target> {
    if symptom.local.is_some() || symptom.kind == SymptomKind::AddressInUse {
        return None;
    }
    let address = symptom.ip.as_ref().and_then(|ip| ip.parse::<IpAddr>().ok());
    let host = symptom.host.clone().or_else(|| address.map(|address| address.to_string()))?;
    let asked = match symptom.port {
        Some(port) if host.contains(':') => format!("[{host}]:{port}"),
        Some(port) => format!("{host}:{port}"),
        None => host,
    };
    let mut target = parse(&asked).ok()?;
    target.address = target.address.or(address);
    Some(target)
}

#[cfg(test)]
mod tests;
