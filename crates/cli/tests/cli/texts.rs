//! Messages and causes: what is read and what is explained.

use std::time::{Duration, Instant};

use netmend_model::CauseId;
use serde_json::Value;

use crate::support::{Place, json, stderr, stdout};

#[test]
fn a_message_gives_exactly_the_keys_of_the_contract() {
    let place = Place::new();
    let text = "java.net.ConnectException: Connection timed out: getsockopt: api.example.test/203.0.113.10:8443";
    let symptom = json(&stdout(&place.netmend(["symptom", "--json", text]).assert().code(0).stderr("")));
    let mut keys: Vec<_> = symptom.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    let mut contract =
        ["kind", "alternatives", "host", "ip", "port", "runtime", "proxied", "resolver", "local", "error_code"];
    contract.sort_unstable();
    assert_eq!(keys, contract);
    assert_eq!(symptom["kind"], "connect_timeout");
    assert_eq!(symptom["host"], "api.example.test");
    assert_eq!(symptom["ip"], "203.0.113.10");
    assert_eq!(symptom["port"], 8443);
    assert_eq!(symptom["proxied"], Value::Null);
    assert!(symptom["alternatives"].is_array());
}

#[test]
fn for_people_only_what_the_message_says_is_listed() {
    let assert = Place::new().netmend(["symptom", "connect ECONNREFUSED 203.0.113.10:5432"]).assert().code(0);
    let text = stdout(&assert);
    assert!(text.contains("connect_refused") && text.contains("203.0.113.10") && text.contains("5432"), "{text}");
    assert!(!text.contains("null") && !text.contains("host "), "{text}");
}

#[test]
fn a_huge_message_from_standard_input_is_read_quickly() {
    let mut text = "x".repeat(20 * 1024 * 1024);
    text.push_str("\nconnect ETIMEDOUT 203.0.113.10:5432\n");
    let began = Instant::now();
    let call =
        Place::new().netmend(["symptom", "--json", "-"]).write_stdin(text).timeout(Duration::from_mins(1)).assert();
    let symptom = json(&stdout(&call.code(0)));
    assert!(symptom["kind"].is_string());
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn a_message_that_is_no_utf_8_is_read_as_far_as_it_is() {
    let mut bytes = b"\xff\xfe\x00 garbage \xc3\x28\n".to_vec();
    bytes.extend_from_slice(b"connect ECONNREFUSED 203.0.113.10:5432\n\x80");
    let call = Place::new().netmend(["symptom", "--json", "-"]).write_stdin(bytes).assert().code(0);
    let symptom = json(&stdout(&call));
    assert_eq!((&symptom["kind"], &symptom["port"]), (&"connect_refused".into(), &5432.into()));
}

#[test]
fn hostile_messages_do_not_reach_the_terminal() {
    let text = "connect ECONNREFUSED 203.0.113.10:5432 \x1b]0;title\x07\u{202e}";
    let printed = stdout(&Place::new().netmend(["symptom", text]).assert().code(0));
    assert!(!printed.contains(['\x1b', '\x07', '\u{202e}']), "{printed:?}");
}

#[test]
fn every_cause_is_listed_and_explained() {
    let place = Place::new();
    let list = stdout(&place.netmend(["explain"]).assert().code(0).stderr(""));
    assert_eq!(list.lines().count(), CauseId::ALL.len());
    for cause in CauseId::ALL {
        assert!(list.lines().any(|line| line.split_whitespace().next() == Some(cause.id())), "{cause} is not listed");
        let text = stdout(&place.netmend(["explain", cause.id()]).assert().code(0).stderr(""));
        assert!(text.starts_with(cause.id()), "{text}");
        assert!(text.contains("What to do") && text.contains("1. ") && text.contains("   - "), "{cause}: {text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80 || !line.trim().contains(' ')), "{cause}: {text}");
        assert!(!text.contains("{ $") && !text.contains("cause-") && !text.contains("fix-"), "{cause}: {text}");
    }
}

#[test]
fn a_cause_that_is_none_is_answered_with_those_like_it() {
    let place = Place::new();
    let said = stderr(&place.netmend(["explain", "nonsense"]).assert().code(2).stdout(""));
    assert!(said.contains("no cause \"nonsense\"") && said.contains("netmend explain"), "{said}");
    for near in ["firewall.droped", "dropped", "dns.host_override"] {
        let said = stderr(&place.netmend(["explain", near]).assert().code(2));
        assert!(said.contains("Similar:"), "{near}: {said}");
    }
    place.netmend(["explain", "Firewall.Dropped"]).assert().code(0);
}
