//! Pseudonyms of host names that keep who is below whom.

use std::collections::BTreeMap;

/// Names that every system has, and those that stand for no host; a pseudonym would make the report wrong.
const KEPT: &[&str] = &[
    "localhost",
    "localdomain",
    "localhost.localdomain",
    "local",
    "ip6-localhost",
    "ip6-loopback",
    "ip6-allnodes",
    "ip6-allrouters",
    "ip6-localnet",
    "ip6-mcastprefix",
    "broadcasthost",
    "default",
    "any",
];

/// Longest name (RFC 1035, 2.3.4).
const LONGEST: usize = 253;

/// The pseudonyms given so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Of each name and each domain above it, in the order in which they appeared.
    labels: BTreeMap<String, String>,
    /// Names that are known to be hosts.
    known: Vec<String>,
    /// Hosts that the program itself names: they identify nobody.
    own: Vec<String>,
}

impl Names {
    /// Pseudonyms for a report; `own` are the program's built-in references.
    pub(super) fn new(own: Vec<String>) -> Self {
        Self { own, ..Self::default() }
    }

    /// Makes a name known, so that it is found in free text as well.
    pub(super) fn learn(&mut self, name: &str) {
        let name = normal(name);
        if is_name(&name) && !self.is_kept(&name) && !self.known.contains(&name) {
            self.pseudonym(&name);
            self.known.push(name);
        }
    }

    /// The pseudonym of a name in a field of names.
    pub(super) fn replace(&mut self, name: &str) -> String {
        let plain = normal(name);
        if !is_name(&plain) || self.is_kept(&plain) {
            return name.to_owned();
        }
        let dot = if name.ends_with('.') { "." } else { "" };
        format!("{}{dot}", self.pseudonym(&plain))
    }

    /// The pseudonym of a word in free text, where the word is a known name or below one.
    pub(super) fn replace_known(&mut self, word: &str) -> Option<String> {
        let plain = normal(word);
        let below = |known: &String| {
            plain.strip_suffix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let known = is_name(&plain) && !self.is_kept(&plain) && self.known.iter().any(below);
        known.then(|| self.replace(word))
    }

    fn is_kept(&self, name: &str) -> bool {
        KEPT.contains(&name) || name.ends_with(".localhost") || self.own.iter().any(|own| own == name)
    }

    /// `a.b.test` becomes `name-2.name-1.test`: each label by the domain it stands in; the last one, wildcards and service
    /// labels (RFC 2782) are kept, for they tell what kind of name it is.
    fn pseudonym(&mut self, name: &str) -> String {
        let labels: Vec<_> = name.split('.').collect();
        let last = labels.len() - 1;
        let mut parts = Vec::with_capacity(labels.len());
        for (index, label) in labels.iter().enumerate().rev() {
            let keep = (index == last && last > 0) || label.is_empty() || *label == "*" || label.starts_with('_');
            if keep || is_pseudonym(label) {
                parts.push((*label).to_owned());
            } else {
                let domain = labels[index..].join(".");
                let number = self.labels.len() + 1;
                parts.push(self.labels.entry(domain).or_insert_with(|| format!("name-{number}")).clone());
            }
        }
        parts.reverse();
        parts.join(".")
    }
}

/// Whether a label was given by an earlier redaction.
fn is_pseudonym(label: &str) -> bool {
    label.strip_prefix("name-").is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn normal(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_lowercase()
}

/// Whether a text has the form of a host name or a pattern of one: letters (of any script), digits, hyphens, dots.
fn is_name(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '*');
    !text.is_empty()
        && text.len() <= LONGEST
        && text.chars().all(allowed)
        && text.chars().any(char::is_alphabetic)
        && text.parse::<std::net::IpAddr>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudonyms_keep_who_is_below_whom() {
        let mut names = Names::new(vec!["check.reference.test".into()]);
        let api = names.replace("api.corp.example");
        let corp = names.replace("Corp.Example.");
        assert!(api.ends_with(corp.trim_end_matches('.')) && api.ends_with(".example"), "{api} {corp}");
        assert_eq!(names.replace("*.corp.example"), format!("*.{}", corp.trim_end_matches('.')));
        assert_eq!(names.replace(".corp.example"), format!(".{}", corp.trim_end_matches('.')));
        assert_eq!(names.replace("api.corp.example"), api, "the same name, the same pseudonym");
        assert_ne!(names.replace("api.other.example"), api);
        for kept in
            ["localhost", "app.localhost", "check.reference.test", "*", "", "192.0.2.1", "<local>", "10.0.0.0/8"]
        {
            assert_eq!(names.replace(kept), kept);
        }
        let mut again = Names::default();
        assert_eq!(again.replace(&api), api, "a pseudonym is not replaced");
    }

    #[test]
    fn free_text_gives_up_known_names_only() {
        let mut names = Names::default();
        names.learn("corp.example");
        assert!(names.replace_known("db.corp.example").is_some());
        assert_eq!(names.replace_known("notcorp.example"), None);
        assert_eq!(names.replace_known("net.ipv4.tcp_syn_retries"), None);
    }
}
