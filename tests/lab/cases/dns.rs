//! Name resolution.

use std::time::Duration;

use anyhow::{Context, ensure};

use crate::case::Case;
use crate::lab::{Lab, NAME, PROXY, REFERENCE, RESOLVER, SECOND_RESOLVER, SERVER};
use crate::proof;
use crate::servers::dns::Manner;
use crate::servers::dns_message::{NO_ERROR, NXDOMAIN, REFUSED, SERVFAIL};
use crate::servers::http::{Reply, site};
use crate::servers::tcp::Behaviour;
use crate::topology::Node;

/// An address of the server's network where the service once was.
const OLD: &str = "203.0.113.20";
/// Another, where nobody is.
const NOBODY: &str = "203.0.113.66";

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        no_address_record(),
        hijacked(),
        slow(),
        tcp_blocked(),
        no_resolver(""),
        no_resolver("online").no_target(),
        resolver_silent(""),
        resolver_silent("online").no_target(),
        two_resolvers_silent(),
        resolver_port_closed(),
        resolver_partial("", 1),
        resolver_partial("two_of_three", 2),
        resolver_failing("", SERVFAIL),
        resolver_failing("refused", REFUSED),
        name_not_found(""),
        name_not_found("http").target("http://missing.example.test/"),
        hosts_override("", OLD),
        hosts_override("nobody", NOBODY),
        stale_answer("", OLD),
        stale_answer("nobody", NOBODY),
    ]
}

fn serve(lab: &mut Lab) -> anyhow::Result<()> {
    lab.https(Reply::status(200))?;
    lab.add_addresses(Node::Server, "to-r4", &["203.0.113.20/24"])
}

fn true_address_works(lab: &Lab) -> anyhow::Result<()> {
    proof::tls(lab, "203.0.113.10:443", NAME)?;
    let known = proof::addresses(lab, REFERENCE, NAME)?;
    ensure!(known == [SERVER.parse::<std::net::IpAddr>()?], "the reference resolver says {known:?}");
    proof::expect_online(lab)
}

fn no_resolver(variant: &str) -> Case {
    Case::cause("dns.no_resolver", variant)
        .build(|lab| {
            serve(lab)?;
            lab.client.resolvers.clear();
            Ok(())
        })
        .proof(|lab| {
            ensure!(lab.client.resolvers.is_empty());
            // Without a configured server the C library asks this machine (resolv.conf(5)): nobody there.
            ensure!(proof::ask(lab, "127.0.0.1", NAME, false)?.is_none(), "a local resolver answers");
            true_address_works(lab)
        })
}

fn resolver_silent(variant: &str) -> Case {
    Case::cause("dns.resolver_unreachable", variant)
        .build(|lab| {
            serve(lab)?;
            lab.zone.table().manner = Manner::Silent;
            Ok(())
        })
        .proof(|lab| {
            ensure!(proof::ask(lab, RESOLVER, NAME, false)?.is_none(), "the resolver answers");
            true_address_works(lab)
        })
}

fn two_resolvers_silent() -> Case {
    Case::cause("dns.resolver_unreachable", "two")
        .build(|lab| {
            serve(lab)?;
            lab.second_resolver()?.table().manner = Manner::Silent;
            lab.zone.table().manner = Manner::Silent;
            lab.client.resolvers.push(SECOND_RESOLVER.to_owned());
            Ok(())
        })
        .proof(|lab| {
            for resolver in [RESOLVER, SECOND_RESOLVER] {
                ensure!(proof::ask(lab, resolver, NAME, false)?.is_none(), "{resolver} answers");
            }
            true_address_works(lab)
        })
}

/// The configured address exists, but no resolver runs there.
fn resolver_port_closed() -> Case {
    Case::cause("dns.resolver_unreachable", "port_closed")
        .build(|lab| {
            serve(lab)?;
            lab.add_addresses(Node::Dns, "to-r2", &["198.51.100.67/28"])?;
            lab.client.resolvers = vec![SECOND_RESOLVER.to_owned()];
            Ok(())
        })
        .proof(|lab| {
            proof::expect_ping(lab, SECOND_RESOLVER)?;
            proof::expect_refused(lab, "198.51.100.67:53")?;
            ensure!(proof::ask(lab, SECOND_RESOLVER, NAME, false)?.is_none());
            true_address_works(lab)
        })
}

fn resolver_partial(variant: &str, dead: usize) -> Case {
    Case::cause("dns.resolver_partial", variant)
        .build(move |lab| {
            serve(lab)?;
            lab.second_resolver()?.table().manner = Manner::Silent;
            let mut resolvers = vec![SECOND_RESOLVER.to_owned(), "198.51.100.68".to_owned()];
            resolvers.truncate(dead);
            resolvers.push(RESOLVER.to_owned());
            lab.client.resolvers = resolvers;
            Ok(())
        })
        .proof(|lab| {
            let (last, dead) = lab.client.resolvers.split_last().unwrap_or((&lab.client.resolvers[0], &[]));
            for resolver in dead {
                ensure!(proof::ask(lab, resolver, NAME, false)?.is_none(), "{resolver} answers");
            }
            proof::expect_resolvers_answer(lab, &[last.as_str()])?;
            true_address_works(lab)
        })
}

fn resolver_failing(variant: &str, code: u8) -> Case {
    Case::cause("dns.resolver_failing", variant)
        .build(move |lab| {
            serve(lab)?;
            lab.zone.table().manner = Manner::Fails(code);
            Ok(())
        })
        .proof(move |lab| {
            let answer = proof::ask(lab, RESOLVER, NAME, false)?.unwrap_or_default();
            ensure!(answer.code == code, "the resolver answers {answer:?}");
            proof::expect_resolvers_answer(lab, &[RESOLVER])?;
            true_address_works(lab)
        })
}

fn name_not_found(variant: &str) -> Case {
    Case::cause("dns.name_not_found", variant).target("https://missing.example.test/").build(serve).proof(|lab| {
        for resolver in [RESOLVER, REFERENCE] {
            let answer = proof::ask(lab, resolver, "missing.example.test", false)?.unwrap_or_default();
            ensure!(answer.code == NXDOMAIN, "{resolver} answers {answer:?}");
        }
        true_address_works(lab)
    })
}

fn no_address_record() -> Case {
    Case::cause("dns.no_address_record", "")
        .build(|lab| {
            serve(lab)?;
            lab.name(NAME, &[]);
            Ok(())
        })
        .proof(|lab| {
            for (resolver, v6) in [(RESOLVER, false), (RESOLVER, true), (REFERENCE, false), (REFERENCE, true)] {
                let answer = proof::ask(lab, resolver, NAME, v6)?.context("no answer")?;
                ensure!(answer.code == NO_ERROR && answer.addresses.is_empty(), "{resolver} answers {answer:?}");
            }
            proof::expect_online(lab)
        })
}

/// The resolver sends every mistyped name to a page of advertisements.
fn hijacked() -> Case {
    Case::cause("dns.hijacked", "")
        .target("https://missing.example.test/")
        .build(|lab| {
            serve(lab)?;
            lab.zone.table().invents = PROXY.parse().ok();
            lab.serve(Node::Proxy, &format!("{PROXY}:80"), Behaviour::Http(site(Reply::status(200))))
        })
        .proof(|lab| {
            ensure!(proof::addresses(lab, RESOLVER, "gibberish-4711.example.test")?.len() == 1);
            let answer = proof::ask(lab, REFERENCE, "missing.example.test", false)?.context("no answer")?;
            ensure!(answer.code == NXDOMAIN, "the reference resolver answers {answer:?}");
            true_address_works(lab)
        })
}

fn slow() -> Case {
    const TAKES: Duration = Duration::from_millis(2500);
    Case::cause("dns.slow", "")
        .options(&["--client-timeout", "2s"])
        .build(|lab| {
            serve(lab)?;
            lab.zone.table().delay = TAKES;
            Ok(())
        })
        .proof(|lab| {
            ensure!(proof::ask(lab, RESOLVER, NAME, false)?.is_none(), "the resolver answers at once");
            let late = proof::ask_within(lab, RESOLVER, NAME, false, TAKES * 2)?;
            ensure!(late.is_some_and(|answer| !answer.addresses.is_empty()), "the resolver never answers");
            true_address_works(lab)
        })
}

/// The answer is said to be too long for a datagram, and the way over TCP is closed.
fn tcp_blocked() -> Case {
    Case::cause("dns.tcp_blocked", "")
        .build(|lab| {
            serve(lab)?;
            lab.zone.table().manner = Manner::Truncates;
            lab.filter(Node::R1, "forward", "tcp dport 53 counter name hits drop")
        })
        .proof(|lab| {
            let answer = proof::ask(lab, RESOLVER, NAME, false)?.context("no answer")?;
            ensure!(answer.truncated && answer.addresses.is_empty(), "{answer:?}");
            proof::expect_silent(lab, &format!("{RESOLVER}:53"))?;
            proof::expect_hits(lab, Node::R1)?;
            true_address_works(lab)
        })
}

/// The wrong address must not serve: the right one does.
fn does_not_serve(lab: &Lab, wrong: &str) -> anyhow::Result<()> {
    let outcome = proof::connect(lab, &format!("{wrong}:443"))?;
    ensure!(outcome != proof::Connect::Open, "the wrong address {wrong} serves");
    true_address_works(lab)
}

fn hosts_override(variant: &str, wrong: &'static str) -> Case {
    Case::cause("dns.hosts_override", variant)
        .build(move |lab| {
            serve(lab)?;
            lab.client.hosts.push(format!("{wrong} {NAME}"));
            Ok(())
        })
        .proof(move |lab| {
            ensure!(proof::addresses(lab, RESOLVER, NAME)? == proof::addresses(lab, REFERENCE, NAME)?);
            does_not_serve(lab, wrong)
        })
}

fn stale_answer(variant: &str, old: &'static str) -> Case {
    Case::cause("dns.stale_answer", variant)
        .build(move |lab| {
            serve(lab)?;
            lab.zone.set(NAME, &[old]);
            lab.reference.set(NAME, &[SERVER]);
            Ok(())
        })
        .proof(move |lab| {
            ensure!(proof::addresses(lab, RESOLVER, NAME)? == [old.parse::<std::net::IpAddr>()?]);
            does_not_serve(lab, old)
        })
}
