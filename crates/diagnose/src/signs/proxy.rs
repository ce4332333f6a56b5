//! Configured proxies.

use netmend_model::facts::{ProxyScheme, ProxySetting, ProxySource};
use netmend_model::net::{ExchangeEnd, ProxyConnect};
use netmend_model::{Request, SymptomKind, Target};

use super::{Sign, Signs};
use crate::view::{Seen, View};

pub(super) fn read(view: View<'_>, signs: &mut Signs) {
    let Some(target) = view.target() else { return };
    if let Some(settings) = view.proxy_settings() {
        let fitting = applicable(&settings.data.proxies, target);
        let configured = !fitting.is_empty() || !settings.data.pac.is_empty();
        signs.note(Sign::ProxyConfigured, configured, [settings.id()]);
        if configured {
            let environment = settings.data.pac.is_empty()
                && fitting.iter().all(|setting| setting.source == ProxySource::Environment)
                && !symptom_is_direct(view);
            signs.note(Sign::ProxyFromEnvironmentOnly, environment, [settings.id()]);
        }
    }
    for seen in view.pacs() {
        let fetched =
            seen.data.end == ExchangeEnd::Answered && seen.data.status.is_none_or(|s| (200..300).contains(&s));
        // A system that cannot evaluate such files here says nothing about the file.
        let faulty = seen.data.error.as_ref().is_some_and(|error| !error.starts_with("not evaluated"));
        let failed = !fetched || faulty;
        signs.note(Sign::PacUnavailable, failed, [seen.id()]);
    }
    for seen in view.proxies() {
        reply(&seen, signs);
    }
}

/// Whether the pasted message shows that a direct connection failed.
fn symptom_is_direct(view: View<'_>) -> bool {
    view.case.symptom.as_ref().is_some_and(|symptom| {
        symptom.proxied != Some(true)
            && matches!(
                symptom.kind,
                SymptomKind::ConnectTimeout
                    | SymptomKind::ConnectRefused
                    | SymptomKind::HostUnreachable
                    | SymptomKind::NetworkUnreachable
                    | SymptomKind::ConnectionReset
            )
    })
}

/// The settings that programs would apply to this target: the scheme fits, and the bypass list does not name it.
pub(crate) fn applicable<'a>(settings: &'a [ProxySetting], target: &Target) -> Vec<&'a ProxySetting> {
    let scheme = match (&target.scheme, target.expect.is_tls()) {
        (Some(scheme), _) => scheme.clone(),
        (None, true) => "https".into(),
        (None, false) => {
            if target.port == Some(80) {
                "http".into()
            } else {
                "https".into()
            }
        }
    };
    settings
        .iter()
        .filter(|setting| setting.applies_to == "all" || setting.applies_to == scheme)
        .filter(|setting| !setting.bypass.iter().any(|entry| bypasses(entry, target)))
        .collect()
}

/// Whether an entry of a bypass list names the target: `*`, a name, `.suffix`, `*.suffix`, an address or a prefix, each with an
/// optional port (curl's and GNOME's common ground).
fn bypasses(entry: &str, target: &Target) -> bool {
    let entry = entry.trim().to_ascii_lowercase();
    if entry == "*" {
        return true;
    }
    if let (Ok(prefix), Some(address)) = (entry.parse::<ipnet::IpNet>(), target.address) {
        return prefix.contains(&address);
    }
    let (name, port) = match entry.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') && port.parse::<u16>().is_ok() => {
            (name.to_owned(), port.parse().ok())
        }
        _ => (entry, None),
    };
    if port.is_some() && port != target.port {
        return false;
    }
    let suffix = name.trim_start_matches('*').trim_start_matches('.');
    !suffix.is_empty() && (target.host == suffix || target.host.ends_with(&format!(".{suffix}")))
}

fn reply(seen: &Seen<'_, ProxyConnect>, signs: &mut Signs) {
    let data = seen.data;
    let unresolved = data.lookup.as_ref().is_some_and(|lookup| lookup.addresses.is_empty());
    signs.note(Sign::ProxyNameUnresolved, unresolved, [seen.id()]);
    if unresolved {
        return;
    }
    let down = matches!(data.end, ExchangeEnd::NotConnected { .. })
        || (data.status.is_none()
            && matches!(data.end, ExchangeEnd::Silent | ExchangeEnd::Closed | ExchangeEnd::Reset));
    signs.note(Sign::ProxyDown, down, [seen.id()]);
    if let Some(status) = data.status {
        let answer = answer(seen.request(), status);
        let granted = answer == Answer::Granted;
        signs.note(Sign::ProxyAsksAuth, answer == Answer::AsksAuth, [seen.id()]);
        signs.note(Sign::ProxyDenies, answer == Answer::Denies, [seen.id()]);
        let upstream = answer == Answer::UpstreamFails || (granted && data.target_answered == Some(false));
        signs.note(Sign::ProxyUpstreamFails, upstream, [seen.id()]);
        signs.note(Sign::ProxyWorks, granted && data.target_answered != Some(false), [seen.id()]);
    }
}

/// What a proxy says to the wish for a tunnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Granted,
    AsksAuth,
    Denies,
    UpstreamFails,
    Other,
}

/// HTTP's status (RFC 9110), SOCKS 5's reply (RFC 1928, 6) or SOCKS 4's, by the kind of proxy.
fn answer(request: &Request, status: u16) -> Answer {
    let Request::Proxy { proxy, .. } = request else { return Answer::Other };
    match (proxy.scheme, status) {
        (ProxyScheme::Http | ProxyScheme::Https, 200..=299) | (ProxyScheme::Socks5, 0) | (ProxyScheme::Socks4, 90) => {
            Answer::Granted
        }
        (ProxyScheme::Http | ProxyScheme::Https, 407) | (ProxyScheme::Socks5, 255) | (ProxyScheme::Socks4, 92 | 93) => {
            Answer::AsksAuth
        }
        (ProxyScheme::Http | ProxyScheme::Https, 403 | 405 | 451) | (ProxyScheme::Socks5, 2) => Answer::Denies,
        (ProxyScheme::Http | ProxyScheme::Https, 502..=504)
        | (ProxyScheme::Socks5, 1 | 3..=6)
        | (ProxyScheme::Socks4, 91) => Answer::UpstreamFails,
        _ => Answer::Other,
    }
}

/// The request that tries a proxy for this target.
pub(crate) fn request(setting: &ProxySetting, target: &Target) -> Request {
    Request::Proxy {
        proxy: setting.proxy.clone(),
        host: target.host.clone(),
        port: target.ports().first().copied().unwrap_or(443),
        expect: target.expect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use netmend_model::Protocol;

    fn target(host: &str) -> Target {
        Target {
            asked: host.into(),
            host: host.into(),
            address: host.parse().ok(),
            port: Some(443),
            scheme: Some("https".into()),
            path: String::new(),
            expect: Protocol::Https,
        }
    }

    #[test]
    fn bypass_lists_name_targets_in_every_usual_form() {
        let name = target("api.corp.example");
        for entry in ["*", "api.corp.example", ".corp.example", "*.corp.example", "corp.example", "CORP.example:443"] {
            assert!(bypasses(entry, &name), "{entry}");
        }
        for entry in ["", "other.example", "orp.example", "corp.example:80", "192.0.2.0/24"] {
            assert!(!bypasses(entry, &name), "{entry}");
        }
        assert!(bypasses("192.0.2.0/24", &target("192.0.2.7")));
    }
}
