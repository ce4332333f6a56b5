//! Link, addresses and routes of the client itself.

use std::time::Duration;

use anyhow::{Context, ensure};

use crate::case::Case;
use crate::lab::{Lab, NAME, REFERENCE_V6};
use crate::net;
use crate::proof::{self, Connect};
use crate::servers::http::Reply;
use crate::topology::{Node, Shape, wait_until};

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        no_address(),
        down("", "eth0 down", Node::Client),
        down("carrier", "to-client down", Node::R1),
        down("online", "eth0 down", Node::Client).no_target(),
        no_default_route(""),
        no_default_route("online").no_target(),
        gateway_unreachable(""),
        gateway_unreachable("online").no_target(),
        gateway_unreachable_v4_only(),
        wrong_static_route(),
        ipv6_broken("", "drop"),
        ipv6_broken("rejected", "reject with icmpv6 no-route"),
    ];
    let blocks = [("", "blackhole"), ("prohibit", "prohibit"), ("unreachable", "unreachable")];
    cases.extend(blocks.map(|(variant, kind)| local_route_block(variant, kind)));
    cases
}

fn serve(lab: &mut Lab) -> anyhow::Result<()> {
    lab.https(Reply::status(200))
}

fn down(variant: &str, change: &'static str, at: Node) -> Case {
    Case::cause("link.down", variant)
        .build(move |lab| {
            serve(lab)?;
            lab.ip(at, &format!("link set {change}\n"))?;
            wait_until("eth0 is down", || Ok(!eth0(lab)?.contains(" UP ")))
        })
        .proof(|lab| {
            let eth0 = eth0(lab)?;
            ensure!(eth0.contains("DOWN") || eth0.contains("NO-CARRIER"), "eth0 is up: {eth0}");
            ensure!(proof::connect(lab, "203.0.113.10:443")? != Connect::Open, "the server is reached");
            Ok(())
        })
}

fn eth0(lab: &Lab) -> anyhow::Result<String> {
    let links = net::output(lab.space(Node::Client), "ip", &["-br", "link"])?;
    Ok(links.lines().find(|line| line.starts_with("eth0")).context("no eth0")?.to_owned())
}

fn no_address() -> Case {
    Case::cause("ip.no_address", "")
        .build(|lab| {
            serve(lab)?;
            lab.ip(Node::Client, "addr flush dev eth0\n")
        })
        .proof(|lab| {
            let addresses = net::output(lab.space(Node::Client), "ip", &["addr", "show", "dev", "eth0"])?;
            ensure!(!addresses.contains("inet"), "eth0 has an address: {addresses}");
            ensure!(eth0(lab)?.contains(" UP "), "eth0 is down");
            Ok(())
        })
}

fn no_default_route(variant: &str) -> Case {
    Case::cause("ip.no_default_route", variant)
        .build(|lab| {
            serve(lab)?;
            lab.ip(Node::Client, "route del default via 192.0.2.1\nroute del default via 2001:db8:1::1\n")
        })
        .proof(|lab| {
            proof::expect(lab, "203.0.113.10:443", Connect::Errno(libc::ENETUNREACH))?;
            proof::expect(lab, "[2001:db8:5::10]:443", Connect::Errno(libc::ENETUNREACH))?;
            proof::expect_ping(lab, "192.0.2.1")
        })
}

fn gateway_unreachable(variant: &str) -> Case {
    Case::cause("ip.gateway_unreachable", variant)
        .build(|lab| {
            serve(lab)?;
            lab.ip(
                Node::Client,
                "route replace default via 192.0.2.9\nroute del default via 2001:db8:1::1\n\
                 route add default via 2001:db8:1::9\n",
            )
        })
        .proof(gateway_is_dead)
}

/// As a home router that lost power behind a switch: the link is up, nobody answers for the gateway's address.
fn gateway_unreachable_v4_only() -> Case {
    Case::cause("ip.gateway_unreachable", "ipv4_only")
        .shape(Shape { ipv4_only: true, ..Shape::default() })
        .build(|lab| {
            serve(lab)?;
            lab.ip(Node::Client, "route replace default via 192.0.2.9\n")
        })
        .proof(gateway_is_dead)
}

fn gateway_is_dead(lab: &Lab) -> anyhow::Result<()> {
    let outcome = proof::connect_timed(lab, "203.0.113.10:443", Duration::from_millis(300))?.0;
    ensure!(outcome == Connect::Silent, "the connect ended with {outcome:?} before address resolution could fail");
    let neighbours = net::output(lab.space(Node::Client), "ip", &["neigh", "show", "192.0.2.9"])?;
    ensure!(neighbours.contains("INCOMPLETE") || neighbours.contains("FAILED"), "the gateway answers: {neighbours}");
    Ok(())
}

fn local_route_block(variant: &str, kind: &'static str) -> Case {
    Case::cause("ip.local_route_block", variant)
        .build(move |lab| {
            serve(lab)?;
            lab.ip(Node::Client, &format!("route add {kind} 203.0.113.10/32\nroute add {kind} 2001:db8:5::10/128\n"))
        })
        .proof(|lab| {
            for address in ["203.0.113.10:443", "[2001:db8:5::10]:443"] {
                let (outcome, time) = proof::connect_timed(lab, address, proof::PATIENCE)?;
                ensure!(matches!(outcome, Connect::Errno(_)), "{address}: {outcome:?}");
                ensure!(time < Duration::from_millis(50), "not the local route: it took {time:?}");
            }
            proof::expect_ping(lab, "203.0.113.1")?;
            proof::expect_online(lab)
        })
}

/// A route to the target alone through a neighbour that does not exist.
fn wrong_static_route() -> Case {
    Case::cause("ip.local_route_block", "static")
        .build(|lab| {
            serve(lab)?;
            lab.ip(
                Node::Client,
                "route add 203.0.113.10/32 via 192.0.2.77\nroute add 2001:db8:5::10/128 via 2001:db8:1::77\n",
            )
        })
        .proof(|lab| {
            ensure!(proof::route(lab, Node::Client, "203.0.113.10")?.contains("via 192.0.2.77"));
            proof::expect(lab, "203.0.113.10:443", Connect::Silent)?;
            proof::expect_ping(lab, "203.0.113.1")?;
            proof::expect_online(lab)
        })
}

fn ipv6_broken(variant: &str, verdict: &'static str) -> Case {
    Case::cause("ip.ipv6_broken", variant)
        .build(move |lab| {
            serve(lab)?;
            lab.filter(Node::R1, "forward", &format!("meta nfproto ipv6 counter name hits {verdict}"))
        })
        .proof(|lab| {
            ensure!(proof::connect(lab, "[2001:db8:5::10]:443")? != Connect::Open);
            ensure!(proof::connect(lab, &format!("[{REFERENCE_V6}]:80"))? != Connect::Open);
            proof::expect_hits(lab, Node::R1)?;
            let answer = proof::ask(lab, crate::lab::RESOLVER, NAME, true)?.unwrap_or_default();
            ensure!(!answer.addresses.is_empty(), "the name has no IPv6 address to prefer");
            proof::expect_open(lab, "203.0.113.10:443")
        })
}
