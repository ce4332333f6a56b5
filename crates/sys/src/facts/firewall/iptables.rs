//! `iptables-save -c` (iptables-save(8)).

use std::collections::BTreeMap;

use ipnet::IpNet;
use netmend_model::facts::{Hook, PortRange, RuleVerdict};

use super::ruleset::{Action, Base, Chain, Conditions, Rule, other_ports};

/// Targets after which the packet goes on to the next rule.
const GOING_ON: [&str; 18] = [
    "LOG",
    "NFLOG",
    "ULOG",
    "MARK",
    "CONNMARK",
    "CONNSECMARK",
    "SECMARK",
    "TRACE",
    "TCPMSS",
    "TCPOPTSTRIP",
    "CT",
    "NOTRACK",
    "SET",
    "TEE",
    "AUDIT",
    "DSCP",
    "TOS",
    "CHECKSUM",
];
/// Targets that send packets elsewhere.
const ELSEWHERE: [&str; 11] =
    ["DNAT", "SNAT", "REDIRECT", "MASQUERADE", "NETMAP", "TPROXY", "QUEUE", "NFQUEUE", "SYNPROXY", "RATEEST", "DNPT"];

/// Chains of every table in the text, named such as `ip filter OUTPUT`; `family` is `ip` or `ip6`.
pub(super) fn parse(text: &str, family: &str) -> Vec<Chain> {
    let mut table = String::new();
    let mut chains: Vec<Chain> = Vec::new();
    let mut positions: BTreeMap<String, usize> = BTreeMap::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('*') {
            name.trim().clone_into(&mut table);
        } else if let Some(declared) = line.strip_prefix(':').and_then(|rest| chain(rest, family, &table)) {
            positions.insert(declared.name.clone(), chains.len());
            chains.push(declared);
        } else if let Some((name, rule)) = rule(line, family, &table)
            && let Some(chain) = positions.get(&name).and_then(|at| chains.get_mut(*at))
        {
            // iptables knows a rule by its place.
            let id = (chain.rules.len() + 1).to_string();
            chain.rules.push(Rule { id, ..rule });
        }
    }
    chains
}

/// `OUTPUT ACCEPT [12:960]`; `-` instead of a policy is a chain of the user.
fn chain(declared: &str, family: &str, table: &str) -> Option<Chain> {
    let mut words = declared.split_whitespace();
    let (name, policy) = (words.next()?, words.next()?);
    let base = (policy != "-").then(|| Base {
        hook: match name {
            "INPUT" => Hook::Input,
            "OUTPUT" => Hook::Output,
            "FORWARD" => Hook::Forward,
            _ => Hook::Other,
        },
        priority: priority(table),
        policy: if policy == "DROP" { RuleVerdict::Drop } else { RuleVerdict::Accept },
        translates: table == "nat",
    });
    Some(Chain { name: format!("{family} {table} {name}"), base, rules: Vec::new() })
}

/// NF_IP_PRI_* of netfilter_ipv4.h.
fn priority(table: &str) -> i64 {
    match table {
        "raw" => -300,
        "mangle" => -150,
        "nat" => -100,
        "security" => 50,
        _ => 0,
    }
}

/// `[packets:bytes] -A CHAIN …`, with the full name of the chain.
fn rule(line: &str, family: &str, table: &str) -> Option<(String, Rule)> {
    let (packets, text) = match line.strip_prefix('[') {
        Some(rest) => {
            let (counts, text) = rest.split_once(']')?;
            (counts.split(':').next()?.parse().ok(), text.trim())
        }
        None => (None, line),
    };
    let words = words(text);
    let mut words = words.iter().map(String::as_str);
    if words.next()? != "-A" {
        return None;
    }
    let chain = words.next()?;
    let prefix = format!("{family} {table}");
    let mut reader = Reader { conditions: of_family(family), action: Action::Nothing, prefix };
    reader.options(words);
    let rule = Rule {
        id: String::new(),
        text: text.to_owned(),
        conditions: reader.conditions,
        action: reader.action,
        packets,
    };
    Some((format!("{family} {table} {chain}"), rule))
}

fn of_family(family: &str) -> Conditions {
    let all = if family == "ip6" { "::/0" } else { "0.0.0.0/0" };
    Conditions { destinations: all.parse().into_iter().collect(), ..Conditions::default() }
}

/// Words as a shell would split them; iptables-save quotes and escapes with backslashes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut started) = (String::new(), false, false);
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quoted => word.extend(characters.next()),
            '"' => (quoted, started) = (!quoted, true),
            blank if blank.is_whitespace() && !quoted => {
                if started {
                    words.push(std::mem::take(&mut word));
                }
                started = false;
            }
            other => {
                word.push(other);
                started = true;
            }
        }
    }
    if started {
        words.push(word);
    }
    words
}

struct Reader {
    conditions: Conditions,
    action: Action,
    /// Family and table, before the name of a chain.
    prefix: String,
}

impl Reader {
    fn options<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let mut words = words.peekable();
        let mut not = false;
        while let Some(word) = words.next() {
            match word {
                "!" => {
                    not = true;
                    continue;
                }
                // What follows a target is about the target.
                "-j" => return self.action = self.target(words.next().unwrap_or_default()),
                "-g" => {
                    return self.action = Action::Goto(format!("{} {}", self.prefix, words.next().unwrap_or_default()));
                }
                // A comment may look like an option.
                "-m" | "--comment" => _ = words.next(),
                option => {
                    let mut arguments = Vec::new();
                    while let Some(argument) = words.next_if(|next| !next.starts_with('-') && *next != "!") {
                        arguments.push(argument);
                    }
                    self.condition(option, &arguments, not);
                }
            }
            not = false;
        }
    }

    fn condition(&mut self, option: &str, arguments: &[&str], not: bool) {
        let first = arguments.first().copied().unwrap_or_default();
        let understood = match (option, not) {
            ("--dport" | "--dports" | "--destination-port" | "--destination-ports", _) => self.ports(first, not),
            (_, true) => false,
            ("-p", _) => self.protocol(first),
            ("-d", _) => self.destination(first),
            ("-o" | "-i", _) => self.interface(first),
            ("--uid-owner", _) => self.users(first),
            // A new connection is what is asked about.
            ("--ctstate" | "--state", _) => first.split(',').any(|state| state == "NEW"),
            ("--syn", _) => true,
            ("--tcp-flags", _) => arguments.get(1) == Some(&"SYN"),
            _ => false,
        };
        self.conditions.more |= !understood;
    }

    fn target(&self, name: &str) -> Action {
        match name {
            "ACCEPT" => Action::Verdict(RuleVerdict::Accept),
            "DROP" => Action::Verdict(RuleVerdict::Drop),
            "REJECT" => Action::Verdict(RuleVerdict::Reject),
            "RETURN" => Action::Return,
            name if GOING_ON.contains(&name) => Action::Nothing,
            name if ELSEWHERE.contains(&name) => Action::Verdict(RuleVerdict::Other),
            chain => Action::Jump(format!("{} {chain}", self.prefix)),
        }
    }

    fn protocol(&mut self, name: &str) -> bool {
        if name != "all" {
            self.conditions.protocols = vec![name.to_lowercase()];
        }
        true
    }

    fn destination(&mut self, text: &str) -> bool {
        let network = text.parse::<IpNet>().ok().or_else(|| Some(IpNet::from(text.parse::<std::net::IpAddr>().ok()?)));
        if let Some(network) = network {
            self.conditions.destinations = vec![network];
        }
        network.is_some()
    }

    /// `eth+` is every interface whose name begins so; written as nft does, `eth*`.
    fn interface(&mut self, name: &str) -> bool {
        let name = name.strip_suffix('+').map_or_else(|| name.to_owned(), |start| format!("{start}*"));
        self.conditions.interfaces = vec![name];
        true
    }

    fn users(&mut self, text: &str) -> bool {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        match (first.parse::<u32>(), last.parse::<u32>()) {
            (Ok(first), Ok(last)) if last >= first && last - first < 16 => {
                self.conditions.users = (first..=last).collect();
                true
            }
            _ => false,
        }
    }

    fn ports(&mut self, text: &str, not: bool) -> bool {
        let range = |part: &str| {
            let (first, last) = part.split_once(':').unwrap_or((part, part));
            // `:1023` and `1024:` leave an end open.
            let first = if first.is_empty() { Some(0) } else { first.parse().ok() };
            let last = if last.is_empty() { Some(u16::MAX) } else { last.parse().ok() };
            Some(PortRange { first: first?, last: last? })
        };
        let ranges: Option<Vec<PortRange>> = text.split(',').map(range).collect();
        let understood = ranges.is_some();
        if let Some(ranges) = ranges {
            self.conditions.ports = if not { other_ports(&ranges) } else { ranges };
        }
        understood
    }
}

#[cfg(test)]
mod tests {
    use netmend_model::facts::FirewallRule;
    use proptest::prelude::*;

    use super::super::ruleset::flatten;
    use super::*;

    /// What iptables-save 1.8.9 printed, with a line of ufw's kind.
    const SAVED: &str = r#"# Generated by iptables-save v1.8.9 (nf_tables) on Sat Nov 21 08:09:54 2026
*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [7:420]
:sub - [0:0]
[3:180] -A OUTPUT -d 203.0.113.10/32 -p tcp -m tcp --dport 8443 -j DROP
[0:0] -A OUTPUT -p tcp -m multiport --dports 25,465,1000:2000 -j REJECT --reject-with tcp-reset
[0:0] -A OUTPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
[0:0] -A OUTPUT ! -d 192.0.2.0/24 -o eth+ -p udp -m udp --dport 53 -j DROP
[0:0] -A OUTPUT -m owner --uid-owner 1000-1001 -j DROP
[0:0] -A OUTPUT -p tcp -m tcp ! --dport 22 -m conntrack --ctstate NEW -m comment --comment "-j ACCEPT \"all\"" -j DROP
[0:0] -A OUTPUT -d 198.51.100.0/24 -j sub
[0:0] -A OUTPUT -m limit --limit 3/min -j LOG --log-prefix "[UFW BLOCK] "
[0:0] -A sub -p icmp -j RETURN
[0:0] -A sub -j DROP
COMMIT
*nat
:OUTPUT ACCEPT [0:0]
[0:0] -A OUTPUT -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080
COMMIT
"#;

    fn rules() -> Vec<FirewallRule> {
        flatten(&parse(SAVED, "ip")).rules
    }

    #[test]
    fn address_port_and_counter() {
        let rule = &rules()[0];
        assert_eq!((rule.hook, rule.verdict, rule.packets), (Hook::Output, RuleVerdict::Drop, Some(3)));
        assert_eq!((rule.chain.as_str(), rule.id.as_str()), ("ip filter OUTPUT", "1"));
        assert_eq!(rule.text, "-A OUTPUT -d 203.0.113.10/32 -p tcp -m tcp --dport 8443 -j DROP");
        assert_eq!(rule.destination_ports, [PortRange { first: 8443, last: 8443 }]);
        assert_eq!(rule.destinations, ["203.0.113.10/32".parse().unwrap()]);
        assert!(!rule.partly_understood);
    }

    #[test]
    fn each_kind_of_condition() {
        let rules = rules();
        let of = |id: &str| rules.iter().filter(|rule| rule.id == id).collect::<Vec<_>>();
        assert_eq!((of("2")[0].verdict, of("2")[0].destination_ports.len()), (RuleVerdict::Reject, 3));
        assert!(of("3")[0].partly_understood, "established connections are not new ones");
        assert!(of("4")[0].partly_understood, "everything but a network");
        assert_eq!(of("4")[0].interface.as_deref(), Some("eth*"));
        assert_eq!(of("5").iter().filter_map(|rule| rule.user_id).collect::<Vec<_>>(), [1000, 1001]);
        assert_eq!((of("6")[0].verdict, of("6")[0].partly_understood), (RuleVerdict::Drop, false));
        assert_eq!(of("6")[0].destination_ports.len(), 2, "all but port 22");
        assert!(of("8").is_empty(), "a log decides nothing");
        assert_eq!(of("sub 2")[0].destinations, ["198.51.100.0/24".parse().unwrap()]);
        assert!(of("sub 2")[0].partly_understood, "ICMP has returned before");
        assert_eq!(rules.last().map(|rule| rule.verdict), Some(RuleVerdict::Other));
    }

    #[test]
    fn policies() {
        let flat = flatten(&parse(SAVED, "ip"));
        let drops: Vec<_> = flat.policies.iter().filter(|p| p.verdict == RuleVerdict::Drop).map(|p| p.hook).collect();
        assert_eq!((flat.policies.len(), drops), (3, vec![Hook::Input]));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(?s).{0,200}") {
            parse(&text, "ip");
        }

        #[test]
        fn any_rule_is_read(rule in "(-[jmgpdo]|--dports?|--uid-owner|!|\\PC{0,8}|[0-9:,/.\"\\\\]{1,8}| ){0,30}") {
            flatten(&parse(&format!("*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT {rule}\n"), "ip"));
        }
    }
}
