//! What a phrase in a message says, and the search for all known phrases in one linear pass.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use netmend_model::SymptomKind;

use super::codes::Table;
use super::families;

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Says {
    /// This failure, whatever stands around it.
    Kind(SymptomKind),
    /// This failure, unless the [`Mark`]s around it make it another.
    Soft(SymptomKind),
    /// A number follows that means something in this table.
    Number(Table),
    /// What the message is about.
    Mark(Mark),
    /// An address or a name follows, which plays this part.
    Before(Role),
    /// An address or a name stands before, which is the peer that failed.
    After,
    /// What wrote the message.
    Runtime(&'static str),
}

/// What a message is about; it shifts the meaning of what stands near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A name is being looked up.
    Lookup,
    /// A gateway speaks of the server behind it.
    Upstream,
    /// Data is being read.
    Reading,
    /// Data is being written.
    Writing,
    /// A proxy is being connected to.
    Proxy,
    /// A proxy is on the way; the failure may be at it.
    ThroughProxy,
    /// A Unix domain socket or another local channel.
    LocalSocket,
    /// A local address is being bound.
    Bind,
    /// What follows is the cause of what stands before.
    Cause,
}

/// The part that an address plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The peer that failed.
    Peer,
    /// The peer as a setting or a listing names it. Weaker than [`Role::Peer`].
    Asked,
    /// The peer of the request, which need not be the one that failed when a proxy is between.
    Request,
    /// A name that was looked up; the address after ` on ` is the resolver.
    Name,
    /// A proxy that failed.
    Proxy,
    /// This machine's own address in a bind or listen.
    Local,
    /// A client, a source address, a router, a listener, a help page: never the target.
    Other,
}

/// Phrases that say the same. A phrase is lower case; `|` at its start or end asks for a word boundary there.
pub(super) struct Entry {
    pub(super) says: Says,
    /// How sure the phrase is, 0 to 100: 90 names the failure, 70 is a system's error text, 40 says only that something failed.
    pub(super) weight: u8,
    /// Other kinds that the phrase allows.
    pub(super) alternatives: &'static [SymptomKind],
    pub(super) phrases: &'static [&'static str],
    /// A message of this sort, written for the tests and for whoever reads the table.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read it"))]
    pub(super) example: &'static str,
}

/// A failure that stands fast.
pub(super) const fn firm(
    kind: SymptomKind,
    weight: u8,
    phrases: &'static [&'static str],
    example: &'static str,
) -> Entry {
    Entry { says: Says::Kind(kind), weight, alternatives: &[], phrases, example }
}

/// A failure that the words around it may shift.
pub(super) const fn soft(
    kind: SymptomKind,
    weight: u8,
    phrases: &'static [&'static str],
    example: &'static str,
) -> Entry {
    Entry { says: Says::Soft(kind), weight, alternatives: &[], phrases, example }
}

/// Anything but a failure.
pub(super) const fn note(says: Says, phrases: &'static [&'static str]) -> Entry {
    Entry { says, weight: 0, alternatives: &[], phrases, example: "" }
}

impl Entry {
    /// The same with other kinds that are as possible.
    pub(super) const fn or(mut self, alternatives: &'static [SymptomKind]) -> Self {
        self.alternatives = alternatives;
        self
    }
}

/// A phrase found in a text.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub(super) entry: &'static Entry,
    pub(super) start: usize,
    pub(super) end: usize,
}

struct Index {
    automaton: Option<AhoCorasick>,
    /// For each pattern: its entry and whether its ends must be word boundaries.
    patterns: Vec<(&'static Entry, bool, bool)>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut needles = Vec::new();
    let mut patterns = Vec::new();
    for entry in families::all() {
        for phrase in entry.phrases {
            needles.push(phrase.trim_matches('|'));
            patterns.push((entry, phrase.starts_with('|'), phrase.ends_with('|')));
        }
    }
    // Building fails only for sets of patterns beyond 2 GB.
    let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(needles).ok();
    Index { automaton, patterns }
});

/// All phrases in the text, also overlapping ones, in the order of their ends.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let index = &*INDEX;
    let Some(automaton) = &index.automaton else { return Vec::new() };
    automaton
        .find_overlapping_iter(&folded(text))
        .filter_map(|found| {
            let (entry, left, right) = index.patterns.get(found.pattern().as_usize()).copied()?;
            let bounded = (!left || is_boundary(text, found.start())) && (!right || is_boundary(text, found.end()));
            bounded.then_some(Hit { entry, start: found.start(), end: found.end() })
        })
        .collect()
}

/// The text in lower case, every letter at its place: letters whose lower case is longer or shorter stay.
fn folded(text: &str) -> String {
    let fold = |letter: char| {
        let mut lower = letter.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(lower), None) if lower.len_utf8() == letter.len_utf8() => lower,
            _ => letter,
        }
    };
    text.chars().map(fold).collect()
}

fn is_boundary(text: &str, at: usize) -> bool {
    let word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = text.as_bytes();
    !(word(at.checked_sub(1).and_then(|before| bytes.get(before))) && word(bytes.get(at)))
}
