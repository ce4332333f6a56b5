use proptest::prelude::*;

use super::*;

fn read(text: &str) -> (String, Option<u16>, Protocol) {
    let target = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    (target.host, target.port, target.expect)
}

#[test]
fn a_bare_host_is_what_a_browser_would_open() {
    assert_eq!(read("example.test"), ("example.test".into(), None, Protocol::Https));
    assert_eq!(read("  Example.TEST.  "), ("example.test".into(), None, Protocol::Https));
    assert_eq!(parse("example.test").unwrap().ports(), [443, 80]);
    assert_eq!(read("192.0.2.7").0, "192.0.2.7");
}

#[test]
fn the_port_tells_what_to_expect() {
    assert_eq!(read("db.example.test:5432"), ("db.example.test".into(), Some(5432), Protocol::Postgres));
    assert_eq!(read("api.example.test:8443").2, Protocol::Https);
    assert_eq!(read("example.test:7777").2, Protocol::Tcp);
}

#[test]
fn ipv6_is_read_with_and_without_brackets() {
    assert_eq!(read("[2001:db8::1]:443"), ("2001:db8::1".into(), Some(443), Protocol::Https));
    assert_eq!(read("2001:DB8:0::1").0, "2001:db8::1");
    assert_eq!(read("https://[2001:db8::1]/x").1, Some(443));
    assert_eq!(parse("::1").unwrap().address, Some("::1".parse().unwrap()));
}

#[test]
fn the_scheme_tells_port_and_protocol() {
    for (text, port, protocol) in [
        ("http://example.test", 80, Protocol::Http),
        ("https://example.test", 443, Protocol::Https),
        ("wss://example.test/socket", 443, Protocol::Https),
        ("ssh://git@example.test/x.git", 22, Protocol::Ssh),
        ("postgresql://u:p@example.test/db", 5432, Protocol::Postgres),
        ("jdbc:mysql://example.test/db", 3306, Protocol::Mysql),
        ("rediss://example.test", 6379, Protocol::Tls),
        ("imaps://example.test", 993, Protocol::Tls),
        ("mongodb://example.test", 27017, Protocol::Mongodb),
        ("HTTPS://example.test:8443/", 8443, Protocol::Https),
        ("http://example.test:/", 80, Protocol::Http),
    ] {
        assert_eq!(read(text), ("example.test".into(), Some(port), protocol), "{text}");
    }
    assert_eq!(read("tcp://example.test:99").1, Some(99));
}

#[test]
fn path_and_query_are_kept_for_http_alone() {
    let target = parse("https://example.test/a b?q=1#top").unwrap();
    assert_eq!(target.path, "/a%20b?q=1");
    assert_eq!(parse("https://example.test?q").unwrap().path, "/?q");
    assert_eq!(parse("example.test/status").unwrap().path, "/status");
    assert_eq!(parse("http://example.test/\u{e9}\r\nX: y").unwrap().path, "/%C3%A9%0D%0AX:%20y");
    assert_eq!(parse("mongodb://example.test/?authSource=admin").unwrap().path, "");
}

#[test]
fn credentials_never_survive() {
    for text in [
        "https://alice:s3cret@example.test/x",
        "alice:s3cret@example.test:443",
        "postgres://alice:s3cr@et@example.test/db",
        "git@example.test:group/project.git",
    ] {
        let target = parse(text).unwrap();
        assert_eq!(target.host, "example.test", "{text}");
        let shown = format!("{target:?}");
        assert!(!shown.contains("s3cr") && !shown.contains("alice"), "{shown}");
    }
    assert_eq!(read("git@example.test:group/project.git").1, Some(22));
    let error = parse("https://alice:s3cret@/x").unwrap_err();
    assert!(!error.to_string().contains("s3cret"), "{error}");
}

#[test]
fn international_names_become_a_labels() {
    assert_eq!(read("https://bücher.example/").0, "xn--bcher-kva.example");
}

#[test]
fn each_mistake_has_its_own_sentence() {
    for (text, code) in [
        ("", "empty"),
        ("  ", "empty"),
        ("http://", "no_host"),
        ("https:///path", "no_host"),
        (":443", "no_host"),
        ("example.test:70000", "port_range"),
        ("example.test:0", "port_range"),
        ("example.test:99999999999999999999", "port_range"),
        ("example.test:abc", "port_not_number"),
        ("example.test:", "port_not_number"),
        ("example.test:-1", "port_not_number"),
        ("exa mple.test", "host"),
        ("exam<b>ple", "host"),
        ("a..b", "host"),
        ("1.2.3.4.5", "ipv4"),
        ("256.1.1.1", "ipv4"),
        ("[::1", "ipv6"),
        ("[]:80", "ipv6"),
        ("[::1]80", "ipv6"),
        ("1:2:3", "ipv6"),
        ("[fe80::1%eth0]:80", "zone"),
        ("gopherx://example.test", "unknown_scheme"),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.code(), code, "{text}: {error}");
        assert!(error.to_string().ends_with('.'), "{error}");
    }
    assert_eq!(parse(&"a".repeat(9000)).unwrap_err().code(), "too_long");
    assert_eq!(parse(&"a".repeat(64)).unwrap_err().code(), "host");
}

#[test]
fn a_symptom_gives_its_target_with_the_address_as_a_hint() {
    let text = "java.net.ConnectException: Connection timed out: getsockopt: api.example.test/203.0.113.10:8443";
    let target = target_of(&crate::symptom::parse(text)).unwrap();
    assert_eq!((target.host.as_str(), target.port), ("api.example.test", Some(8443)));
    assert_eq!(target.address, Some("203.0.113.10".parse().unwrap()));
    assert!(target_of(&crate::symptom::parse("connect ECONNREFUSED ::1:27017")).is_some_and(|t| t.host == "::1"));
    assert!(target_of(&crate::symptom::parse("listen EADDRINUSE: address already in use :::3000")).is_none());
    assert!(target_of(&crate::symptom::parse("Connection refused")).is_none());
}

proptest! {
    #[test]
    fn never_panics_and_keeps_what_it_read(text in "\\PC{0,60}") {
        if let Ok(target) = parse(&text) {
            prop_assert!(!target.host.is_empty());
            let again = if target.host.contains(':') { format!("[{}]", target.host) } else { target.host.clone() };
            prop_assert_eq!(parse(&again).unwrap().host, target.host);
        }
    }

    #[test]
    fn any_valid_port_is_kept(port in 1u16..) {
        let read = parse(&format!("example.test:{port}")).unwrap();
        prop_assert_eq!(read.port, Some(port));
    }
}
