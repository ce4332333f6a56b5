//! Finds the addresses in a text, the part that each plays, and the one that failed.

use std::net::IpAddr;

use netmend_model::SymptomKind::{self, *};

use super::decide::Finding;
use super::endpoint::{self, Endpoint, Reading};
use super::flatten::Flat;
use super::names;
use super::phrase::{Hit, Role, Says};

/// An address with the part it plays.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) endpoint: Endpoint,
    pub(super) role: Option<Role>,
    /// Words behind it say that it failed.
    promoted: bool,
    /// It stands in a list of addresses of the same peer, such as `[IP: 192.0.2.1 80]`.
    listed: bool,
}

/// What a text says of the peer.
#[derive(Debug, Default)]
pub(super) struct Peer {
    pub(super) host: Option<String>,
    pub(super) ip: Option<IpAddr>,
    pub(super) port: Option<u16>,
    /// Whether it is this machine's own address.
    pub(super) local: bool,
}

/// How many addresses of one text are looked at; a text with more repeats itself.
const MAX_CANDIDATES: usize = 4096;

/// All addresses of a text, in their order.
pub(super) fn candidates(flat: &Flat, hits: &[Hit]) -> Vec<Candidate> {
    let text = flat.text.as_str();
    let introductions = Introductions::of(text, hits);
    let mut found: Vec<Candidate> = socket_addresses(text);
    let mut at = 0;
    while at < text.len() && found.len() < MAX_CANDIDATES {
        match candidate_at(text, at, &introductions) {
            Some(candidate) => {
                at = candidate.endpoint.end.max(at + 1);
                found.push(candidate);
            }
            None => at = introductions.next_start(text, at),
        }
    }
    promote(text, hits, &mut found);
    set_resolvers_aside(text, &mut found);
    found.sort_by_key(|candidate| candidate.endpoint.start);
    found
}

/// Words that introduce an address, by the place where they end.
struct Introductions {
    /// End, start and role of each phrase, by end.
    phrases: Vec<(usize, usize, Role)>,
}

impl Introductions {
    fn of(text: &str, hits: &[Hit]) -> Self {
        let mut phrases: Vec<_> = hits
            .iter()
            .filter_map(|hit| match hit.entry.says {
                Says::Before(role) => Some((opened(text, hit.end), hit.start, role)),
                _ => None,
            })
            .collect();
        phrases.sort_unstable_by_key(|(end, start, _)| (*end, *start));
        Self { phrases }
    }

    /// The longest phrase that ends at a place.
    fn ending_at(&self, at: usize) -> Option<(usize, Role)> {
        let first = self.phrases.partition_point(|(end, _, _)| *end < at);
        self.phrases.get(first).filter(|(end, _, _)| *end == at).map(|(_, start, role)| (*start, *role))
    }

    /// The next place behind `at` where an address can begin.
    fn next_start(&self, text: &str, at: usize) -> usize {
        let bytes = text.as_bytes();
        let mut next = at + 1;
        while next < bytes.len() && !(starts_word(bytes, next) && text.is_char_boundary(next)) {
            next += 1;
        }
        let index = self.phrases.partition_point(|(end, _, _)| *end <= at);
        self.phrases.get(index).map_or(next, |(end, _, _)| next.min(*end))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

fn starts_word(bytes: &[u8], at: usize) -> bool {
    let before = bytes[at - 1];
    match bytes[at] {
        b'[' => true,
        b'*' => before != b'*',
        b':' => bytes.get(at + 1) == Some(&b':') && !is_word(before) && before != b':',
        byte => byte.is_ascii_alphanumeric() && !is_word(before),
    }
}

/// Past the marks that stand between words and the address they introduce.
fn opened(text: &str, end: usize) -> usize {
    let openers = text.as_bytes()[end..].iter().take(3).take_while(|byte| b" \"'(".contains(byte)).count();
    let slash = text.as_bytes()[end + openers..].starts_with(b"/");
    end + openers + usize::from(slash)
}

fn candidate_at(text: &str, at: usize, introductions: &Introductions) -> Option<Candidate> {
    let introduced = introductions.ending_at(at);
    let before = text[..at].trim_end_matches(' ');
    let after_arrow = before.ends_with("->") && !before.ends_with("-->");
    let role = introduced.map(|(_, role)| role).or(after_arrow.then_some(Role::Peer));
    let words = introduced.map_or("", |(start, _)| &text[start..at]).to_ascii_lowercase();
    let reading = match role {
        Some(_) if words.contains("connect e") => Reading::WithPort,
        Some(_) => Reading::Introduced,
        None => Reading::Strict,
    };
    let endpoint = endpoint::read(text, at, reading)?;
    
    if !fits(&endpoint, role, &words) {
        return None;
    }
    let before_arrow = text[endpoint.end..].trim_start_matches(' ').starts_with("->");
    let help = endpoint.url && names::is_help_page(&text[endpoint.start..endpoint.end]);
    let role = if before_arrow || help { Some(Role::Other) } else { role };
    let listed = words.contains("ip: ");
    let mut candidate = Candidate { endpoint, role, promoted: false, listed };
    if listed && candidate.endpoint.port.is_none() {
        listed_port(text, &mut candidate.endpoint);
    }
    Some(candidate)
}

/// `[IP: 192.0.2.1 80]`, as apt prints it.
fn listed_port(text: &str, endpoint: &mut Endpoint) {
    let digits: String =
        text[endpoint.end..].strip_prefix(' ').unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() && digits.len() < 6 {
        endpoint.port = digits.parse().ok();
        endpoint.end += 1 + digits.len();
    }
}

/// Whether what was read after these words is an address and not just the next word.
fn fits(endpoint: &Endpoint, role: Option<Role>, words: &str) -> bool {
    let Some(host) = endpoint.host.as_deref() else {
        // A masked name alone tells only where a target must stand.
        let told = endpoint.url || endpoint.ip.is_some() || endpoint.port.is_some();
        return told || matches!(role, Some(Role::Peer | Role::Name | Role::Proxy));
    };
    if endpoint.url || endpoint.port.is_some() || endpoint.ip.is_some() {
        return !(host.bytes().all(|byte| byte.is_ascii_digit()) && !endpoint.url);
    }
    let dotted = names::is_plain(host);
    match role {
        None => dotted,
        Some(Role::Name) => true,
        Some(Role::Peer | Role::Proxy | Role::Request) => {
            dotted
                || endpoint.quoted
                || words.ends_with("host ")
                || words.ends_with("altnames: host:")
        }
        Some(Role::Asked) => dotted || endpoint.quoted && words.contains(['=', ':']),
        Some(Role::Local | Role::Other) => dotted,
    }
}

/// Raises those that words behind them call failed.
fn promote(text: &str, hits: &[Hit], found: &mut [Candidate]) {
    let mut ends: Vec<usize> =
        hits.iter().filter(|hit| matches!(hit.entry.says, Says::After)).map(|hit| hit.start).collect();
    ends.sort_unstable();
    for candidate in found {
        let end = candidate.endpoint.end;
        let closed = text.as_bytes()[end..].iter().take(2).take_while(|byte| b"\"')".contains(byte)).count();
        candidate.promoted = ends.binary_search(&end).is_ok() || ends.binary_search(&(end + closed)).is_ok();
    }
}

/// `{sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}`, as strace prints it.
fn socket_addresses(text: &str) -> Vec<Candidate> {
    text.match_indices("sa_family=").take(MAX_CANDIDATES).filter_map(|(at, _)| socket_address(text, at)).collect()
}

fn socket_address(text: &str, at: usize) -> Option<Candidate> {
    let length = text[at..].bytes().take(300).position(|byte| byte == b'}')?;
    let inside = &text[at..at + length];
    let quoted = |key: &str| inside.split_once(key).and_then(|(_, rest)| rest.split('"').next());
    let ip = quoted("inet_addr(\"").or_else(|| quoted("inet_pton(AF_INET6, \""))?.parse().ok()?;
    let port = inside.split_once("htons(").and_then(|(_, rest)| rest.split(')').next()?.parse().ok());
    let before = &text[text[..at].char_indices().rev().take(80).last().map_or(at, |(start, _)| start)..at];
    let bound = before.rfind("bind(") > before.rfind("connect(");
    let role = Some(if bound { Role::Local } else { Role::Peer });
    let endpoint = Endpoint {
        ip: Some(ip),
        port: port.filter(|port| *port > 0),
        start: at,
        end: at + length,
        ..Endpoint::default()
    };
    Some(Candidate { endpoint, role, promoted: false, listed: false })
}

/// The server that was asked for a name is not the peer, wherever it is named.
fn set_resolvers_aside(text: &str, found: &mut [Candidate]) {
    let names = found.iter().filter(|candidate| candidate.role == Some(Role::Name));
    let servers: Vec<_> = names.filter_map(|name| server_behind(text, name.endpoint.end)).collect();
    for candidate in found {
        let endpoint = &candidate.endpoint;
        let is_server = |server: &Endpoint| server.start <= endpoint.start && endpoint.end <= server.end || server.ip == endpoint.ip;
        if endpoint.host.is_none() && servers.iter().any(is_server) {
            candidate.role = Some(Role::Other);
            candidate.promoted = false;
        }
    }
}

/// The DNS server named behind the name that was looked up: Go's `lookup name on 192.0.2.53:53`.
pub(super) fn resolver(flat: &Flat, found: &[Candidate]) -> Option<String> {
    let names = found.iter().filter(|candidate| candidate.role == Some(Role::Name));
    let servers = names.filter_map(|name| server_behind(&flat.text, name.endpoint.end));
    servers.filter(|server| server.ip.is_some()).map(|server| flat.text[server.start..server.end].to_owned()).next()
}

fn server_behind(text: &str, end: usize) -> Option<Endpoint> {
    let rest = text[end..].trim_start_matches(['"', '\'']).strip_prefix(" on ")?;
    endpoint::read(text, text.len() - rest.len(), Reading::Introduced)
}

/// How well an address fits as the one that failed; higher is better.
fn score(flat: &Flat, candidate: &Candidate, root: &Finding) -> i64 {
    let endpoint = &candidate.endpoint;
    let base = match candidate.role {
        Some(Role::Other) => -1000,
        _ if candidate.promoted => 96,
        Some(Role::Name) if is_naming(root.kind) || root.kind == ProxyUnreachable => 140,
        Some(Role::Peer | Role::Name) => 100,
        Some(Role::Proxy) => {
            if root.proxied {
                110
            } else {
                40
            }
        }
        Some(Role::Local) => {
            if is_local(root.kind) {
                100
            } else {
                -1000
            }
        }
        Some(Role::Asked) if endpoint.url || endpoint.port.is_some() || endpoint.ip.is_some() => 60,
        Some(Role::Asked) => 52,
        Some(Role::Request) => 66,
        None => unnamed_score(endpoint),
    };
    let lines = flat.line_of(endpoint.start).abs_diff(flat.line_of(root.start));
    let distance =
        if endpoint.start >= root.end { endpoint.start - root.end } else { root.start.saturating_sub(endpoint.end) };
    let near = if distance <= 4 { 20 } else { 0 };
    let far = i64::try_from((lines * 4).min(28) + (distance / 60).min(12)).unwrap_or(40);
    base + near - far
}

fn unnamed_score(endpoint: &Endpoint) -> i64 {
    match (&endpoint.host, endpoint.ip, endpoint.port) {
        _ if endpoint.url => 62,
        (Some(_), Some(_), _) => 60,
        (_, _, Some(_)) => 50,
        (None, Some(_), None) => 12,
        _ => 0,
    }
}

fn is_naming(kind: SymptomKind) -> bool {
    matches!(kind, DnsNxdomain | DnsFailure | DnsTimeout)
}

/// Whether failures of this kind are about this machine's own address.
fn is_local(kind: SymptomKind) -> bool {
    matches!(kind, AddressInUse | AddressNotAvailable | PermissionDenied)
}

/// Below this an address says too little to be called the peer.
const MIN_SCORE: i64 = 15;

/// The peer of a failure.
pub(super) fn choose(flat: &Flat, found: &[Candidate], root: &Finding) -> Peer {
    let usable = || found.iter().filter(|candidate| is_usable(candidate, root));
    let best = usable()
        .map(|candidate| (score(flat, candidate, root), candidate))
        .filter(|(score, _)| *score >= MIN_SCORE)
        .max_by_key(|(score, candidate)| (*score, std::cmp::Reverse(candidate.endpoint.start)));
    let Some((_, best)) = best else {
        return Peer { port: lone_port(flat, root), ..Peer::default() };
    };
    let local = best.role == Some(Role::Local) || root.kind == AddressInUse;
    let endpoint = &best.endpoint;
    let mut peer = Peer { host: endpoint.host.clone(), ip: endpoint.ip, port: endpoint.port, local };
    if !local {
        for other in usable().filter(|other| other.endpoint.start.abs_diff(endpoint.start) < MERGE_REACH) {
            merge(flat, &mut peer, best, other, root);
        }
    }
    if peer.port.is_none() && peer.host.is_none() && peer.ip.is_none() {
        peer.port = lone_port(flat, root);
    }
    peer
}

/// How far apart two mentions of one peer may stand, in bytes.
const MERGE_REACH: usize = 1200;

fn is_usable(candidate: &Candidate, root: &Finding) -> bool {
    let endpoint = &candidate.endpoint;
    let request = endpoint.url || candidate.role == Some(Role::Request) || candidate.role.is_none();
    let proxied_request = root.proxied && request && !candidate.promoted;
    // With nothing failed, only what is plainly a target is one: an unnamed high port is somebody's client.
    let vague = root.kind == UnknownNotNetwork
        && candidate.role.is_none()
        && !endpoint.url
        && (endpoint.host.is_none() || endpoint.port.is_none());
    !(proxied_request || vague || candidate.role == Some(Role::Other))
}

/// Completes the peer from another mention of it.
fn merge(flat: &Flat, peer: &mut Peer, best: &Candidate, other: &Candidate, root: &Finding) {
    let (own, more) = (&best.endpoint, &other.endpoint);
    if own.start == more.start || other.role == Some(Role::Local) {
        return;
    }
    if peer.host.is_none() && peer.ip.is_none() && more.host.is_none() && more.ip.is_none() {
        peer.port = peer.port.or(more.port);
        return;
    }
    let same_host = peer.host.is_some() && names_match(peer.host.as_deref(), more.host.as_deref());
    let same_ip = peer.ip.is_some() && peer.ip == more.ip;
    let same_port = peer.port.is_some() && peer.port == more.port;
    let same_line = flat.line_of(own.start) == flat.line_of(more.start);
    if same_host || same_ip {
        peer.port = peer.port.or(more.port);
        peer.ip = peer.ip.or(more.ip);
        if !is_gateway(root.kind) {
            peer.host = peer.host.take().or_else(|| more.host.clone());
        }
        return;
    }
    if peer.host.is_none() && peer.ip.is_some() && same_port && more.ip.is_none() && !is_gateway(root.kind) {
        peer.host.clone_from(&more.host);
    } else if peer.host.is_some() && peer.ip.is_none() && more.host.is_none() {
        let told = same_port && other.role == Some(Role::Peer) || other.listed && (same_line || same_port);
        peer.ip = if told { more.ip } else { None };
    }
}

fn names_match(one: Option<&str>, other: Option<&str>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one.eq_ignore_ascii_case(other))
}

fn is_gateway(kind: SymptomKind) -> bool {
    matches!(kind, GatewayUpstreamRefused | GatewayUpstreamTimeout)
}

/// A port that stands alone in the line of the failure: `Port 8080 was already in use`.
fn lone_port(flat: &Flat, root: &Finding) -> Option<u16> {
    if root.kind == UnknownNotNetwork {
        return None;
    }
    let line = flat.text.get(flat.line_start(root.start)..flat.line_end(root.end))?;
    let lower = line.to_ascii_lowercase();
    lower.match_indices("port").find_map(|(at, _)| {
        let before = lower[..at].trim_end();
        let foreign =
            ["source", "local", "client", "im", "ex", "sup", "trans", "re"].iter().any(|word| before.ends_with(word));
        let rest = lower[at + 4..].trim_start_matches([' ', ':', '=', '"', '\'', '#']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let ends = !rest[digits..].starts_with(|next: char| next.is_ascii_alphabetic());
        rest[..digits].parse().ok().filter(|port| *port > 0 && ends && !foreign)
    })
}
