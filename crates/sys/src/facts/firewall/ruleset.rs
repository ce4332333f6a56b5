//! Chains of rules as netfilter has them, flattened into the order in which a packet meets the rules.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;
use netmend_model::facts::{FirewallPolicy, FirewallRule, Hook, PortRange, RuleVerdict};

/// Rules beyond this are left out and said to be.
const MOST_RULES: usize = 4096;
/// The kernel allows 16 nested jumps (NFT_JUMP_STACK_SIZE).
const DEEPEST_JUMP: usize = 16;
/// A rule over sets is written as one rule for each combination, up to this many.
const MOST_COMBINATIONS: usize = 32;

/// A chain of rules.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Chain {
    /// Such as `inet filter output`.
    pub name: String,
    /// Present where the kernel calls the chain itself.
    pub base: Option<Base>,
    pub rules: Vec<Rule>,
}

/// Where a base chain sits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Base {
    pub hook: Hook,
    /// Lower is earlier.
    pub priority: i64,
    pub policy: RuleVerdict,
    /// Address translation decides where packets go, not whether.
    pub translates: bool,
}

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    pub id: String,
    pub text: String,
    pub conditions: Conditions,
    pub action: Action,
    pub packets: Option<u64>,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    Verdict(RuleVerdict),
    /// To a chain, by its full name, and back.
    Jump(String),
    /// To a chain and not back.
    Goto(String),
    Return,
    /// Counts, logs or marks.
    Nothing,
}

/// What a rule matches. An empty list matches everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Conditions {
    pub protocols: Vec<String>,
    pub destinations: Vec<IpNet>,
    pub ports: Vec<PortRange>,
    pub interfaces: Vec<String>,
    pub users: Vec<u32>,
    /// There are conditions beyond these.
    pub more: bool,
}

impl Conditions {
    fn are_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Both must hold: a rule of a chain, and the jump that led there.
    fn and(&self, other: &Self) -> Self {
        let mut more = self.more || other.more;
        Self {
            protocols: both(&self.protocols, &other.protocols, &mut more),
            destinations: both_nets(&self.destinations, &other.destinations, &mut more),
            ports: both(&self.ports, &other.ports, &mut more),
            interfaces: both(&self.interfaces, &other.interfaces, &mut more),
            users: both(&self.users, &other.users, &mut more),
            more,
        }
    }
}

/// The inner list where it says something; two different lists are more than can be said here.
fn both<T: Clone + PartialEq>(inner: &[T], outer: &[T], more: &mut bool) -> Vec<T> {
    match (inner, outer) {
        ([], list) | (list, []) => list.to_vec(),
        _ => {
            *more |= inner != outer;
            inner.to_vec()
        }
    }
}

fn both_nets(inner: &[IpNet], outer: &[IpNet], more: &mut bool) -> Vec<IpNet> {
    let within = |net: &IpNet| outer.iter().any(|outer| outer.contains(net));
    if !inner.is_empty() && inner.iter().all(within) {
        return inner.to_vec();
    }
    let around = |net: &IpNet| inner.iter().any(|inner| inner.contains(net));
    if !outer.is_empty() && outer.iter().all(around) {
        return outer.to_vec();
    }
    both(inner, outer, more)
}

/// The rules and policies in the order in which packets meet them.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub policies: Vec<FirewallPolicy>,
    pub rules: Vec<FirewallRule>,
    /// Rules were left out.
    pub truncated: bool,
}

/// Follows the jumps from every base chain, filters before address translation.
pub(super) fn flatten(chains: &[Chain]) -> Flat {
    let by_name: BTreeMap<&str, &Chain> = chains.iter().map(|chain| (chain.name.as_str(), chain)).collect();
    let mut bases: Vec<(&Chain, &Base)> =
        chains.iter().filter_map(|chain| Some((chain, chain.base.as_ref()?))).collect();
    bases.sort_by_key(|(_, base)| (base.translates, base.priority));
    let mut walk =
        Walk { by_name, flat: Flat::default(), path: BTreeSet::new(), hook: Hook::Other, base: String::new() };
    for (chain, base) in bases {
        if !base.translates {
            let policy = FirewallPolicy { hook: base.hook, chain: chain.name.clone(), verdict: base.policy };
            walk.flat.policies.push(policy);
        }
        walk.hook = base.hook;
        walk.base.clone_from(&chain.name);
        walk.chain(chain, &Conditions::default());
    }
    walk.flat
}

struct Walk<'a> {
    by_name: BTreeMap<&'a str, &'a Chain>,
    flat: Flat,
    /// The chains that are being walked: rules cannot loop, hostile input could.
    path: BTreeSet<&'a str>,
    hook: Hook,
    /// The base chain that the walk began at: an accept anywhere below it ends it.
    base: String,
}

impl<'a> Walk<'a> {
    fn chain(&mut self, chain: &'a Chain, outer: &Conditions) {
        if self.path.len() > DEEPEST_JUMP || !self.path.insert(&chain.name) {
            return;
        }
        // Some packets may have left this chain by a return or goto further up.
        let mut left = false;
        for rule in &chain.rules {
            let mut conditions = rule.conditions.and(outer);
            conditions.more |= left;
            match &rule.action {
                Action::Verdict(verdict) => self.emit(chain, rule, &conditions, *verdict),
                Action::Jump(target) | Action::Goto(target) => self.follow(target, &conditions),
                Action::Return | Action::Nothing => {}
            }
            if matches!(rule.action, Action::Return | Action::Goto(_)) {
                if rule.conditions.are_empty() {
                    break;
                }
                left = true;
            }
        }
        self.path.remove(chain.name.as_str());
    }

    fn follow(&mut self, target: &str, conditions: &Conditions) {
        if let Some(chain) = self.by_name.get(target).copied() {
            self.chain(chain, conditions);
        }
    }

    /// The rule's own id, with its chain where that is not the base chain.
    fn id(&self, chain: &Chain, rule: &Rule) -> String {
        match chain.name.rsplit(' ').next() {
            Some(name) if chain.name != self.base => format!("{name} {}", rule.id),
            _ => rule.id.clone(),
        }
    }

    fn emit(&mut self, chain: &Chain, rule: &Rule, conditions: &Conditions, verdict: RuleVerdict) {
        for simple in simple(conditions) {
            if self.flat.rules.len() >= MOST_RULES {
                self.flat.truncated = true;
                return;
            }
            self.flat.rules.push(FirewallRule {
                hook: self.hook,
                chain: self.base.clone(),
                id: self.id(chain, rule),
                verdict,
                protocol: simple.protocol,
                destinations: conditions.destinations.clone(),
                destination_ports: conditions.ports.clone(),
                interface: simple.interface,
                user_id: simple.user,
                partly_understood: simple.more,
                packets: rule.packets,
                text: rule.text.clone(),
            });
        }
    }
}

/// One combination of what the model holds one of.
#[derive(Clone)]
struct Simple {
    protocol: Option<String>,
    interface: Option<String>,
    user: Option<u32>,
    more: bool,
}

fn simple(conditions: &Conditions) -> Vec<Simple> {
    let each = |list: usize| list.max(1);
    let Conditions { protocols, interfaces, users, more, .. } = conditions;
    if each(protocols.len()) * each(interfaces.len()) * each(users.len()) > MOST_COMBINATIONS {
        return vec![Simple { protocol: None, interface: None, user: None, more: true }];
    }
    let mut all = Vec::new();
    for protocol in options(protocols) {
        for interface in options(interfaces) {
            for user in options(users) {
                all.push(Simple { protocol: protocol.clone(), interface: interface.clone(), user, more: *more });
            }
        }
    }
    all
}

fn options<T: Clone>(list: &[T]) -> Vec<Option<T>> {
    match list {
        [] => vec![None],
        list => list.iter().cloned().map(Some).collect(),
    }
}

/// Every port that is in none of these ranges.
pub(super) fn other_ports(ports: &[PortRange]) -> Vec<PortRange> {
    let mut ports = ports.to_vec();
    ports.sort_by_key(|range| range.first);
    let mut rest = Vec::new();
    let mut next = 0_u32;
    for range in ports {
        if u32::from(range.first) > next {
            rest.extend(u16::try_from(next).ok().map(|first| PortRange { first, last: range.first - 1 }));
        }
        next = next.max(u32::from(range.last) + 1);
    }
    rest.extend(u16::try_from(next).ok().map(|first| PortRange { first, last: u16::MAX }));
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: &str, conditions: Conditions, action: Action) -> Rule {
        Rule { id: id.to_owned(), text: id.to_owned(), conditions, action, packets: None }
    }

    /// A base chain of that priority, or a chain that is jumped to.
    fn chain(name: &str, priority: Option<i64>, rules: Vec<Rule>) -> Chain {
        let base = |priority| Base { hook: Hook::Output, priority, policy: RuleVerdict::Accept, translates: false };
        Chain { name: name.to_owned(), base: priority.map(base), rules }
    }

    fn to(net: &str) -> Conditions {
        Conditions { destinations: vec![net.parse().unwrap()], ..Conditions::default() }
    }

    fn ids(flat: &Flat) -> Vec<&str> {
        flat.rules.iter().map(|rule| rule.id.as_str()).collect()
    }

    const DROP: Action = Action::Verdict(RuleVerdict::Drop);

    #[test]
    fn jumps_are_followed_where_they_stand() {
        let user = Conditions { users: vec![1000], ..Conditions::default() };
        let chains = [
            chain("late", Some(10), vec![rule("4", Conditions::default(), DROP)]),
            chain(
                "early",
                Some(0),
                vec![rule("1", to("192.0.2.0/24"), Action::Jump("sub".to_owned())), rule("3", user, DROP)],
            ),
            chain("sub", None, vec![rule("2", to("192.0.2.7/32"), DROP)]),
        ];
        let flat = flatten(&chains);
        assert_eq!(ids(&flat), ["sub 2", "3", "4"]);
        assert_eq!(flat.rules[0].chain, "early");
        assert_eq!(flat.rules[0].destinations, ["192.0.2.7/32".parse().unwrap()]);
        assert!(flat.rules.iter().all(|rule| !rule.partly_understood));
        assert_eq!(flat.policies.len(), 2);
    }

    #[test]
    fn what_follows_a_return_is_uncertain_or_unreachable() {
        let chains = [
            chain(
                "out",
                Some(0),
                vec![
                    rule("1", Conditions::default(), Action::Jump("sub".to_owned())),
                    rule("9", Conditions::default(), DROP),
                ],
            ),
            chain(
                "sub",
                None,
                vec![
                    rule("2", to("192.0.2.7/32"), Action::Return),
                    rule("3", Conditions::default(), DROP),
                    rule("4", Conditions::default(), Action::Return),
                    rule("5", Conditions::default(), DROP),
                ],
            ),
        ];
        let flat = flatten(&chains);
        assert_eq!(ids(&flat), ["sub 3", "9"]);
        assert!(flat.rules[0].partly_understood && !flat.rules[1].partly_understood);
    }

    #[test]
    fn sets_become_one_rule_each() {
        let conditions = Conditions {
            protocols: vec!["tcp".to_owned(), "udp".to_owned()],
            users: vec![1000, 1001],
            ..Conditions::default()
        };
        let flat = flatten(&[chain("out", Some(0), vec![rule("1", conditions, DROP)])]);
        assert_eq!(flat.rules.len(), 4);
        let many = Conditions { users: (0..100).collect(), ..Conditions::default() };
        let flat = flatten(&[chain("out", Some(0), vec![rule("1", many, DROP)])]);
        assert!(flat.rules.len() == 1 && flat.rules[0].partly_understood);
    }

    #[test]
    fn ports_that_are_left() {
        let range = |first, last| PortRange { first, last };
        assert_eq!(other_ports(&[range(0, 65535)]), []);
        assert_eq!(other_ports(&[range(443, 443), range(0, 79)]), [range(80, 442), range(444, 65535)]);
    }

    #[test]
    fn loops_and_masses_end() {
        let again = |name: &str| {
            vec![rule("1", Conditions::default(), Action::Jump(name.to_owned())), rule("2", to("192.0.2.7/32"), DROP)]
        };
        let flat = flatten(&[chain("a", Some(0), again("b")), chain("b", None, again("a"))]);
        assert_eq!(ids(&flat), ["b 2", "2"]);
        let rules = (0..=MOST_RULES).map(|n| rule(&n.to_string(), Conditions::default(), DROP)).collect();
        let flat = flatten(&[chain("a", Some(0), rules)]);
        assert!(flat.truncated && flat.rules.len() == MOST_RULES);
    }
}
