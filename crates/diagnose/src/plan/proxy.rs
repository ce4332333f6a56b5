//! Which proxies to try.

use netmend_model::facts::{ProxyEndpoint, ProxyScheme};
use netmend_model::{Request, Why};

use super::Plan;
use crate::signs::{applicable_proxies, proxy_request};

pub(super) fn wish(plan: &mut Plan<'_>) {
    let (Some(target), Some(settings)) = (plan.view.target(), plan.view.proxy_settings()) else { return };
    if plan.view.target_is_own() {
        return;
    }
    for setting in applicable_proxies(&settings.data.proxies, target).into_iter().take(3) {
        plan.want(proxy_request(setting, target), Why::Goal);
    }
    let for_url = super::exchange::url(target, target.ports().first().copied().unwrap_or(443));
    for pac in settings.data.pac.iter().take(2) {
        plan.want(Request::Pac { url: pac.url.clone(), for_url: for_url.clone() }, Why::Goal);
    }
    let results: Vec<String> = plan.view.pacs().filter_map(|seen| seen.data.result.clone()).collect();
    for proxy in results.iter().flat_map(|result| proxies_of(result)).take(3) {
        let port = target.ports().first().copied().unwrap_or(443);
        plan.want(Request::Proxy { proxy, host: target.host.clone(), port, expect: target.expect }, Why::Goal);
    }
}

/// The proxies that a PAC result names, such as `PROXY a.example:8080; SOCKS5 b.example:1080; DIRECT`.
fn proxies_of(result: &str) -> Vec<ProxyEndpoint> {
    result.split(';').filter_map(|entry| proxy_of(entry.trim())).collect()
}

fn proxy_of(entry: &str) -> Option<ProxyEndpoint> {
    let (word, place) = entry.split_once(char::is_whitespace)?;
    let scheme = match word.to_ascii_uppercase().as_str() {
        "PROXY" | "HTTP" => ProxyScheme::Http,
        "HTTPS" => ProxyScheme::Https,
        "SOCKS" | "SOCKS4" => ProxyScheme::Socks4,
        "SOCKS5" => ProxyScheme::Socks5,
        _ => return None,
    };
    let (host, port) = place.trim().rsplit_once(':')?;
    let host = host.trim_matches(['[', ']']);
    (!host.is_empty()).then_some(())?;
    Some(ProxyEndpoint { scheme, host: host.to_owned(), port: port.parse().ok()?, has_credentials: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pac_results_name_proxies_in_order() {
        let found = proxies_of("PROXY a.example:8080; SOCKS5 [2001:db8::1]:1080 ; DIRECT; PROXY broken");
        let places: Vec<_> = found.iter().map(|proxy| (proxy.host.as_str(), proxy.port)).collect();
        assert_eq!(places, [("a.example", 8080), ("2001:db8::1", 1080)]);
    }
}
