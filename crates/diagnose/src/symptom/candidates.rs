//! Finds the addresses in a text and the part that each plays.

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
    pub(super) promoted: bool,
    /// It stands in a list of addresses of the same peer, such as `[IP: 192.0.2.1 80]`.
    pub(super) listed: bool,
}

/// How many addresses of one text are looked at; a text with more repeats itself.
const MAX_CANDIDATES: usize = 4096;

/// All addresses of a text, in their order.
pub(super) fn find(flat: &Flat, hits: &[Hit]) -> Vec<Candidate> {
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
    let port = endpoint.port.or_else(|| leading_port(&text[..at]));
    let endpoint = Endpoint { port, ..endpoint };
    let mut candidate = Candidate { endpoint, role, promoted: false, listed };
    if listed && candidate.endpoint.port.is_none() {
        listed_port(text, &mut candidate.endpoint);
    }
    Some(candidate)
}

/// `port 22 on ` before the address.
fn leading_port(before: &str) -> Option<u16> {
    let head = before.strip_suffix(" on ").or_else(|| before.strip_suffix(" at "))?;
    let start = head.rfind(|letter: char| !letter.is_ascii_digit())? + 1;
    let named = head.get(..start)?.to_ascii_lowercase().ends_with("port ");
    head[start..].parse().ok().filter(|port| named && *port > 0)
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
        return endpoint.url || !host.bytes().all(|byte| byte.is_ascii_digit());
    }
    let dotted = names::is_plain(host);
    match role {
        Some(Role::Name) => true,
        Some(Role::Peer | Role::Proxy | Role::Request) => {
            dotted || endpoint.quoted || words.ends_with("host ") || words.ends_with("altnames: host:")
        }
        Some(Role::Asked) => dotted || endpoint.quoted && words.contains(['=', ':']),
        Some(Role::Local | Role::Other) | None => dotted,
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
        let is_server = |server: &Endpoint| {
            server.start <= endpoint.start && endpoint.end <= server.end || server.ip == endpoint.ip
        };
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
