//! Reads what people paste: what failed, where, and how.
//!
//! A text is flattened ([`flatten`]), searched once for all known phrases ([`phrase`], the tables are in [`families`]),
//! the failure at the root is weighed out ([`decide`]) and the address that failed is told from all others ([`candidates`], [`peer`],
//! [`endpoint`]). Everything is linear in the text, and memory is bounded by [`WINDOW`]: a long log is read from its end.

#![allow(clippy::enum_glob_use, reason = "tables of kinds read better without the name of the type in every cell")]

mod candidates;
mod codes;
mod decide;
mod endpoint;
mod families;
mod flatten;
mod names;
mod peer;
mod phrase;

use decide::{Finding, Marks, Order};
use flatten::Flat;
use netmend_model::Symptom;
use netmend_model::SymptomKind::{self, *};
use peer::Peer;
use phrase::{Hit, Says};

/// How much of a text is looked at together, in bytes.
const WINDOW: usize = 64 * 1024;
/// How far windows overlap, so that no message is torn.
const OVERLAP: usize = 4 * 1024;
/// From so many lines on, a text is taken for a log, in which the last failure counts, and not for one message.
const LOG_LINES: usize = 100;

/// Reads a pasted text. Where it does not say, fields are `None`; where it tells of no failure of the network, the kind
/// is [`SymptomKind::UnknownNotNetwork`]. Of a long log the last failure counts.
pub fn parse(text: &str) -> Symptom {
    if text.len() <= WINDOW {
        return Scan::of(text, Order::First).symptom();
    }
    let mut end = text.len();
    loop {
        let start = line_start(text, end.saturating_sub(WINDOW));
        let scan = Scan::of(&text[start..end], Order::Last);
        if start == 0 || scan.root.kind != UnknownNotNetwork {
            return scan.symptom();
        }
        end = floor(text, (start + OVERLAP).min(end - 1));
    }
}

/// The beginning of the first line behind a place, or the place itself when lines are longer than windows.
fn line_start(text: &str, at: usize) -> usize {
    let at = floor(text, at);
    if at == 0 {
        return 0;
    }
    let newline = text.as_bytes()[at..].iter().take(OVERLAP).position(|byte| *byte == b'\n');
    newline.map_or(at, |newline| at + newline + 1)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// One window with the failures it names.
struct Scan {
    flat: Flat,
    hits: Vec<Hit>,
    found: Vec<Finding>,
    /// The failure at the root of the others.
    root: Finding,
}

impl Scan {
    fn of(text: &str, order: Order) -> Self {
        let flat = flatten::flatten(text);
        let hits = phrase::find(&flat.text);
        let marks = Marks::of(&hits);
        let mut found = decide::findings(&flat, &hits, &marks);
        decide::shift(&flat, &hits, &marks, &mut found);
        let order = if flat.line_count() >= LOG_LINES { Order::Last } else { order };
        let root = decide::root(&found, order).cloned().unwrap_or_else(|| nothing(&flat));
        Self { flat, hits, found, root }
    }

    fn symptom(&self) -> Symptom {
        assemble(&self.flat, &self.hits, &self.found, &self.root)
    }
}

/// What stands for a failure in a text that names none.
fn nothing(flat: &Flat) -> Finding {
    Finding {
        kind: UnknownNotNetwork,
        weight: 0,
        start: 0,
        end: flat.text.len(),
        alternatives: Vec::new(),
        code: None,
        proxied: false,
    }
}

fn assemble(flat: &Flat, hits: &[Hit], found: &[Finding], root: &Finding) -> Symptom {
    let found_peers = candidates::find(flat, hits);
    let peer = peer::choose(flat, &found_peers, root);
    let (kind, alternatives) = refine(flat, root, &peer, decide::alternatives(found, root));
    Symptom {
        kind,
        alternatives,
        local: peer.local.then(|| own_address(&peer)).flatten(),
        host: peer.host,
        ip: peer.ip.map(|ip| ip.to_string()),
        port: peer.port,
        runtime: runtime(hits),
        proxied: root.proxied.then_some(true),
        resolver: candidates::resolver(flat, &found_peers),
        error_code: decide::code(found, root),
    }
}

/// What only the peer and the words around it together tell.
fn refine(
    flat: &Flat,
    root: &Finding,
    peer: &Peer,
    mut alternatives: Vec<SymptomKind>,
) -> (SymptomKind, Vec<SymptomKind>) {
    // A silent port 53 is a resolver that does not answer.
    if matches!(root.kind, ReadTimeout | ConnectTimeout) && peer.port == Some(53) && peer.host.is_none() {
        return (DnsTimeout, vec![root.kind]);
    }
    // "Could not connect" says no reason, but the time that it took tells refused from silent.
    let unsaid = root.kind == ConnectRefused && root.weight <= 50 && alternatives.contains(&ConnectTimeout);
    if unsaid && took_long(flat, root) {
        alternatives.retain(|kind| *kind != ConnectTimeout);
        alternatives.insert(0, ConnectRefused);
        return (ConnectTimeout, alternatives);
    }
    (root.kind, alternatives)
}

/// Whether "after N ms" near a failure names more than two seconds.
fn took_long(flat: &Flat, root: &Finding) -> bool {
    let near = flat.text.get(flat.line_start(root.start)..flat.line_end(root.end)).unwrap_or_default();
    near.match_indices("after ").any(|(at, _)| {
        let rest = &near[at + 6..];
        let digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
        let unit = rest[digits..].trim_start();
        let number: u64 = rest[..digits].parse().unwrap_or_default();
        let milliseconds = if unit.starts_with('m') { number } else { number.saturating_mul(1000) };
        milliseconds > 2000 && unit.starts_with(['m', 's'])
    })
}

/// This machine's own address and port as one word.
fn own_address(peer: &Peer) -> Option<String> {
    let ip = peer.ip.map(|ip| if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() });
    match (ip.or_else(|| peer.host.clone()), peer.port) {
        (Some(address), Some(port)) => Some(format!("{address}:{port}")),
        (None, Some(port)) => Some(format!(":{port}")),
        (address, None) => address,
    }
}

/// What wrote the text: the most telling of its words.
fn runtime(hits: &[Hit]) -> Option<String> {
    let writers = hits.iter().filter_map(|hit| match hit.entry.says {
        Says::Runtime(name) => Some((hit.entry.weight, std::cmp::Reverse(hit.start), name)),
        _ => None,
    });
    writers.max().map(|(_, _, name)| name.to_owned())
}

#[cfg(test)]
mod tests;
