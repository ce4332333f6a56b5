use netmend_model::SymptomKind;
use proptest::prelude::*;

use super::*;

/// Kind, host, address and port as in `messages.txt`.
fn told(text: &str) -> [String; 4] {
    let symptom = parse(text);
    let kind = serde_json::to_value(symptom.kind).unwrap().as_str().unwrap().to_owned();
    let port = symptom.port.map(|port| port.to_string()).unwrap_or_default();
    [kind, symptom.host.unwrap_or_default(), symptom.ip.unwrap_or_default(), port]
}

#[test]
fn every_message_is_understood() {
    let lines = include_str!("messages.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut misread = Vec::new();
    for line in lines {
        let fields: Vec<_> = line.splitn(5, '|').collect();
        let [expected @ .., text] = fields.as_slice() else { panic!("{line}") };
        let said = told(&text.replace("\\n", "\n"));
        if said != expected {
            misread.push(format!("{said:?} instead of {expected:?}: {text}"));
        }
    }
    assert!(misread.is_empty(), "{}", misread.join("\n"));
}

#[test]
fn a_message_reads_the_same_however_it_was_pasted() {
    let plain = "dial tcp 203.0.113.10:8443: connect: connection refused";
    let expected = told(plain);
    assert_eq!(expected, ["connect_refused", "", "203.0.113.10", "8443"]);
    for text in [
        "\u{1b}[31mdial tcp 203.0.113.10:8443:\u{1b}[0m connect: connection refused",
        "dial tcp\n  203.0.113.10:8443: connect:\n  connection\n  refused",
        "> dial tcp 203.0.113.10:8443: connect:\r\n> connection refused",
        "```\ndial tcp 203.0.113.10:8443: connect: connection refused\n```",
        r#"{"level":"error","msg":"\"dial tcp 203.0.113.10:8443: connect: connection refused\"\n"}"#,
        "DIAL TCP 203.0.113.10:8443: CONNECT: CONNECTION REFUSED",
        "dial tcp [203.0.113.10]:8443: connect: connection refused",
        "dial tcp 10.0.0.2:51234->203.0.113.10:8443: connect: connection refused",
    ] {
        assert_eq!(told(text), expected, "{text:?}");
    }
}

#[test]
fn credentials_never_survive() {
    for text in [
        "connect ECONNREFUSED postgres://svc:hunter2@db.example.test:5432/app",
        "https://svc:hunter2@db.example.test/x: connection timed out",
        "amqp://svc:hun/ter2@db.example.test:5672: connection refused",
        "redis://:hunter2@db.example.test:6379 connection reset by peer",
        "jdbc:mysql://svc:hunter2@db.example.test:3306/app?password=hunter2 Connection refused",
        "mongodb://svc:hunter2@db.example.test:27017,db2.example.test:27017/x connection timed out",
    ] {
        let symptom = parse(text);
        assert_eq!(symptom.host.as_deref(), Some("db.example.test"), "{text}");
        let shown = format!("{symptom:?}");
        assert!(!shown.contains("hun") && !shown.contains("svc"), "{shown}");
    }
}

#[test]
fn parts_of_others_are_not_the_peer() {
    let client = "connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.7, \
                  server: shop.example.test, request: \"GET / HTTP/1.1\", upstream: \"http://198.51.100.4:8080/\"";
    assert_eq!(told(client), ["gateway_upstream_refused", "", "198.51.100.4", "8080"]);
    let resolver = parse("dial tcp: lookup api.example.test on 192.0.2.53:53: no such host");
    assert_eq!((resolver.ip, resolver.port), (None, None));
    assert_eq!(resolver.resolver.as_deref(), Some("192.0.2.53:53"));
    let proxied = parse("request to https://api.example.test/ failed: net::ERR_PROXY_CONNECTION_FAILED");
    assert_eq!((proxied.host, proxied.proxied), (None, Some(true)));
    let bound = parse("listen tcp 127.0.0.1:8080: bind: address already in use");
    assert_eq!(bound.local.as_deref(), Some("127.0.0.1:8080"));
}

#[test]
fn codes_are_kept_as_printed() {
    for (text, code) in [
        ("connect ECONNREFUSED 192.0.2.1:80", "ECONNREFUSED"),
        ("getaddrinfo EAI_AGAIN api.example.test", "EAI_AGAIN"),
        ("[WinError 10060] the connected party did not properly respond after a period of time", "10060"),
        ("curl: (28) Connection timed out after 5000 milliseconds", "curl 28"),
        ("net::ERR_CONNECTION_RESET", "ERR_CONNECTION_RESET"),
        ("HTTP/1.1 502 Bad Gateway", "HTTP 502"),
        ("WSAETIMEDOUT", "WSAETIMEDOUT"),
    ] {
        assert_eq!(parse(text).error_code.as_deref(), Some(code), "{text}");
    }
    assert_eq!(parse("Connection refused").error_code, None);
}

#[test]
fn the_cause_counts_and_not_what_follows_from_it() {
    let text = "org.example.ServiceException: could not connect\nCaused by: java.lang.RuntimeException: request timed out\n\
                Caused by: java.net.UnknownHostException: api.example.test: Name or service not known";
    assert_eq!(told(text), ["dns_nxdomain", "api.example.test", "", ""]);
}

#[test]
fn in_a_long_log_the_last_failure_counts() {
    let noise = "12:00:00 INFO request served in 12 ms\n".repeat(3000);
    let text =
        format!("connect ECONNREFUSED 192.0.2.1:80\n{noise}dial tcp 192.0.2.2:443: connect: no route to host\n{noise}");
    assert_eq!(told(&text), ["host_unreachable", "", "192.0.2.2", "443"]);
    assert_eq!(parse(&noise).kind, SymptomKind::UnknownNotNetwork);
}

#[test]
fn a_failure_at_a_window_edge_is_found() {
    let message = "connect ECONNREFUSED 192.0.2.1:8080";
    for shift in (0..WINDOW + OVERLAP).step_by(4099) {
        let text = format!("{}{message}{}", "x ".repeat(WINDOW), "y".repeat(shift));
        assert_eq!(parse(&text).kind, SymptomKind::ConnectRefused, "{shift}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        parse(&String::from_utf8_lossy(&bytes));
    }

    /// Pieces of real messages in any order reach further into the reader than noise does.
    #[test]
    fn any_mixture_of_pieces_is_read_without_a_panic(
        pieces in proptest::collection::vec(prop_oneof![
            Just("connect to host "), Just("lookup "), Just(" on "), Just("["), Just("]"), Just("::"), Just("->"),
            Just("://"), Just("https://"), Just("@"), Just(":443"), Just(" port 22"), Just("(port "), Just("192.0.2.1"),
            Just("2001:db8::1"), Just("%eth0"), Just("\u{e9}"), Just("目标"), Just("'"), Just("\""), Just("*"), Just("<"),
            Just("sa_family="), Just("htons("), Just("inet_addr(\""), Just("}"), Just("\\u00"), Just("\u{1b}["), Just(" "),
            Just("\n"), Just("connection refused"), Just("timed out"), Just("errno "), Just("-"), Just("99999999999"),
            Just("after "), Just("[IP: "), Just("port"), Just("RemoteAddress : "), Just("\\"), Just("&#"), Just("www.a.b"),
        ], 0..60)
    ) {
        let text = pieces.concat();
        let symptom = parse(&text);
        prop_assert!(symptom.host.as_ref().is_none_or(|host| host.len() <= 300));
        prop_assert!(symptom.ip.as_ref().is_none_or(|ip| ip.parse::<std::net::IpAddr>().is_ok()));
        prop_assert!(symptom.port != Some(0));
    }

    #[test]
    fn secrets_in_urls_never_survive(secret in "[a-z0-9!$/#?%:]{8,16}", scheme in "(https|postgres|redis|amqp)") {
        let text = format!("{scheme}://user:Q{secret}@db.example.test:9999/x: connection refused");
        let shown = format!("{:?}", parse(&text));
        prop_assert!(!shown.contains(&secret), "{shown}");
    }
}
