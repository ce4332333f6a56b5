//! `http_proxy` and its kin. There is no standard: names in lower case came first, many programs read both.

use std::collections::HashMap;

use netmend_model::facts::{ProxySetting, ProxySettings, ProxySource};

use super::setting;

/// Variables for proxies, and the URL schemes that they are for.
const VARIABLES: [(&str, &str); 3] = [("http_proxy", "http"), ("https_proxy", "https"), ("all_proxy", "all")];

/// Reads the settings from variables of the environment. Two spellings that differ are two settings.
pub(super) fn parse(variables: impl IntoIterator<Item = (String, String)>) -> ProxySettings {
    let variables: HashMap<String, String> =
        variables.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    let mut settings = super::nothing("environment");
    for (name, applies_to) in VARIABLES {
        let upper = name.to_uppercase();
        let lower_value = variables.get(name);
        let upper_value = variables.get(&upper).filter(|value| Some(*value) != lower_value);
        for (name, value) in [(name, lower_value), (&upper, upper_value)] {
            let Some(value) = value else { continue };
            match proxy(name, value, applies_to, &variables) {
                Some(proxy) => settings.proxies.push(proxy),
                // Not the value: it may hold a password.
                None => {
                    settings.read_from.push(format!("environment: {name} is set, but not to the address of a proxy"));
                }
            }
        }
    }
    settings
}

fn proxy(name: &str, value: &str, applies_to: &str, variables: &HashMap<String, String>) -> Option<ProxySetting> {
    // A program that reads the one spelling reads that spelling of the exceptions first.
    let order = if name.starts_with(char::is_lowercase) { ["no_proxy", "NO_PROXY"] } else { ["NO_PROXY", "no_proxy"] };
    let exceptions = order.iter().find_map(|name| variables.get(*name));
    Some(ProxySetting {
        source: ProxySource::Environment,
        setting: name.to_owned(),
        applies_to: applies_to.to_owned(),
        proxy: setting::endpoint(value)?,
        bypass: exceptions.map(|text| setting::bypass(text)).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(variables: &[(&str, &str)]) -> ProxySettings {
        parse(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn both_spellings() {
        let settings = of(&[
            ("HTTPS_PROXY", "http://192.0.2.8:3128"),
            ("http_proxy", "http://192.0.2.8:3128"),
            ("HTTP_PROXY", "http://192.0.2.9:3128"),
            ("no_proxy", "localhost,.example.test"),
            ("PATH", "/bin"),
        ]);
        let names: Vec<_> = settings.proxies.iter().map(|p| (p.setting.as_str(), p.applies_to.as_str())).collect();
        assert_eq!(names, [("http_proxy", "http"), ("HTTP_PROXY", "http"), ("HTTPS_PROXY", "https")]);
        assert!(settings.proxies.iter().all(|p| p.bypass == ["localhost", ".example.test"]));
        assert_eq!(settings.read_from, ["environment"]);
    }

    #[test]
    fn the_same_value_twice_is_one_setting() {
        let settings = of(&[("all_proxy", "socks5://192.0.2.8"), ("ALL_PROXY", "socks5://192.0.2.8")]);
        assert_eq!(settings.proxies.len(), 1);
        assert_eq!(settings.proxies[0].setting, "all_proxy");
    }

    #[test]
    fn a_value_that_is_no_proxy_is_said_without_its_text() {
        let settings = of(&[("http_proxy", "http://me:hunter2@:x"), ("https_proxy", "")]);
        assert!(settings.proxies.is_empty());
        assert_eq!(settings.read_from.len(), 2);
        assert!(settings.read_from.iter().all(|text| !text.contains("hunter2")));
    }

    proptest! {
        #[test]
        fn any_value_parses(value in "(?s).{0,60}", exceptions in "(?s).{0,60}") {
            of(&[("https_proxy", &value), ("NO_PROXY", &exceptions)]);
        }
    }
}
