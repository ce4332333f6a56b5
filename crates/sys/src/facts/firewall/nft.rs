//! `nft -j list ruleset` (libnftables-json(5)): the part of it that decides whether a packet may pass.

mod reader;

use std::collections::{BTreeMap, HashMap};

use netmend_model::facts::{Hook, RuleVerdict};
use serde::Deserialize;
use serde_json::{Map, Value};

use self::reader::{Reader, of_family};
use super::ruleset::{Action, Base, Chain, Rule};

#[derive(Deserialize)]
struct Document {
    nftables: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
struct JsonChain {
    family: String,
    table: String,
    name: String,
    hook: Option<String>,
    prio: Option<i64>,
    policy: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct JsonRule {
    family: String,
    table: String,
    chain: String,
    handle: u64,
    #[serde(default)]
    expr: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
struct JsonSet {
    family: String,
    table: String,
    name: String,
    #[serde(default)]
    elem: Vec<Value>,
}

/// Members of the named sets, by full name.
type Sets = HashMap<String, Vec<Value>>;

/// Reads the JSON and, for the wording of the rules, what `nft -a list ruleset` prints.
///
/// # Errors
/// When it is no JSON of nft.
pub(super) fn parse(json: &str, wording: &str) -> serde_json::Result<Vec<Chain>> {
    let document: Document = serde_json::from_str(json)?;
    let (mut chains, mut rules, mut sets) = (Vec::new(), Vec::new(), Sets::new());
    for mut object in document.nftables {
        if let Some(chain) = take::<JsonChain>(&mut object, "chain") {
            chains.push(self::chain(chain));
        } else if let Some(rule) = take::<JsonRule>(&mut object, "rule") {
            rules.push(rule);
        } else if let Some(set) = take::<JsonSet>(&mut object, "set") {
            sets.insert(format!("{} {} {}", set.family, set.table, set.name), set.elem);
        }
    }
    let texts = texts(wording);
    let mut by_chain: HashMap<String, Vec<Rule>> = HashMap::new();
    for rule in rules {
        let name = format!("{} {} {}", rule.family, rule.table, rule.chain);
        by_chain.entry(name).or_default().extend(self::rules(&rule, &sets, &texts));
    }
    for chain in &mut chains {
        chain.rules = by_chain.remove(&chain.name).unwrap_or_default();
    }
    Ok(chains)
}

/// An object of a kind that is known but of an unknown shape is left out, as a newer nft may write it.
fn take<T: for<'d> Deserialize<'d>>(object: &mut Map<String, Value>, kind: &str) -> Option<T> {
    serde_json::from_value(object.remove(kind)?).ok()
}

fn chain(json: JsonChain) -> Chain {
    let base = json.hook.map(|hook| Base {
        hook: match hook.as_str() {
            "input" => Hook::Input,
            "output" => Hook::Output,
            "forward" => Hook::Forward,
            _ => Hook::Other,
        },
        priority: json.prio.unwrap_or(0),
        policy: match json.policy.as_deref() {
            Some("drop") => RuleVerdict::Drop,
            _ => RuleVerdict::Accept,
        },
        translates: json.kind.as_deref() == Some("nat"),
    });
    Chain { name: format!("{} {} {}", json.family, json.table, json.name), base, rules: Vec::new() }
}

/// The words of each rule by table and handle, from lines such as `tcp dport 25 drop # handle 4` in a table.
fn texts(wording: &str) -> BTreeMap<(String, u64), String> {
    let mut texts = BTreeMap::new();
    let mut table = String::new();
    for line in wording.lines() {
        let Some((words, handle)) = line.rsplit_once(" # handle ") else { continue };
        if let Some(name) = words.strip_prefix("table ") {
            name.trim_end_matches(['{', ' ']).clone_into(&mut table);
        } else if let (false, Ok(handle)) = (words.ends_with('{'), handle.trim().parse()) {
            texts.insert((table.clone(), handle), words.trim().to_owned());
        }
    }
    texts
}

/// A verdict map becomes one rule for each of its entries.
fn rules(json: &JsonRule, sets: &Sets, texts: &BTreeMap<(String, u64), String>) -> Vec<Rule> {
    let table = format!("{} {}", json.family, json.table);
    let text = texts.get(&(table.clone(), json.handle)).cloned();
    let mut reader = Reader { table: &table, sets, conditions: of_family(&json.family), packets: None };
    let mut actions = Vec::new();
    for statement in &json.expr {
        for (kind, value) in statement {
            actions.extend(reader.statement(kind, value));
        }
    }
    if actions.is_empty() {
        actions.push((reader.conditions.clone(), Action::Nothing));
    }
    let text = text.unwrap_or_else(|| serde_json::to_string(&json.expr).unwrap_or_default());
    let packets = reader.packets;
    let rule =
        |(conditions, action)| Rule { id: json.handle.to_string(), text: text.clone(), conditions, action, packets };
    actions.into_iter().map(rule).collect()
}

#[cfg(test)]
mod tests;
