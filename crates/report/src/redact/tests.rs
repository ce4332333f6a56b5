use std::collections::BTreeSet;

use netmend_model::Redaction::{None, Standard, Strict};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{Words, html, json as json_form, markdown, sample, schema, text};

/// The report in every form, so that nothing hides in one of them.
fn every_form(report: &Report) -> String {
    let (words, way) = (Words::new("en"), Vec::new());
    [
        json_form::render(report),
        html::render(report, &way, &words),
        markdown::render(report, &way, &words),
        text::render(report, &way, &words, text::Style { details: true, width: 10_000, ..text::Style::default() }),
    ]
    .join("\n")
}

/// The sample with everything that it does not have by itself.
fn rich() -> Report {
    let mut value = serde_json::to_value(sample::dropped()).unwrap();
    let observed = |kind: &str, data: Value| {
        let mut data = data;
        data["type"] = json!(kind);
        json!({"outcome": "observed", "data": data})
    };
    let request = json!({"kind": "http", "to": "203.0.113.10:8443", "url": "https://api.corp.example:8443/a?key=b",
        "via": "direct", "mss": null});
    let more = [
        observed(
            "http",
            json!({
                "end": {"end": "answered"}, "phases": {}, "status": 302, "tcp_info": null, "body_bytes": 3,
                "body_start": "<p>hello</p>",
                "headers": [["server", "nginx"], ["set-cookie", "sid=1"], ["location", "/login?ticket=7"],
                    ["x-forwarded-for", "203.0.113.99"]],
            }),
        ),
        observed(
            "firewall",
            json!({"backends": [{
                "name": "nftables", "active": true, "unreadable": null, "policies": [],
                "rules": [{"hook": "output", "chain": "inet filter output", "id": "7", "verdict": "drop", "protocol": "tcp",
                    "destinations": ["192.168.0.0/16", "10.0.0.0/8"], "destination_ports": [], "interface": null,
                    "user_id": null, "partly_understood": false, "packets": 3,
                    "text": "ip daddr 192.168.0.0/16 meta skuid \"alice\" drop # /home/alice/fw"}],
            }]}),
        ),
        observed(
            "hosts",
            json!({"path": "/etc/hosts", "order": ["files", "dns"],
            "entries": [{"line": 3, "address": "192.168.20.77", "names": ["intranet", "intranet.corp.example"]}]}),
        ),
        observed(
            "tls",
            json!({
                "end": {"end": "completed"}, "connect_ms": 1.0, "handshake_ms": 2.0, "version": "TLSv1.3", "cipher": null,
                "alpn": null, "name_matches": true, "trust_system": {"trust": "trusted"},
                "trust_public": {"trust": "not_checked"}, "client_certificate_requested": false, "checked_at_s": 0.0,
                "tcp_info": null,
                "chain": [{"subject": "CN=api.corp.example", "issuer": "CN=Example CA", "names": ["*.corp.example"],
                    "not_before_s": 0.0, "not_after_s": 1.0, "self_signed": false, "authority": false,
                    "sha256": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"}],
            }),
        ),
        observed(
            "proxy_settings",
            json!({"read_from": [], "pac": [],
            "proxies": [{"source": "environment", "setting": "https_proxy", "applies_to": "https",
                "proxy": {"scheme": "http", "host": "proxy.corp.example", "port": 3128, "has_credentials": true},
                "bypass": [".corp.example", "10.0.0.0/8", "localhost"]}]}),
        ),
    ];
    for (index, outcome) in more.into_iter().enumerate() {
        let mut evidence = json!({"id": format!("r{index}"), "probe": "x", "request": request, "why": "goal",
            "started_ms": 1.0, "elapsed_ms": 1.0});
        evidence.as_object_mut().unwrap().extend(outcome.as_object().unwrap().clone());
        value["evidence"].as_array_mut().unwrap().push(evidence);
    }
    serde_json::from_value(value).unwrap()
}

/// The paths of every text that the schema allows: free ones, and those of closed lists.
fn schema_paths() -> (BTreeSet<String>, BTreeSet<String>) {
    let schema = schema();
    let mut paths = (BTreeSet::new(), BTreeSet::new());
    collect(&schema, &schema, "", &mut Vec::new(), &mut paths);
    paths
}

type Paths = (BTreeSet<String>, BTreeSet<String>);

fn collect(root: &Value, schema: &Value, path: &str, within: &mut Vec<String>, paths: &mut Paths) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap().to_owned();
        assert!(!within.contains(&name), "{name} holds itself: the walk would not end");
        within.push(name.clone());
        collect(root, &root["$defs"][&name], path, within, paths);
        within.pop();
    }
    for combination in ["oneOf", "anyOf", "allOf"] {
        for part in schema[combination].as_array().into_iter().flatten() {
            collect(root, part, path, within, paths);
        }
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        collect(root, field, &path, within, paths);
    }
    if schema["additionalProperties"].is_object() {
        collect(root, &schema["additionalProperties"], &format!("{path}.*"), within, paths);
    }
    let items = schema["prefixItems"].as_array().into_iter().flatten().chain(Some(&schema["items"]));
    for item in items.filter(|item| item.is_object()) {
        collect(root, item, &format!("{path}[]"), within, paths);
    }
    let is_text = schema["type"] == "string" || schema["type"].as_array().is_some_and(|t| t.contains(&json!("string")));
    let is_code = schema.get("enum").is_some() || schema.get("const").is_some();
    if is_text {
        let paths = if is_code { &mut paths.1 } else { &mut paths.0 };
        paths.insert(class::shared(path).to_owned());
    }
}

#[test]
fn every_text_of_the_model_has_a_class_and_no_class_is_left_over() {
    let known: BTreeSet<_> = class::TABLE.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(known.len(), class::TABLE.len(), "a path stands twice");
    let (paths, closed) = schema_paths();
    for (path, class) in class::TABLE {
        let unsafe_mix = closed.contains(*path) && *class != class::Class::Code;
        assert!(!unsafe_mix, "{path} is a closed list elsewhere: a replaced word would not be read");
    }
    assert!(paths.len() > 100, "the schema was walked");
    let missing: Vec<_> = paths.difference(&known).collect();
    assert!(missing.is_empty(), "say in class.rs what these may tell: {missing:?}");
    let stale: Vec<_> = known.difference(&paths).collect();
    assert!(stale.is_empty(), "these are no longer in the model: {stale:?}");
}

#[test]
fn none_keeps_everything() {
    assert_eq!(redact(&rich(), None), rich());
}

#[test]
fn standard_removes_people_and_doors_and_keeps_hosts() {
    let redacted = redact(&rich(), Standard);
    let all = every_form(&redacted);
    for gone in ["alice", "52:54:00:12:34:56", "fe12:3456", "key=b", "ticket=7", "sid=1", "203.0.113.99"] {
        assert!(!all.contains(gone), "{gone} survives");
    }
    for kept in ["api.corp.example", "192.168.20.1", "203.0.113.10", "198.51.100.1", "desk-34", "help@corp.example"] {
        assert!(json_form::render(&redacted).contains(kept), "{kept} is gone");
    }
    assert_eq!(redacted.redaction, Standard);
}

#[test]
fn strict_removes_names_and_private_addresses_and_keeps_their_relations() {
    let redacted = redact(&rich(), Strict);
    let all = every_form(&redacted);
    for gone in ["corp.example", "desk-34", "intranet", "192.168.20", "Example Corp", "<p>hello", "check.example"] {
        assert!(!all.contains(gone), "{gone} survives");
    }
    let value = serde_json::to_value(&redacted).unwrap();
    let host = value["target"]["host"].as_str().unwrap();
    assert_eq!(value["evidence"][3]["request"]["name"].as_str().unwrap(), host);
    assert!(value["target"]["asked"].as_str().unwrap().starts_with(&format!("{host}:")));
    let certificate = value["evidence"][14]["data"]["chain"][0]["names"][0].as_str().unwrap();
    assert!(host.ends_with(&certificate[1..]), "{host} is still below {certificate}");
    let bypass = value["evidence"][15]["data"]["proxies"][0]["bypass"][0].as_str().unwrap();
    assert!(host.ends_with(bypass), "{host} is still below {bypass}");
    let gateway: std::net::Ipv4Addr =
        value["evidence"][1]["data"]["routes"][0]["gateway"].as_str().unwrap().parse().unwrap();
    let network: Vec<_> =
        value["evidence"][1]["data"]["routes"][1]["destination"].as_str().unwrap().split(".0/").collect();
    assert!(gateway.is_private() && gateway.to_string().starts_with(network[0]), "{gateway} {network:?}");
}

#[test]
fn own_public_addresses_go_in_every_place() {
    let text = serde_json::to_string(&rich()).unwrap().replace("192.168.20.34", "203.0.113.200");
    let report: Report = serde_json::from_str(&text).unwrap();
    let redacted = every_form(&redact(&report, Standard));
    assert!(!redacted.contains("203.0.113.200") && redacted.contains("203.0.113.10"));
}

#[test]
fn redacting_again_changes_nothing_and_never_gives_back() {
    for level in [Standard, Strict] {
        let once = redact(&rich(), level);
        assert_eq!(redact(&once, level), once, "{level:?}");
    }
    let strict = redact(&rich(), Strict);
    assert_eq!(redact(&strict, Standard), strict);
    let both = redact(&redact(&rich(), Standard), Strict);
    assert_eq!(both.redaction, Strict);
    assert!(!every_form(&both).contains("corp.example"));
}

/// Puts `planted` behind the text of every field that can hold it; gives the report and how many such fields there are.
/// Fields of addresses and closed lists refuse it: the model itself keeps secrets out of them.
fn plant(report: &Report, planted: &str, may: impl Fn(class::Class) -> bool) -> (Report, usize) {
    let (value, mut free) = (serde_json::to_value(report).unwrap(), Vec::new());
    for index in 0..texts(&value) {
        let mut one = value.clone();
        let mut at = 0;
        walk(&mut one, "", &mut |path, text| {
            at += 1;
            if at - 1 == index && may(class::of(path)) { format!("{text} x") } else { text.to_owned() }
        });
        if one != value && serde_json::from_value::<Report>(one).is_ok() {
            free.push(index);
        }
    }
    let (mut all, mut at) = (value, 0);
    walk(&mut all, "", &mut |_, text| {
        at += 1;
        if free.contains(&(at - 1)) { format!("{text} {planted}") } else { text.to_owned() }
    });
    (serde_json::from_value(all).unwrap(), free.len())
}

fn texts(value: &Value) -> usize {
    let mut count = 0;
    walk(&mut value.clone(), "", &mut |_, text| {
        count += 1;
        text.to_owned()
    });
    count
}

/// The report with a mark in every field that can hold a secret; the mark gives way to the secret in each case.
static MARKED: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    // Whom to ask is an address that is meant to be read; the level `strict` removes it whole.
    let (report, count) = plant(&rich(), MARK, |class| class != class::Class::Contact);
    assert!(count > 120, "{count} fields were found");
    serde_json::to_string(&report).unwrap()
});

static MARKED_FOR_NAMES: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    let (report, count) = plant(&rich(), MARK, |class| class != class::Class::Code);
    assert!(count > 80, "{count} fields were found");
    serde_json::to_string(&report).unwrap()
});

const MARK: &str = "PLANTED";

/// The marked report with a secret in every place.
fn with(marked: &str, planted: &str) -> Report {
    let escaped = serde_json::to_string(planted).unwrap();
    serde_json::from_str(&marked.replace(MARK, &escaped[1..escaped.len() - 1])).unwrap()
}

/// Where a secret still stands, for the message of a failing test.
fn survivors(report: &Report, secret: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&mut serde_json::to_value(report).unwrap(), "", &mut |path, text| {
        if text.contains(secret) {
            found.push(format!("{path}: {text}"));
        }
        text.to_owned()
    });
    found
}

/// A secret of each class, and the part of it that must not survive.
fn secrets() -> impl Strategy<Value = (String, String)> {
    let word = "[a-zA-Z]{4}[0-9]{3}[a-zA-Z]{5}";
    let long = "[a-z]{10}[0-9]{5}[A-Z]{10}[0-9a-z]{15}";
    prop_oneof![
        word.prop_map(|s| (format!("Authorization: Basic {s}=="), s)),
        word.prop_map(|s| (format!("password={s}"), s)),
        word.prop_map(|s| (format!("api_key: \"{s}\""), s)),
        word.prop_map(|s| (format!("Bearer {s}"), s)),
        word.prop_map(|s| (format!("https://{s}:{s}@host.test/x"), s)),
        word.prop_map(|s| (format!("https://host.test/x?q={s}"), s)),
        word.prop_map(|s| (format!("{s}@mail.test"), s)),
        word.prop_map(|s| (format!("/home/{s}/notes"), s)),
        word.prop_map(|s| (format!("C:\\Users\\{s}\\notes"), s)),
        word.prop_map(|s| (format!("Cookie: a={s}"), s)),
        word.prop_map(|s| (format!("SSID: {s}"), s)),
        word.prop_map(|s| (format!("Serial Number: {s}"), s)),
        "[A-Z0-9]{16}".prop_map(|s| (format!("AKIA{s}"), s)),
        word.prop_map(|s| (format!("eyJhbGciOiJI{s}.eyJzdWIi{s}.{s}"), s)),
        long.prop_map(|s| (s.clone(), s)),
        "([0-9a-f]{2}:){5}[13579bd]a".prop_map(|s| (s.clone(), s)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: Option::None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_survives_in_any_text_of_any_form((planted, secret) in secrets(), strict: bool) {
        let redacted = redact(&with(&MARKED, &planted), if strict { Strict } else { Standard });
        prop_assert_eq!(survivors(&redacted, &secret), Vec::<String>::new());
        prop_assert!(!every_form(&redacted).contains(&secret), "{} survives", planted);
    }

    #[test]
    fn strict_leaves_no_known_host_in_any_text(label in "[a-z]{6}[0-9]{2}") {
        let host = format!("{label}.secret.test");
        let mut value = serde_json::to_value(with(&MARKED_FOR_NAMES, &host)).unwrap();
        value["target"]["host"] = json!(host);
        let redacted = redact(&serde_json::from_value(value).unwrap(), Strict);
        prop_assert_eq!(survivors(&redacted, &label), Vec::<String>::new());
        prop_assert!(!every_form(&redacted).contains(&label), "{} survives", host);
    }
}
