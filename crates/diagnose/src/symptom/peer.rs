//! Which of the addresses in a text is the peer that failed, and what other mentions of it add.

use std::net::IpAddr;

use netmend_model::SymptomKind::{self, *};

use super::candidates::Candidate;
use super::decide::Finding;
use super::endpoint::Endpoint;
use super::flatten::Flat;
use super::names;
use super::phrase::Role;

/// What a text says of the peer.
#[derive(Debug, Default)]
pub(super) struct Peer {
    pub(super) host: Option<String>,
    pub(super) ip: Option<IpAddr>,
    pub(super) port: Option<u16>,
    /// Whether it is this machine's own address.
    pub(super) local: bool,
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
        && !endpoint.url
        && match candidate.role {
            None => endpoint.host.is_none() || endpoint.port.is_none(),
            Some(_) => endpoint.port.is_none() && endpoint.host.as_deref().is_some_and(|host| !names::is_plain(host)),
        };
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
