//! The address of a proxy, as people write it.

use netmend_model::facts::{ProxyEndpoint, ProxyScheme};

/// Parses `http://user:secret@proxy.example.test:3128/`, `proxy.example.test:3128`, `[2001:db8::1]:3128`, `socks5h://…`.
///
/// Without a scheme it is an HTTP proxy; without a port the scheme's own (RFC 9110, 4.2; 1080 for SOCKS).
/// User name and password are dropped here and stand nowhere else.
pub(super) fn endpoint(text: &str) -> Option<ProxyEndpoint> {
    let (scheme, rest) = match text.trim().split_once("://") {
        Some((scheme, rest)) => (scheme_of(scheme)?, rest),
        None => (ProxyScheme::Http, text.trim()),
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    // A password may hold an `@`.
    let (has_credentials, authority) = match authority.rsplit_once('@') {
        Some((_, authority)) => (true, authority),
        None => (false, authority),
    };
    let (host, port) = host_and_port(authority)?;
    let port = port.unwrap_or_else(|| default_port(scheme));
    (port != 0).then_some(ProxyEndpoint { scheme, host, port, has_credentials })
}

fn scheme_of(name: &str) -> Option<ProxyScheme> {
    match name.to_ascii_lowercase().as_str() {
        "http" => Some(ProxyScheme::Http),
        "https" => Some(ProxyScheme::Https),
        "socks4" | "socks4a" => Some(ProxyScheme::Socks4),
        "socks" | "socks5" | "socks5h" => Some(ProxyScheme::Socks5),
        _ => None,
    }
}

fn default_port(scheme: ProxyScheme) -> u16 {
    match scheme {
        ProxyScheme::Http => 80,
        ProxyScheme::Https => 443,
        ProxyScheme::Socks4 | ProxyScheme::Socks5 => 1080,
    }
}

fn host_and_port(authority: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        host.split('%').next()?.parse::<std::net::Ipv6Addr>().ok()?;
        (host, port.strip_prefix(':').or_else(|| port.is_empty().then_some("")))
    } else {
        match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, Some("")),
        }
    };
    let port = match port? {
        "" => None,
        digits => Some(digits.parse().ok()?),
    };
    let legal =
        !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\$".contains(c));
    legal.then(|| (host.to_lowercase(), port))
}

/// The parts of a bypass list: comma, semicolon or blank between them.
pub(super) fn bypass(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The address of an auto-configuration file without user name and password; `None` when it is no URL.
#[cfg(any(target_os = "linux", test))]
pub(super) fn pac_url(text: &str) -> Option<String> {
    let (scheme, rest) = text.trim().split_once("://")?;
    let known = ["http", "https", "file", "data"].iter().any(|name| scheme.eq_ignore_ascii_case(name));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    (known && !(host.is_empty() && path.is_empty())).then(|| format!("{scheme}://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(text: &str) -> Option<(ProxyScheme, String, u16, bool)> {
        endpoint(text).map(|e| (e.scheme, e.host, e.port, e.has_credentials))
    }

    #[test]
    fn the_ways_to_write_a_proxy() {
        let http = ProxyScheme::Http;
        let cases = [
            ("http://proxy.example.test:3128", Some((http, "proxy.example.test", 3128, false))),
            ("proxy.example.test:3128", Some((http, "proxy.example.test", 3128, false))),
            ("http://Proxy.Example.test:3128/", Some((http, "proxy.example.test", 3128, false))),
            ("http://192.0.2.8", Some((http, "192.0.2.8", 80, false))),
            ("https://proxy.example.test", Some((ProxyScheme::Https, "proxy.example.test", 443, false))),
            ("socks5h://proxy.example.test", Some((ProxyScheme::Socks5, "proxy.example.test", 1080, false))),
            ("http://me:se@cret@proxy.example.test:8080", Some((http, "proxy.example.test", 8080, true))),
            ("[2001:db8::8]:3128", Some((http, "2001:db8::8", 3128, false))),
            ("http://[2001:db8::8]", Some((http, "2001:db8::8", 80, false))),
            ("http://proxy:port", None),
            ("http://proxy:70000", None),
            ("http://proxy:0", None),
            ("http://", None),
            ("", None),
            ("quic://proxy:1", None),
            ("http://[::1", None),
            ("a b:80", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(s, h, p, c)| (s, h.to_owned(), p, c));
            assert_eq!(seen(text), expected, "{text}");
        }
    }

    #[test]
    fn bypass_lists() {
        assert_eq!(
            bypass("localhost,127.0.0.1, .example.test  *.local;"),
            ["localhost", "127.0.0.1", ".example.test", "*.local"]
        );
        assert!(bypass(" , ").is_empty());
    }

    #[test]
    fn pac_addresses_lose_their_credentials() {
        assert_eq!(
            pac_url("http://me:x@wpad.example.test/wpad.dat").as_deref(),
            Some("http://wpad.example.test/wpad.dat")
        );
        assert_eq!(pac_url("file:///etc/proxy.pac").as_deref(), Some("file:///etc/proxy.pac"));
        assert_eq!(pac_url("proxy.pac"), None);
        assert_eq!(pac_url("http://"), None);
    }

    proptest! {
        #[test]
        fn secrets_never_come_through(user in "[a-z]{1,8}", secret in "[A-Z0-9@:]{6,12}", port in 1_u16..) {
            let endpoint = endpoint(&format!("http://{user}:{secret}@proxy.example.test:{port}")).unwrap();
            prop_assert!(endpoint.has_credentials);
            prop_assert_eq!((endpoint.host.as_str(), endpoint.port), ("proxy.example.test", port));
        }

        #[test]
        fn any_text_parses(text in "(?s).{0,80}") {
            endpoint(&text);
            pac_url(&text);
            bypass(&text);
        }
    }
}
