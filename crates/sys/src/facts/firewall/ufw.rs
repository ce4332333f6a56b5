//! ufw: `/etc/ufw/ufw.conf` and `/etc/default/ufw` for everybody, `/etc/ufw/user.rules` with rights.
//!
//! The files say what `ufw status` prints, without starting Python. The rules stand among those of iptables as
//! well, under names that a person did not write.

use ipnet::IpNet;
use netmend_model::facts::{FirewallPolicy, FirewallRule, Hook, PortRange, RuleVerdict};

/// The value of `KEY=value` in a file of shell assignments, without quotes.
pub(super) fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let line = text.lines().rev().find_map(|line| line.trim().strip_prefix(key)?.trim_start().strip_prefix('='))?;
    Some(line.trim().trim_matches(['"', '\'']))
}

/// ENABLED of ufw.conf.
pub(super) fn enabled(conf: &str) -> Option<bool> {
    match value(conf, "ENABLED")?.to_ascii_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The default policies of `/etc/default/ufw`.
pub(super) fn policies(defaults: &str) -> Vec<FirewallPolicy> {
    let keys = [
        ("DEFAULT_INPUT_POLICY", Hook::Input, "incoming"),
        ("DEFAULT_OUTPUT_POLICY", Hook::Output, "outgoing"),
        ("DEFAULT_FORWARD_POLICY", Hook::Forward, "routed"),
    ];
    let policy = |(key, hook, chain): (&str, Hook, &str)| {
        let verdict = match value(defaults, key)? {
            "ACCEPT" => RuleVerdict::Accept,
            "DROP" => RuleVerdict::Drop,
            "REJECT" => RuleVerdict::Reject,
            _ => return None,
        };
        Some(FirewallPolicy { hook, chain: chain.to_owned(), verdict })
    };
    keys.into_iter().filter_map(policy).collect()
}

/// The rules of a person, from lines such as `### tuple ### deny tcp 8443 203.0.113.10 any 0.0.0.0/0 out`.
pub(super) fn rules(text: &str) -> Vec<FirewallRule> {
    let tuples = text.lines().filter_map(|line| line.strip_prefix("### tuple ### "));
    tuples.zip(1..).filter_map(|(tuple, number)| rule(tuple, number)).collect()
}

/// Fields: action, protocol, destination port, destination, source port, source, for application rules the two
/// applications, then direction with the interface, and `comment=`.
fn rule(tuple: &str, number: u32) -> Option<FirewallRule> {
    let words: Vec<&str> = tuple.split_whitespace().take_while(|word| !word.starts_with("comment=")).collect();
    let word = |n: usize| words.get(n).copied();
    let (action, protocol, port, destination) = (word(0)?, word(1)?, word(2)?, word(3)?);
    let (source_port, source, direction) = (word(4)?, word(5)?, *words.last()?);
    let (hook, interface) = place(direction, action.starts_with("route:"))?;
    let ports = (port != "any").then(|| ports(port));
    let network = network(destination);
    let source_is_open = source_port == "any" && matches!(source, "0.0.0.0/0" | "::/0");
    let action = action.trim_start_matches("route:").split('_').next()?;
    Some(FirewallRule {
        hook,
        chain: "ufw".to_owned(),
        id: number.to_string(),
        verdict: match action {
            "allow" => RuleVerdict::Accept,
            "deny" => RuleVerdict::Drop,
            "reject" => RuleVerdict::Reject,
            _ => RuleVerdict::Other,
        },
        protocol: (protocol != "any").then(|| protocol.to_owned()),
        destinations: network.into_iter().collect(),
        destination_ports: ports.clone().flatten().unwrap_or_default(),
        interface,
        user_id: None,
        partly_understood: !source_is_open || network.is_none() || ports == Some(None) || action == "limit",
        packets: None,
        text: words.join(" "),
    })
}

/// `out`, `in_eth0`, `out_eth0`; a routed rule may have both.
fn place(direction: &str, routed: bool) -> Option<(Hook, Option<String>)> {
    let (way, interface) = match direction.split_once('_') {
        Some((way, interface)) => (way, Some(interface.to_owned())),
        None => (direction, None),
    };
    match way {
        _ if routed => Some((Hook::Forward, interface)),
        "out" => Some((Hook::Output, interface)),
        "in" => Some((Hook::Input, interface)),
        _ => None,
    }
}

fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| Some(IpNet::from(text.parse::<std::net::IpAddr>().ok()?)))
}

/// `80`, `80,443`, `6000:6007`.
fn ports(text: &str) -> Option<Vec<PortRange>> {
    let range = |part: &str| {
        let (first, last) = part.split_once(':').unwrap_or((part, part));
        Some(PortRange { first: first.parse().ok()?, last: last.parse().ok()? })
    };
    text.split(',').map(range).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn settings() {
        assert_eq!(enabled("# /etc/ufw/ufw.conf\n#\nENABLED=yes\nLOGLEVEL=low\n"), Some(true));
        assert_eq!(enabled("ENABLED=no\n"), Some(false));
        assert_eq!(enabled("LOGLEVEL=low\n"), None);
        let defaults = "IPV6=yes\nDEFAULT_INPUT_POLICY=\"DROP\"\nDEFAULT_OUTPUT_POLICY=\"ACCEPT\"\nDEFAULT_FORWARD_POLICY=\"DROP\"\n";
        let verdicts: Vec<_> = policies(defaults).into_iter().map(|p| (p.hook, p.verdict)).collect();
        assert_eq!(
            verdicts,
            [(Hook::Input, RuleVerdict::Drop), (Hook::Output, RuleVerdict::Accept), (Hook::Forward, RuleVerdict::Drop)]
        );
    }

    #[test]
    fn rules_as_ufw_writes_them() {
        let text = "*filter\n### RULES ###\n\n### tuple ### deny tcp 8443 203.0.113.10 any 0.0.0.0/0 out comment=74657374\n-A ufw-user-output -p tcp -d 203.0.113.10 --dport 8443 -j DROP\n\n### tuple ### allow any 22 0.0.0.0/0 any 192.0.2.0/24 in_eth0\n### tuple ### reject udp 53,5353 0.0.0.0/0 any 0.0.0.0/0 out\n### tuple ### allow tcp 80 0.0.0.0/0 any 0.0.0.0/0 Apache - in\n### tuple ### limit_log tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n";
        let rules = rules(text);
        assert_eq!(rules.len(), 5);
        assert_eq!(
            (rules[0].hook, rules[0].verdict, rules[0].partly_understood),
            (Hook::Output, RuleVerdict::Drop, false)
        );
        assert_eq!(rules[0].destinations, ["203.0.113.10/32".parse().unwrap()]);
        assert!(rules[1].partly_understood, "for some sources alone");
        assert_eq!(rules[1].interface.as_deref(), Some("eth0"));
        assert_eq!((rules[2].verdict, rules[2].destination_ports.len()), (RuleVerdict::Reject, 2));
        assert_eq!((rules[3].hook, rules[3].verdict), (Hook::Input, RuleVerdict::Accept));
        assert!(rules[4].partly_understood);
    }

    proptest! {
        #[test]
        fn any_tuple_is_read(tuple in "(allow|deny|[a-z:_]{0,8}| |any|tcp|in|out|[0-9:,./]{0,12}){0,20}") {
            rules(&format!("### tuple ### {tuple}\n"));
            policies(&tuple);
        }
    }
}
