//! On what nft 1.0.6 printed for one rule of each kind.

use netmend_model::facts::FirewallRule;
use proptest::prelude::*;

use super::super::ruleset::flatten;
use super::*;

const JSON: &str = include_str!("../samples/nft.json");
const TEXT: &str = include_str!("../samples/nft.txt");

fn of_handle(handle: u64) -> Vec<FirewallRule> {
    let flat = flatten(&parse(JSON, TEXT).unwrap());
    flat.rules.into_iter().filter(|rule| rule.id.rsplit(' ').next() == Some(handle.to_string().as_str())).collect()
}

fn one(handle: u64) -> FirewallRule {
    let rules = of_handle(handle);
    assert_eq!(rules.len(), 1, "handle {handle}");
    rules.into_iter().next().unwrap()
}

fn nets(rule: &FirewallRule) -> Vec<String> {
    rule.destinations.iter().map(ToString::to_string).collect()
}

fn ports(rule: &FirewallRule) -> Vec<(u16, u16)> {
    rule.destination_ports.iter().map(|range| (range.first, range.last)).collect()
}

#[test]
fn address_port_and_counter() {
    let rule = one(11);
    assert_eq!((rule.hook, rule.verdict), (Hook::Output, RuleVerdict::Drop));
    assert_eq!(rule.chain, "inet filter out");
    assert_eq!(rule.text, "ip daddr 203.0.113.10 tcp dport 8443 counter packets 0 bytes 0 drop");
    assert_eq!((nets(&rule), ports(&rule)), (vec!["203.0.113.10/32".to_owned()], vec![(8443, 8443)]));
    assert_eq!((rule.protocol.as_deref(), rule.packets, rule.partly_understood), (Some("tcp"), Some(0), false));
}

#[test]
fn sets_and_ranges() {
    let rule = one(13);
    assert_eq!((rule.verdict, ports(&rule)), (RuleVerdict::Reject, vec![(25, 25), (465, 587)]));
    assert_eq!(nets(&one(14)), ["198.51.100.7/32", "203.0.113.0/24"]);
    assert_eq!(ports(&one(15)), [(8080, 8080), (8443, 8443)]);
    let rule = one(28);
    assert_eq!(nets(&rule), ["192.0.2.1/32", "192.0.2.4/31", "192.0.2.6/32"]);
    assert_eq!((ports(&rule), rule.partly_understood), (vec![(0, 21), (23, 65535)], false));
}

#[test]
fn users_interfaces_and_families() {
    let rule = one(16);
    assert_eq!((rule.user_id, rule.protocol.as_deref(), ports(&rule)), (Some(1000), Some("udp"), vec![(53, 53)]));
    let rule = one(17);
    assert_eq!((rule.interface.as_deref(), nets(&rule)), (Some("eth0"), vec!["2001:db8::/32".to_owned()]));
    assert_eq!(one(18).interface.as_deref(), Some("lo"));
    let interfaces: Vec<_> = of_handle(20).into_iter().map(|rule| rule.interface).collect();
    assert_eq!(interfaces, [Some("eth0".to_owned()), Some("eth1".to_owned())]);
    let users: Vec<_> = of_handle(33).into_iter().map(|rule| rule.user_id).collect();
    assert_eq!(users, [Some(1000), Some(1001)]);
    assert_eq!((nets(&one(43)), one(43).partly_understood), (vec!["::/0".to_owned()], false));
    assert_eq!((one(42).protocol.as_deref(), nets(&one(42))), (Some("tcp"), vec!["::/0".to_owned()]));
}

#[test]
fn what_is_not_understood_is_said() {
    for handle in [22, 23, 31, 39, 40, 41] {
        assert!(one(handle).partly_understood, "handle {handle}");
    }
    // The flags of a first segment hold for every new connection.
    for handle in [11, 24, 30, 35, 38, 44] {
        assert!(!one(handle).partly_understood, "handle {handle}");
    }
}

#[test]
fn verdict_maps_and_protocol_sets_are_spelled_out() {
    let entries: Vec<_> = of_handle(37).iter().map(|rule| (ports(rule), rule.verdict)).collect();
    assert_eq!(entries, [(vec![(22, 22)], RuleVerdict::Accept), (vec![(23, 23)], RuleVerdict::Drop)]);
    let protocols: Vec<_> = of_handle(26).into_iter().filter_map(|rule| rule.protocol).collect();
    assert_eq!(protocols, ["tcp", "udp"]);
}

#[test]
fn chains_policies_and_jumps() {
    let flat = flatten(&parse(JSON, TEXT).unwrap());
    let policies: Vec<_> = flat.policies.iter().map(|p| (p.hook, p.chain.as_str(), p.verdict)).collect();
    assert_eq!(
        policies,
        [
            (Hook::Other, "inet filter pre", RuleVerdict::Accept),
            (Hook::Output, "inet filter out", RuleVerdict::Accept),
            (Hook::Input, "inet filter in", RuleVerdict::Drop)
        ]
    );
    let inside = one(8);
    assert_eq!((inside.chain.as_str(), inside.id.as_str()), ("inet filter out", "sub 8"));
    assert!(of_handle(45).is_empty(), "a counter decides nothing");
    assert_eq!(flat.rules.last().map(|rule| rule.verdict), Some(RuleVerdict::Other), "redirection comes last");
}

#[test]
fn rules_of_iptables_nft_are_opaque() {
    let json = r#"{"nftables": [{"chain": {"family": "ip", "table": "filter", "name": "OUTPUT", "handle": 1, "type": "filter", "hook": "output", "prio": 0, "policy": "accept"}},
        {"rule": {"family": "ip", "table": "filter", "chain": "OUTPUT", "handle": 3, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": "tcp"}}, {"xt": {"type": "match", "name": "multiport"}}, {"counter": {"packets": 2, "bytes": 0}}, {"xt": {"type": "target", "name": "REJECT"}}]}}]}"#;
    let flat = flatten(&parse(json, "").unwrap());
    assert!(flat.rules[0].partly_understood && flat.rules[0].verdict == RuleVerdict::Other);
    assert_eq!((nets(&flat.rules[0]), flat.rules[0].packets), (vec!["0.0.0.0/0".to_owned()], Some(2)));
}

/// Any JSON, with the words of nft in it often enough to go deep.
fn json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "match",
        "left",
        "right",
        "op",
        "==",
        "!=",
        "payload",
        "protocol",
        "field",
        "dport",
        "daddr",
        "tcp",
        "ip",
        "meta",
        "key",
        "skuid",
        "oifname",
        "set",
        "range",
        "prefix",
        "addr",
        "len",
        "vmap",
        "data",
        "drop",
        "jump",
        "target",
        "@s",
        "elem",
        "val",
        "192.0.2.1",
        "2001:db8::1",
        "ct",
        "state",
        "new",
        "xt",
        "counter",
        "packets",
    ]);
    let leaf = prop_oneof![Just(Value::Null), any::<u32>().prop_map(Value::from), word.clone().prop_map(Value::from),];
    leaf.prop_recursive(5, 40, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..4)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_statements_are_read(statements in prop::collection::vec(json(), 0..4), text in "(?s).{0,60}") {
        let objects: Vec<Value> = statements.into_iter().filter(Value::is_object).collect();
        let document = serde_json::json!({"nftables": [
            {"set": {"family": "inet", "table": "t", "name": "s", "elem": [1, "192.0.2.1"]}},
            {"chain": {"family": "inet", "table": "t", "name": "c", "hook": "output", "policy": "drop"}},
            {"rule": {"family": "inet", "table": "t", "chain": "c", "handle": 1, "expr": objects}}
        ]});
        let flat = flatten(&parse(&document.to_string(), &text).unwrap());
        prop_assert_eq!(flat.policies.len(), 1);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(?s).{0,200}") {
        let _ = parse(&text, &text);
        texts(&text);
    }
}
