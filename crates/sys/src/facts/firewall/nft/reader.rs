//! One rule: its statements from left to right.

use ipnet::{IpNet, Ipv4Subnets, Ipv6Subnets};
use netmend_model::facts::{PortRange, RuleVerdict};
use serde_json::Value;

use super::super::ruleset::{Action, Conditions, other_ports};
use super::Sets;

/// Sets with more members than this are not spelled out: the rule then counts as not wholly understood.
const LARGEST_SET: usize = 256;

/// A table of family `ip` sees IPv4 alone; `inet` sees both, `bridge`, `netdev` and `arp` are not on the way of a
/// socket's packets.
pub(super) fn of_family(family: &str) -> Conditions {
    let destinations = match family {
        "ip" => everything("ip"),
        "ip6" => everything("ip6"),
        _ => Vec::new(),
    };
    Conditions { destinations, more: !matches!(family, "ip" | "ip6" | "inet"), ..Conditions::default() }
}

fn everything(family: &str) -> Vec<IpNet> {
    let all = if family == "ip6" { "::/0" } else { "0.0.0.0/0" };
    all.parse().into_iter().collect()
}

/// Reads the statements of one rule from left to right.
pub(super) struct Reader<'a> {
    pub table: &'a str,
    pub sets: &'a Sets,
    pub conditions: Conditions,
    pub packets: Option<u64>,
}

impl Reader<'_> {
    /// Takes one statement in; what it does, if it decides anything.
    pub(super) fn statement(&mut self, kind: &str, value: &Value) -> Vec<(Conditions, Action)> {
        let action = match kind {
            "match" => {
                self.comparison(value);
                return Vec::new();
            }
            "counter" => {
                self.packets = value.get("packets").and_then(Value::as_u64);
                return Vec::new();
            }
            "vmap" => return self.verdict_map(value),
            // These let every packet go on.
            "log" | "mangle" | "notrack" | "ct helper" | "flow" | "set" | "secmark" | "meter" => return Vec::new(),
            // The opaque parts of iptables-nft; a target decides something unknown.
            "xt" if value.get("type").and_then(Value::as_str) == Some("target") => Action::Verdict(RuleVerdict::Other),
            _ => {
                let Some(action) = verdict(kind, value, self.table) else {
                    self.conditions.more = true;
                    return Vec::new();
                };
                action
            }
        };
        vec![(self.conditions.clone(), action)]
    }

    fn verdict_map(&mut self, value: &Value) -> Vec<(Conditions, Action)> {
        let entries = value.pointer("/data/set").and_then(Value::as_array);
        let (Some(key), Some(entries)) = (value.get("key"), entries) else {
            // A named map: what it decides is not known.
            self.conditions.more = true;
            return vec![(self.conditions.clone(), Action::Verdict(RuleVerdict::Other))];
        };
        let before = self.conditions.clone();
        let mut all = Vec::new();
        for entry in entries.iter().take(LARGEST_SET) {
            let (Some(member), Some(Value::Object(decision))) = (entry.get(0), entry.get(1)) else { continue };
            self.conditions = before.clone();
            self.equals(key, member);
            for (kind, value) in decision {
                all.extend(verdict(kind, value, self.table).map(|action| (self.conditions.clone(), action)));
            }
        }
        self.conditions = before;
        all
    }

    fn comparison(&mut self, value: &Value) {
        let operator = value.get("op").and_then(Value::as_str).unwrap_or("==");
        let (Some(left), Some(right)) = (value.get("left"), value.get("right")) else {
            self.conditions.more = true;
            return;
        };
        match operator {
            "==" | "in" => self.equals(left, right),
            "!=" => self.differs(left, right),
            _ => self.conditions.more = true,
        }
    }

    /// Of the negations only that of ports can be said in full.
    fn differs(&mut self, left: &Value, right: &Value) {
        let ports = if is_destination_port(left) { self.ports(right) } else { None };
        match ports {
            Some(ports) => {
                self.protocol_of(left);
                self.conditions.ports = other_ports(&ports);
            }
            None => self.conditions.more = true,
        }
    }

    fn equals(&mut self, left: &Value, right: &Value) {
        let understood = if let Some(payload) = left.get("payload") {
            self.payload(left, payload, right)
        } else if let Some(meta) = left.get("meta") {
            self.meta(meta.get("key").and_then(Value::as_str).unwrap_or_default(), right)
        } else if let Some(ct) = left.get("ct") {
            // A new connection is what is asked about: a rule for `new` among others matches it.
            ct.get("key").and_then(Value::as_str) == Some("state") && names(right).iter().any(|name| name == "new")
        } else {
            is_first_segment(left, right)
        };
        self.conditions.more |= !understood;
    }

    fn payload(&mut self, left: &Value, payload: &Value, right: &Value) -> bool {
        let text = |key: &str| payload.get(key).and_then(Value::as_str).unwrap_or_default();
        match (text("protocol"), text("field")) {
            (_, "dport") => {
                self.protocol_of(left);
                let ports = self.ports(right);
                self.conditions.ports = ports.clone().unwrap_or_default();
                ports.is_some()
            }
            (family @ ("ip" | "ip6"), "daddr") => {
                let networks = self.networks(right);
                self.conditions.destinations = networks.clone().unwrap_or_else(|| everything(family));
                networks.is_some()
            }
            (family @ "ip", "protocol") | (family @ "ip6", "nexthdr") => {
                self.narrow(family);
                self.protocols(right)
            }
            (family @ ("ip" | "ip6"), _) => {
                self.narrow(family);
                false
            }
            (protocol, _) => {
                self.conditions.protocols = vec![protocol.to_owned()];
                false
            }
        }
    }

    fn narrow(&mut self, family: &str) {
        if self.conditions.destinations.is_empty() {
            self.conditions.destinations = everything(family);
        }
    }

    fn protocol_of(&mut self, left: &Value) {
        let protocol = left.pointer("/payload/protocol").and_then(Value::as_str);
        if let Some(protocol) = protocol.filter(|protocol| *protocol != "th") {
            self.conditions.protocols = vec![protocol.to_owned()];
        }
    }

    fn meta(&mut self, key: &str, right: &Value) -> bool {
        match key {
            "l4proto" => self.protocols(right),
            "nfproto" => match right.as_str() {
                Some("ipv4") => self.of_version("ip"),
                Some("ipv6") => self.of_version("ip6"),
                _ => false,
            },
            "oif" | "oifname" | "iif" | "iifname" => {
                self.conditions.interfaces = names(right);
                !self.conditions.interfaces.is_empty()
            }
            "skuid" => {
                let users = self.users(right);
                self.conditions.users = users.clone().unwrap_or_default();
                users.is_some()
            }
            _ => false,
        }
    }

    fn users(&self, right: &Value) -> Option<Vec<u32>> {
        self.members(right)?.iter().map(|member| u32::try_from(member.as_u64()?).ok()).collect()
    }

    fn of_version(&mut self, family: &str) -> bool {
        self.narrow(family);
        true
    }

    fn protocols(&mut self, right: &Value) -> bool {
        self.conditions.protocols = names(right);
        !self.conditions.protocols.is_empty()
    }

    fn ports(&self, right: &Value) -> Option<Vec<PortRange>> {
        self.members(right)?.iter().map(|member| port_range(member)).collect()
    }

    fn networks(&self, right: &Value) -> Option<Vec<IpNet>> {
        let networks: Option<Vec<Vec<IpNet>>> = self.members(right)?.iter().map(|member| network(member)).collect();
        networks.map(|lists| lists.concat())
    }

    /// The members of a set, named or not; a single value is a set of one.
    fn members<'v>(&'v self, right: &'v Value) -> Option<Vec<&'v Value>> {
        let members: Vec<&Value> = match right {
            Value::String(name) if name.starts_with('@') => {
                self.sets.get(&format!("{} {}", self.table, &name[1..]))?.iter().collect()
            }
            Value::Object(object) if object.contains_key("set") => object.get("set")?.as_array()?.iter().collect(),
            Value::Array(list) => list.iter().collect(),
            single => vec![single],
        };
        // An empty set matches nothing, which an empty list here would not say.
        (1..=LARGEST_SET).contains(&members.len()).then(|| members.into_iter().map(bare).collect())
    }
}

/// A member without its time-out, counter or comment: `{"elem": {"val": …}}`.
fn bare(member: &Value) -> &Value {
    member.pointer("/elem/val").unwrap_or(member)
}

fn is_destination_port(left: &Value) -> bool {
    left.pointer("/payload/field").and_then(Value::as_str) == Some("dport")
}

/// `tcp flags & (fin|syn|rst|ack) == syn` and the like hold for the first segment of a connection.
fn is_first_segment(left: &Value, right: &Value) -> bool {
    let field = left.pointer("/&/0/payload/field").and_then(Value::as_str);
    field == Some("flags") && right.as_str() == Some("syn")
}

fn verdict(kind: &str, value: &Value, table: &str) -> Option<Action> {
    let target = || Some(format!("{table} {}", value.get("target")?.as_str()?));
    Some(match kind {
        "accept" => Action::Verdict(RuleVerdict::Accept),
        "drop" => Action::Verdict(RuleVerdict::Drop),
        "reject" => Action::Verdict(RuleVerdict::Reject),
        "jump" => Action::Jump(target()?),
        "goto" => Action::Goto(target()?),
        "return" => Action::Return,
        "continue" => Action::Nothing,
        "queue" | "dnat" | "snat" | "masquerade" | "redirect" | "tproxy" | "synproxy" | "dup" | "fwd" => {
            Action::Verdict(RuleVerdict::Other)
        }
        _ => return None,
    })
}

/// Strings of a value, a list or a set; empty when anything else is among them.
fn names(right: &Value) -> Vec<String> {
    let members = match right {
        Value::Object(object) => object.get("set").and_then(Value::as_array).cloned().unwrap_or_default(),
        Value::Array(list) => list.clone(),
        single => vec![single.clone()],
    };
    let names: Option<Vec<String>> = members.iter().map(|member| member.as_str().map(str::to_owned)).collect();
    names.filter(|names| names.iter().all(|name| !name.starts_with('@'))).unwrap_or_default()
}

fn port_range(member: &Value) -> Option<PortRange> {
    let port = |value: &Value| u16::try_from(value.as_u64()?).ok();
    match member.get("range") {
        Some(range) => Some(PortRange { first: port(range.get(0)?)?, last: port(range.get(1)?)? }),
        None => port(member).map(|port| PortRange { first: port, last: port }),
    }
}

fn network(member: &Value) -> Option<Vec<IpNet>> {
    if let Some(prefix) = member.get("prefix") {
        let length = u8::try_from(prefix.get("len")?.as_u64()?).ok()?;
        return Some(vec![IpNet::new(prefix.get("addr")?.as_str()?.parse().ok()?, length).ok()?]);
    }
    let Some(range) = member.get("range") else {
        return Some(vec![IpNet::from(member.as_str()?.parse::<std::net::IpAddr>().ok()?)]);
    };
    let end = |n: usize| range.get(n)?.as_str();
    if let (Ok(first), Ok(last)) = (end(0)?.parse(), end(1)?.parse()) {
        return Some(Ipv4Subnets::new(first, last, 0).map(IpNet::from).collect());
    }
    Some(Ipv6Subnets::new(end(0)?.parse().ok()?, end(1)?.parse().ok()?, 0).map(IpNet::from).collect())
}
