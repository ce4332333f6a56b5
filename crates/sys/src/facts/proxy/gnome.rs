//! GNOME's settings (org.gnome.system.proxy), as `gsettings list-recursively` prints them.
//!
//! The program is asked, not the dconf file: only it knows defaults, system profiles and locks.

use std::collections::HashMap;

use netmend_model::facts::{PacSetting, ProxyEndpoint, ProxyScheme, ProxySetting, ProxySettings, ProxySource};

use super::setting;

pub(super) const SCHEMA: &str = "org.gnome.system.proxy";

/// Keys by schema and name, such as `org.gnome.system.proxy.http host`.
struct Keys<'a>(HashMap<(&'a str, &'a str), &'a str>);

/// Reads the listing. Mode `none` has nothing to say, whatever else is filled in.
pub(super) fn parse(text: &str) -> ProxySettings {
    let keys = Keys(text.lines().filter_map(key).collect());
    let mut settings = super::nothing("GNOME settings");
    match keys.string(SCHEMA, "mode").as_deref() {
        Some("manual") => settings.proxies = manual(&keys),
        Some("auto") => match keys.string(SCHEMA, "autoconfig-url").and_then(|url| setting::pac_url(&url)) {
            Some(url) => settings.pac.push(PacSetting { source: ProxySource::Gnome, url }),
            None => settings.read_from.push("GNOME settings: automatic, without an address (WPAD)".to_owned()),
        },
        _ => {}
    }
    settings
}

/// `schema key value`
fn key(line: &str) -> Option<((&str, &str), &str)> {
    let (schema, rest) = line.trim().split_once(' ')?;
    let (name, value) = rest.split_once(' ')?;
    Some(((schema, name), value))
}

impl Keys<'_> {
    fn string(&self, schema: &str, name: &str) -> Option<String> {
        strings(self.0.get(&(schema, name))?).into_iter().next()
    }

    fn list(&self, schema: &str, name: &str) -> Vec<String> {
        self.0.get(&(schema, name)).map(|value| strings(value)).unwrap_or_default()
    }

    fn proxy(&self, protocol: &str) -> Option<ProxyEndpoint> {
        let schema = format!("{SCHEMA}.{protocol}");
        let host = self.string(&schema, "host").filter(|host| !host.is_empty())?;
        let port: u16 = self.0.get(&(schema.as_str(), "port"))?.parse().ok().filter(|port| *port != 0)?;
        let scheme = if protocol == "socks" { ProxyScheme::Socks5 } else { ProxyScheme::Http };
        let has_credentials = self.0.get(&(schema.as_str(), "use-authentication")) == Some(&"true");
        // People write a URL into the field for the host.
        let host = setting::endpoint(&host).map_or(host, |endpoint| endpoint.host);
        Some(ProxyEndpoint { scheme, host, port, has_credentials })
    }
}

fn manual(keys: &Keys<'_>) -> Vec<ProxySetting> {
    let bypass = keys.list(SCHEMA, "ignore-hosts");
    let protocols = [("http", "http"), ("https", "https"), ("socks", "all")];
    let proxy = |(protocol, applies_to): (&str, &str)| {
        Some(ProxySetting {
            source: ProxySource::Gnome,
            setting: format!("{SCHEMA}.{protocol}"),
            applies_to: applies_to.to_owned(),
            proxy: keys.proxy(protocol)?,
            bypass: bypass.clone(),
        })
    };
    protocols.into_iter().filter_map(proxy).collect()
}

/// The strings of a GVariant in text form: `'x'`, `"x"`, `['a', 'b']`, `@as []`.
fn strings(value: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut characters = value.chars();
    while let Some(quote) = characters.find(|c| matches!(c, '\'' | '"')) {
        let mut string = String::new();
        while let Some(character) = characters.next() {
            match character {
                '\\' => string.extend(characters.next()),
                end if end == quote => break,
                other => string.push(other),
            }
        }
        strings.push(string);
    }
    strings
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn listing(mode: &str, url: &str) -> String {
        format!(
            "org.gnome.system.proxy autoconfig-url '{url}'\norg.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1']\norg.gnome.system.proxy mode '{mode}'\norg.gnome.system.proxy use-same-proxy true\norg.gnome.system.proxy.ftp host ''\norg.gnome.system.proxy.ftp port 0\norg.gnome.system.proxy.http authentication-password 'hunter2'\norg.gnome.system.proxy.http authentication-user 'me'\norg.gnome.system.proxy.http enabled false\norg.gnome.system.proxy.http host 'proxy.example.test'\norg.gnome.system.proxy.http port 3128\norg.gnome.system.proxy.http use-authentication true\norg.gnome.system.proxy.https host '192.0.2.8'\norg.gnome.system.proxy.https port 3129\norg.gnome.system.proxy.socks host ''\norg.gnome.system.proxy.socks port 0\n"
        )
    }

    #[test]
    fn manual_settings() {
        let settings = parse(&listing("manual", ""));
        let seen: Vec<_> =
            settings.proxies.iter().map(|p| (p.applies_to.as_str(), p.proxy.host.as_str(), p.proxy.port)).collect();
        assert_eq!(seen, [("http", "proxy.example.test", 3128), ("https", "192.0.2.8", 3129)]);
        assert!(settings.proxies[0].proxy.has_credentials && !settings.proxies[1].proxy.has_credentials);
        assert_eq!(settings.proxies[0].bypass, ["localhost", "127.0.0.0/8", "::1"]);
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn automatic_settings() {
        let settings = parse(&listing("auto", "http://wpad.example.test/proxy.pac"));
        assert!(settings.proxies.is_empty());
        assert_eq!(settings.pac[0].url, "http://wpad.example.test/proxy.pac");
        let settings = parse(&listing("auto", ""));
        assert!(settings.pac.is_empty() && settings.read_from.iter().any(|text| text.contains("WPAD")));
    }

    #[test]
    fn switched_off() {
        let settings = parse(&listing("none", "http://wpad.example.test/proxy.pac"));
        assert!(settings.proxies.is_empty() && settings.pac.is_empty());
    }

    #[test]
    fn variants() {
        assert_eq!(strings("@as []"), Vec::<String>::new());
        assert_eq!(strings(r#"['a\'b', "c"]"#), ["a'b", "c"]);
    }

    proptest! {
        #[test]
        fn any_listing_is_read(text in "(org.gnome.system.proxy|[.]http|[.]socks| |host|port|mode|'manual'|'auto'|[0-9]{0,6}|\n|\\PC{0,6}){0,40}") {
            parse(&text);
        }
    }
}
