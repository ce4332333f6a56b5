//! What messages say, as tables: one file per family, one entry per way of saying it.
//!
//! A new message is a new phrase in an entry, or a new entry with an example; the tests below try every phrase alone
//! and every example.

mod browsers;
mod databases;
mod gateways;
mod http;
mod languages;
mod marks;
mod names;
mod negatives;
mod numbers;
mod ping;
mod proxies;
mod roles;
mod runtimes;
mod sockets;
mod timeouts;
mod tls;
mod tools;
mod windows;
mod writers;

use super::phrase::Entry;

/// All entries of all families.
pub(super) fn all() -> impl Iterator<Item = &'static Entry> {
    [
        sockets::ENTRIES,
        timeouts::ENTRIES,
        names::ENTRIES,
        tls::ENTRIES,
        proxies::ENTRIES,
        http::ENTRIES,
        gateways::ENTRIES,
        browsers::ENTRIES,
        ping::ENTRIES,
        databases::ENTRIES,
        runtimes::ENTRIES,
        tools::ENTRIES,
        windows::ENTRIES,
        languages::ENTRIES,
        negatives::ENTRIES,
        numbers::ENTRIES,
        marks::ENTRIES,
        roles::ENTRIES,
        writers::ENTRIES,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::parse;
    use super::super::phrase::Says;
    use super::*;

    #[test]
    fn phrases_are_lower_case_and_unique_per_meaning() {
        let mut seen = BTreeSet::new();
        for entry in all() {
            for phrase in entry.phrases {
                assert_eq!(*phrase, phrase.to_lowercase(), "{phrase}");
                assert!(phrase.trim_matches('|').len() >= 3, "{phrase}");
                let class = match entry.says {
                    Says::Kind(_) | Says::Soft(_) => "failure".to_owned(),
                    other => format!("{other:?}"),
                };
                assert!(seen.insert((*phrase, class)), "{phrase} stands twice");
            }
        }
    }

    #[test]
    fn every_example_is_understood() {
        for entry in all() {
            let (Says::Kind(kind) | Says::Soft(kind)) = entry.says else { continue };
            let symptom = parse(entry.example);
            assert_eq!(symptom.kind, kind, "{}", entry.example);
            for alternative in entry.alternatives {
                assert!(symptom.alternatives.contains(alternative), "{}: {:?}", entry.example, symptom.alternatives);
            }
        }
    }

    #[test]
    fn every_phrase_says_its_kind_when_it_stands_alone() {
        for entry in all() {
            let (Says::Kind(kind) | Says::Soft(kind)) = entry.says else { continue };
            for phrase in entry.phrases {
                let symptom = parse(phrase.trim_matches('|'));
                let fits = symptom.kind == kind || symptom.alternatives.contains(&kind);
                assert!(fits, "{phrase}: {:?} instead of {kind:?}", symptom.kind);
            }
        }
    }
}
