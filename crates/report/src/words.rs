//! The words, from the Fluent files in `locales/`.
//!
//! Every text that a person reads is looked up here by its key. A language that lacks an entry falls back to English.
//! Values (host names, addresses, rule texts) are inserted as they are and never read as Fluent; [`visible`] has already
//! made control characters harmless in them.

mod context;
mod fill;
mod names;
mod say;
mod seen;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use netmend_model::Params;
use unic_langid::LanguageIdentifier;

use crate::visible;
pub(crate) use context::moment;
pub(crate) use fill::{base_params, diagnosis_params, percent};
pub use seen::ms;

/// English, the source: every other language falls back to it.
const SOURCE: &str = "en";

/// The languages there are, with the text of their files.
const LANGUAGES: &[(&str, &[&str])] = &[(
    SOURCE,
    &[
        include_str!("../../../locales/en/causes.ftl"),
        include_str!("../../../locales/en/fixes.ftl"),
        include_str!("../../../locales/en/signs.ftl"),
        include_str!("../../../locales/en/report.ftl"),
        include_str!("../../../locales/en/cli.ftl"),
    ],
)];

/// Values that every entry may use; an entry `default-<name>` stands in for one that is empty or missing.
const STANDING_IN: &[&str] = &["target", "host", "port", "address", "place"];

/// Values that plural forms are chosen by, where they are numbers.
const COUNTING: &[&str] = &["count", "expired-days"];

/// The words of one language.
pub struct Words {
    language: &'static str,
    /// The language asked for first, English last.
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// The words of a language, given as a BCP 47 tag or as in `LANG` (`de-AT`, `de_AT.UTF-8`); English where there is none.
    pub fn new(language: &str) -> Self {
        let primary = language.split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        let wanted = LANGUAGES.iter().find(|(name, _)| *name == primary);
        let source = LANGUAGES.iter().filter(|(name, _)| *name == SOURCE);
        let chain: Vec<_> = wanted.into_iter().filter(|(name, _)| *name != SOURCE).chain(source).collect();
        Self {
            language: chain.first().map_or(SOURCE, |(name, _)| name),
            bundles: chain.iter().map(|(name, files)| bundle(name, files)).collect(),
        }
    }

    /// The language that was found (BCP 47).
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// The languages there are (BCP 47).
    pub fn languages() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|(name, _)| *name)
    }

    /// An entry without values. A key that no language has comes back itself, so that a gap is seen and nothing breaks.
    pub fn text(&self, key: &str) -> String {
        self.entry(key, None, &Params::new()).unwrap_or_else(|| key.to_owned())
    }

    /// An entry filled with values. Besides each value there is `has-<name>`: `yes` where the value is there and not empty.
    pub fn format(&self, key: &str, params: &Params) -> String {
        self.entry(key, None, params).unwrap_or_else(|| key.to_owned())
    }

    /// An entry filled with values given as pairs.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.format(key, &values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// An attribute of an entry, `None` where no language has it.
    pub fn attribute(&self, key: &str, attribute: &str, params: &Params) -> Option<String> {
        self.entry(key, Some(attribute), params)
    }

    /// Whether there is an entry.
    pub fn has(&self, key: &str) -> bool {
        self.bundles.iter().any(|bundle| bundle.has_message(key))
    }

    fn entry(&self, key: &str, attribute: Option<&str>, params: &Params) -> Option<String> {
        self.bundles.iter().find_map(|bundle| {
            let message = bundle.get_message(key)?;
            let pattern = match attribute {
                Some(name) => message.get_attribute(name)?.value(),
                None => message.value()?,
            };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&self.arguments(params)), &mut errors);
            Some(self.begin(tidy(&text), params))
        })
    }

    /// A sentence that begins with a stand-in ("the service") begins with a capital letter; a value is left as it is.
    fn begin(&self, text: String, params: &Params) -> String {
        let stands_in = |name: &str| {
            let missing = params.get(name).is_none_or(|value| value.trim().is_empty());
            missing && text.starts_with(&self.stand_in(name))
        };
        if !STANDING_IN.iter().any(|name| stands_in(name)) {
            return text;
        }
        let mut characters = text.chars();
        characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
    }

    /// The values, with stand-ins for those that every entry may count on.
    fn arguments(&self, params: &Params) -> FluentArgs<'static> {
        let mut arguments = FluentArgs::new();
        for name in STANDING_IN {
            if params.get(*name).is_none_or(|value| value.trim().is_empty()) {
                arguments.set(*name, self.stand_in(name));
                arguments.set(format!("has-{name}"), "no");
            }
        }
        for (name, value) in params.iter().filter(|(_, value)| !value.trim().is_empty()) {
            // `accept_queue` is `$accept-queue` in the files, which use hyphens throughout.
            let name = name.replace('_', "-");
            arguments.set(format!("has-{name}"), "yes");
            let value = visible(value).into_owned();
            let counts = COUNTING.contains(&name.as_str());
            arguments.set(
                name,
                if counts { FluentValue::try_number(&value).into_owned() } else { FluentValue::from(value) },
            );
        }
        arguments
    }

    fn stand_in(&self, name: &str) -> String {
        let key = format!("default-{name}");
        let text = self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(&key)?.value()?;
            Some(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
        });
        text.unwrap_or_default()
    }
}

/// The key of a public id: `dns.no_resolver` → `dns-no-resolver`.
pub(crate) fn key(id: &str) -> String {
    id.replace(['.', '_'], "-")
}

fn bundle(language: &str, files: &[&str]) -> FluentBundle<FluentResource> {
    let identifier: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // The marks would stand in copied commands and addresses, where they break them.
    bundle.set_use_isolating(false);
    for text in files {
        // A file with a broken entry gives the others; the tests refuse broken entries.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Closes the gaps that an absent value leaves: doubled spaces, empty brackets, a full stop that stands alone.
fn tidy(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let mut tidied = String::with_capacity(line.len());
        for word in line.split_whitespace().filter(|word| *word != "()") {
            if !tidied.is_empty() && !matches!(word, "." | ",") {
                tidied.push(' ');
            }
            tidied.push_str(word);
        }
        tidied
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
