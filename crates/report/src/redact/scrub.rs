//! One text after the other, by its class.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;

use netmend_model::{Data, Profile, Redaction, Reference, Report};
use serde_json::Value;

use super::address::Addresses;
use super::class::{self, Class};
use super::name::Names;
use super::secrets::{self, REMOVED};
use super::walk;

/// What one report is scrubbed with.
pub(super) struct Scrubber {
    /// Whether names and private addresses go as well.
    strict: bool,
    addresses: Addresses,
    names: Names,
    /// People's names, and what stands for each.
    people: BTreeMap<String, String>,
    /// Hardware addresses in the order in which they appeared.
    hardware: BTreeMap<String, String>,
}

impl Scrubber {
    /// Learns what the report holds: this computer's addresses, the names of hosts and people.
    pub(super) fn new(report: &Report, value: &Value, level: Redaction) -> Self {
        let mut seen = Seen::default();
        walk(&mut value.clone(), "", &mut |path, text| seen.learn(class::of(path), text));
        let strict = level == Redaction::Strict;
        // What an earlier redaction replaced is not replaced again.
        let people = report.redaction == Redaction::None;
        let private = (strict && report.redaction != Redaction::Strict).then(|| seed(value));
        let mut names = Names::new(built_in());
        if strict {
            seen.names.iter().for_each(|name| names.learn(name));
        }
        let named = seen.people.iter().enumerate();
        Self {
            strict,
            addresses: Addresses::new(&own(report), &seen.addresses, people, private),
            names,
            people: named.map(|(index, name)| (name.clone(), format!("user-{}", index + 1))).collect(),
            hardware: BTreeMap::new(),
        }
    }

    /// The text as the level allows it.
    pub(super) fn scrub(&mut self, class: Class, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        match class {
            Class::Closed => text.to_owned(),
            Class::Secret => REMOVED.to_owned(),
            Class::Contact | Class::Organisation | Class::Content if self.strict => REMOVED.to_owned(),
            Class::Contact => secrets::without(text),
            Class::Digest if is_digest(text) => text.to_owned(),
            Class::Code => self.each_word(&secrets::without_people(&secrets::without(text)), |_, word| word.to_owned()),
            Class::Name => self.name(text),
            Class::Url => self.words(&secrets::without_people(&secrets::without(without_query(text)))),
            _ => self.words(&secrets::without_people(&secrets::without(text))),
        }
    }

    /// A field of names: each word in it is an address or a host.
    fn name(&mut self, text: &str) -> String {
        let text = secrets::without_people(&secrets::without(text));
        if text.contains(REMOVED) {
            return self.words(&text);
        }
        let strict = self.strict;
        self.each_word(&text, |scrubber, word| if strict { scrubber.names.replace(word) } else { word.to_owned() })
    }

    /// Free text: addresses, known hosts and known people in it are replaced.
    fn words(&mut self, text: &str) -> String {
        let strict = self.strict;
        self.each_word(text, |scrubber, word| {
            let host = if strict { scrubber.names.replace_known(word) } else { None };
            host.or_else(|| scrubber.people.get(word).cloned()).unwrap_or_else(|| word.to_owned())
        })
    }

    /// Takes a text apart into words and what stands between them; addresses are replaced, every other word by `other`.
    fn each_word(&mut self, text: &str, other: impl Fn(&mut Self, &str) -> String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            if length == 0 {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let (word, after) = rest.split_at(length);
            let (prefix, _) = prefix_length(after);
            out.push_str(&self.word(word, prefix, &other));
            rest = after;
        }
        out
    }

    fn word(&mut self, word: &str, prefix: Option<u8>, other: &impl Fn(&mut Self, &str) -> String) -> String {
        if let Some(hardware) = self.hardware(word) {
            return hardware;
        }
        if let Some((address, tail)) = address_of(word) {
            let replaced = match prefix {
                Some(prefix) => self.addresses.replace_network(address, prefix),
                None => self.addresses.replace(address),
            };
            return format!("{replaced}{tail}");
        }
        // Punctuation at the end belongs to the sentence; a port to the host.
        let bare = word.trim_end_matches([':', '.', '-']);
        let (name, port) = match bare.rsplit_once(':') {
            Some((name, port)) if port.parse::<u16>().is_ok() => (name, &bare[name.len()..]),
            _ => (bare, ""),
        };
        if name.contains(':') {
            let parts: Vec<_> = name.split(':').map(|part| other(self, part)).collect();
            return format!("{}{port}{}", parts.join(":"), &word[bare.len()..]);
        }
        format!("{}{port}{}", other(self, name), &word[bare.len()..])
    }

    /// The pseudonym of a hardware address: a locally administered one (IEEE 802, bit 1 of the first octet).
    fn hardware(&mut self, word: &str) -> Option<String> {
        let digits: String = word.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_lowercase();
        let parts: Vec<_> = word.split([':', '-']).collect();
        let pairs =
            parts.len() >= 6 && parts.iter().all(|part| part.len() == 2 && u8::from_str_radix(part, 16).is_ok());
        let dotted: Vec<_> = word.split('.').collect();
        let triples =
            dotted.len() == 3 && dotted.iter().all(|part| part.len() == 4 && u16::from_str_radix(part, 16).is_ok());
        if !pairs && !triples || digits.chars().all(|c| c == '0') || digits.chars().all(|c| c == 'f') {
            return None;
        }
        if digits.starts_with(PSEUDONYMOUS) {
            return Some(word.to_owned());
        }
        let next = self.hardware.len() + 1;
        let stands = self
            .hardware
            .entry(digits)
            .or_insert_with(|| format!("02:00:5e:00:{:02x}:{:02x}", (next >> 8) & 0xff, next & 0xff));
        Some(stands.clone())
    }
}

/// How pseudonyms of hardware addresses begin.
const PSEUDONYMOUS: &str = "02005e00";

/// What a first look at the report finds.
#[derive(Default)]
struct Seen {
    addresses: BTreeSet<IpAddr>,
    names: Vec<String>,
    people: BTreeSet<String>,
}

impl Seen {
    fn learn(&mut self, class: Class, text: &str) -> String {
        self.people.extend(secrets::people(text));
        let clean = secrets::without_people(&secrets::without(text));
        for word in clean.split(|c| !is_word(c)) {
            if let Some((address, _)) = address_of(word) {
                self.addresses.insert(address);
            }
        }
        match class {
            Class::Name => self.names.extend(clean.split(|c| !is_word(c)).map(without_port)),
            Class::Url => self.names.extend(host_of(&clean)),
            _ => {}
        }
        text.to_owned()
    }
}

fn without_port(word: &str) -> String {
    match word.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name.to_owned(),
        _ => word.to_owned(),
    }
}

/// The host of a URL, or of `host:port/path`.
fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    (!authority.is_empty()).then(|| without_port(authority))
}

/// A URL or target without query and fragment.
fn without_query(text: &str) -> &str {
    text.split(['?', '#']).next().unwrap_or(text)
}

/// This computer's addresses with the prefix lengths of their networks.
fn own(report: &Report) -> BTreeMap<IpAddr, u8> {
    let mut own = BTreeMap::new();
    for seen in &report.evidence {
        match seen.outcome.data() {
            Some(Data::Interfaces(found)) => {
                for address in found.interfaces.iter().flat_map(|interface| &interface.addresses) {
                    own.insert(address.address, address.prefix);
                }
            }
            Some(Data::Connect(found)) => {
                for local in found.attempts.iter().filter_map(|attempt| attempt.local) {
                    own.entry(local.ip()).or_insert(if local.is_ipv4() { 32 } else { 128 });
                }
            }
            Some(Data::RouteTo(found)) => {
                for source in found.route.iter().filter_map(|route| route.source) {
                    own.entry(source).or_insert(if source.is_ipv4() { 32 } else { 128 });
                }
            }
            _ => {}
        }
    }
    own
}

/// Hosts that the program itself names.
fn built_in() -> Vec<String> {
    let Reference { connectivity, .. } = Profile::default().reference;
    connectivity.iter().filter_map(|url| host_of(url)).collect()
}

/// A number that only somebody with the whole report can know.
fn seed(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.to_string().hash(&mut hasher);
    hasher.finish()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '.' | ':' | '-' | '_' | '*')
}

/// `/24` after an address.
fn prefix_length(after: &str) -> (Option<u8>, usize) {
    let Some(rest) = after.strip_prefix('/') else { return (None, 0) };
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    (rest[..digits].parse().ok().filter(|prefix| *prefix <= 128), digits + 1)
}

/// An address at the begin of a word, with what follows it: a port, a full stop.
fn address_of(word: &str) -> Option<(IpAddr, &str)> {
    if let Ok(address) = word.parse() {
        return Some((address, ""));
    }
    let bare = word.trim_end_matches(['.', ':', '-']);
    if bare.len() < word.len()
        && let Ok(address) = bare.parse()
    {
        return Some((address, &word[bare.len()..]));
    }
    let (host, port) = bare.rsplit_once(':')?;
    let address: IpAddr = host.parse().ok()?;
    (address.is_ipv4() && port.parse::<u16>().is_ok()).then(|| (address, &word[host.len()..]))
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
