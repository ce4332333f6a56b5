//! KDE's settings: the file `kioslaverc`, group `[Proxy Settings]`.

use std::collections::HashMap;

use netmend_model::facts::{PacSetting, ProxySetting, ProxySettings, ProxySource};

use super::setting;

/// Reads the file. `ProxyType` (kprotocolmanager.h): 0 none, 1 manual, 2 PAC, 3 WPAD, 4 environment.
pub(super) fn parse(text: &str) -> ProxySettings {
    let group = group(text);
    let value = |key: &str| group.get(key).copied().unwrap_or_default();
    let mut settings = super::nothing("KDE settings (kioslaverc)");
    match value("ProxyType") {
        "1" => settings.proxies = manual(&group),
        "2" => match setting::pac_url(value("Proxy Config Script")) {
            Some(url) => settings.pac.push(PacSetting { source: ProxySource::Kde, url }),
            None => settings.read_from.push("KDE settings: automatic, without an address".to_owned()),
        },
        "3" => settings.read_from.push("KDE settings: automatic discovery (WPAD)".to_owned()),
        "4" => settings.read_from.push("KDE settings: those of the environment".to_owned()),
        _ => {}
    }
    settings
}

/// The keys of `[Proxy Settings]`; group and keys may carry marks such as `[$i]`.
fn group(text: &str) -> HashMap<&str, &str> {
    let mut keys = HashMap::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = matches!(line, "[Proxy Settings]" | "[Proxy Settings][$i]");
        } else if let (true, Some((key, value))) = (inside, line.split_once('=')) {
            keys.insert(key.split('[').next().unwrap_or(key).trim(), value.trim());
        }
    }
    keys
}

fn manual(group: &HashMap<&str, &str>) -> Vec<ProxySetting> {
    let keys = [("httpProxy", "http"), ("httpsProxy", "https"), ("socksProxy", "all")];
    // With ReversedException the list names the hosts that alone use the proxy: not what `bypass` says.
    let reversed = group.get("ReversedException").is_some_and(|value| *value == "true");
    let exceptions = group.get("NoProxyFor").filter(|_| !reversed);
    let bypass = exceptions.map(|hosts| setting::bypass(hosts)).unwrap_or_default();
    let proxy = |(key, applies_to): (&str, &str)| {
        Some(ProxySetting {
            source: ProxySource::Kde,
            setting: key.to_owned(),
            applies_to: applies_to.to_owned(),
            proxy: setting::endpoint(&with_colon(group.get(key)?))?,
            bypass: bypass.clone(),
        })
    };
    keys.into_iter().filter_map(proxy).collect()
}

/// KDE writes `http://proxy.example.test 3128`.
fn with_colon(value: &str) -> String {
    match value.trim().rsplit_once(' ') {
        Some((address, port)) => format!("{}:{port}", address.trim().trim_end_matches('/')),
        None => value.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use netmend_model::facts::ProxyScheme;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn manual_settings() {
        let text = "PersistentProxyConnection=false\n[$Version]\nupdate_info=x\n\n[Proxy Settings][Sub]\nProxyType=2\n\n[Proxy Settings][$i]\nNoProxyFor=localhost,.example.test\nProxyType[$i]=1\nReversedException=false\nhttpProxy=http://proxy.example.test 3128\nhttpsProxy=http://me:hunter2@proxy.example.test:3129\nsocksProxy=socks://192.0.2.8 1080\n[Other]\nProxyType=0\n";
        let settings = parse(text);
        let seen: Vec<_> = settings.proxies.iter().map(|p| (p.proxy.scheme, p.proxy.port)).collect();
        assert_eq!(seen, [(ProxyScheme::Http, 3128), (ProxyScheme::Http, 3129), (ProxyScheme::Socks5, 1080)]);
        assert_eq!(settings.proxies[0].bypass, ["localhost", ".example.test"]);
        assert!(settings.proxies[1].proxy.has_credentials && !format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn other_types() {
        let of = |kind: &str| {
            parse(&format!(
                "[Proxy Settings]\nProxyType={kind}\nProxy Config Script=http://wpad.example.test/p.pac\nhttpProxy=http://192.0.2.8 1\n"
            ))
        };
        assert_eq!(of("2").pac[0].url, "http://wpad.example.test/p.pac");
        assert!(of("0").pac.is_empty() && of("0").proxies.is_empty());
        assert!(of("3").read_from.iter().any(|text| text.contains("WPAD")));
        assert_eq!(of("4").read_from.len(), 2);
    }

    proptest! {
        #[test]
        fn any_file_is_read(text in "(\\[Proxy Settings\\]|ProxyType=1|httpProxy=|http://| |[0-9]{0,6}|\n|\\PC{0,6}){0,40}") {
            parse(&text);
        }
    }
}
