//! nftables, iptables, ufw and firewalld, all at once.

use std::io;
use std::path::Path;
use std::time::Duration;

use netmend_model::facts::{Firewall, FirewallBackend, RuleVerdict};
use netmend_model::{Outcome, Reason, ReasonCode};

use super::ruleset::{Chain, flatten};
use super::{firewalld, iptables, nft, ufw};
use crate::facts::{host, reading, tool};

/// Some thousand rules take nft well under a second.
const PATIENCE: Duration = Duration::from_secs(2);

/// Chains, or why they are not read.
type Rules = Result<Vec<Chain>, Reason>;
/// What the programs wrote, or why they did not.
type Texts<T> = Result<T, Reason>;

pub(super) async fn read() -> Outcome<Firewall> {
    let (nft, four, six, ufw, firewalld) = tokio::join!(
        nftables(),
        tables("iptables-save", "ip"),
        tables("ip6tables-save", "ip6"),
        ufw(),
        firewalld::read()
    );
    // Ten thousand rules keep a processor busy for a while.
    let read = reading::blocking("firewall rules", PATIENCE, move || Outcome::observed(kernel(nft, four, six))).await;
    read.map(|mut backends| {
        backends.extend(ufw);
        backends.extend(firewalld);
        Firewall { backends }
    })
}

/// The rules that the kernel holds, by the program that shows them.
fn kernel(nft: Texts<Ruleset>, four: Texts<Vec<Tables>>, six: Texts<Vec<Tables>>) -> Vec<FirewallBackend> {
    let iptables = both_families(four, six);
    let nft = nft.and_then(|texts| {
        nft::parse(&texts.json, &texts.wording)
            .map_err(|error| Reason { code: ReasonCode::Malformed, detail: format!("nft -j list ruleset: {error}") })
    });
    let nft = nft.map(|chains| without_iptables(chains, iptables.as_ref().ok()));
    let mut backends = vec![backend("nftables", nft)];
    // Without the program and without legacy tables there is nothing to speak of.
    if tool::find("iptables-save").is_some() || legacy_tables() {
        backends.push(backend("iptables", iptables));
    }
    backends
}

fn legacy_tables() -> bool {
    reading::text("/proc/net/ip_tables_names").is_ok_and(|names| !names.trim().is_empty())
}

/// What the chains of a backend come to. It is active when it can stop anything: a rule, or a policy.
fn backend(name: &str, rules: Rules) -> FirewallBackend {
    let name = name.to_owned();
    match rules {
        Ok(chains) => {
            let flat = flatten(&chains);
            let strict = flat.policies.iter().any(|policy| policy.verdict != RuleVerdict::Accept);
            FirewallBackend {
                name,
                active: Some(strict || !flat.rules.is_empty()),
                unreadable: flat.truncated.then(|| Reason {
                    code: ReasonCode::Malformed,
                    detail: format!("more than {} rules; the others are left out", flat.rules.len()),
                }),
                policies: flat.policies,
                rules: flat.rules,
            }
        }
        Err(reason) => {
            FirewallBackend { name, active: None, unreadable: Some(reason), policies: Vec::new(), rules: Vec::new() }
        }
    }
}

/// The kernel shows its rules to CAP_NET_ADMIN alone; without it the programs need not even be started.
async fn output(name: &str, arguments: &[&str]) -> Result<String, Reason> {
    if tool::find(name).is_some() && !host::is_elevated() {
        let detail = format!("{name} needs CAP_NET_ADMIN");
        return Err(Reason { code: ReasonCode::NeedsAdministrator, detail });
    }
    let output = tool::run(name, arguments, PATIENCE).await?;
    if output.ok {
        return Ok(output.text);
    }
    let first = output.errors.lines().find(|line| !line.trim().is_empty()).unwrap_or("failed").trim();
    Err(Reason { code: ReasonCode::SystemError, detail: format!("{name}: {first}") })
}

/// What nft prints, for programs and for people.
struct Ruleset {
    json: String,
    wording: String,
}

async fn nftables() -> Texts<Ruleset> {
    let (json, wording) =
        tokio::join!(output("nft", &["-j", "list", "ruleset"]), output("nft", &["-a", "list", "ruleset"]));
    // Without the wording the JSON serves.
    Ok(Ruleset { json: json?, wording: wording.unwrap_or_default() })
}

/// What one of the programs for iptables prints, and the family that it is for.
struct Tables {
    family: &'static str,
    text: String,
}

/// `iptables-save` of nftables says when there are tables that only the legacy program sees.
async fn tables(program: &str, family: &'static str) -> Texts<Vec<Tables>> {
    let text = output(program, &["-c"]).await?;
    let more = text.contains("tables-legacy tables present");
    let mut all = vec![Tables { family, text }];
    if more {
        let legacy = program.replace("tables-save", "tables-legacy-save");
        all.push(Tables { family, text: output(&legacy, &["-c"]).await? });
    }
    Ok(all)
}

/// A system without IPv6 has no ip6tables; without IPv4 nothing is known.
fn both_families(four: Texts<Vec<Tables>>, six: Texts<Vec<Tables>>) -> Rules {
    let mut all = four?;
    all.extend(six.unwrap_or_default());
    Ok(all.iter().flat_map(|tables| iptables::parse(&tables.text, tables.family)).collect())
}

/// iptables-nft keeps its tables in nftables, where its matches are opaque: they are read once, by its own program.
fn without_iptables(mut chains: Vec<Chain>, known: Option<&Vec<Chain>>) -> Vec<Chain> {
    let known = known.map(Vec::as_slice).unwrap_or_default();
    chains.retain(|chain| !known.iter().any(|known| known.name == chain.name));
    chains
}

/// Absent where ufw is not installed.
async fn ufw() -> Option<FirewallBackend> {
    let read = reading::blocking("ufw", reading::LOCAL, || Outcome::observed(ufw_files())).await;
    match read {
        Outcome::Observed { data } => data,
        Outcome::NotRun { reason } | Outcome::Errored { reason } => Some(backend("ufw", Err(reason))),
    }
}

fn ufw_files() -> Option<FirewallBackend> {
    let conf = match reading::text("/etc/ufw/ufw.conf") {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => return Some(backend("ufw", Err(reading::reason("/etc/ufw/ufw.conf", &error)))),
        Ok(conf) => conf,
    };
    let mut rules = Vec::new();
    let mut unreadable = None;
    for name in ["user.rules", "user6.rules"] {
        let path = Path::new("/etc/ufw").join(name);
        match reading::text(&path) {
            Ok(text) => rules.extend(ufw::rules(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => unreadable = Some(reading::reason(&path.to_string_lossy(), &error)),
        }
    }
    let defaults = reading::text("/etc/default/ufw").unwrap_or_default();
    let policies = ufw::policies(&defaults);
    Some(FirewallBackend { name: "ufw".to_owned(), active: ufw::enabled(&conf), unreadable, policies, rules })
}
