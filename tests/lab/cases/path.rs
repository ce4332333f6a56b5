//! The path between the client's network and the target's.

use std::net::IpAddr;
use std::time::Duration;

use anyhow::{Context, ensure};

use crate::case::Case;
use crate::lab::Lab;
use crate::proof::{self, Connect};
use crate::servers::http::Reply;
use crate::topology::Node;

/// An address of the target's network that no machine has.
const NOBODY: &str = "203.0.113.50:443";

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        host_silent(),
        host_unreachable(""),
        host_unreachable("v6_literal").target("[2001:db8:5::50]:443"),
        host_unreachable("name").target("https://off.example.test/"),
        no_route(""),
        no_route("literal").target("203.0.113.10:443"),
        blackhole("", "drop"),
        blackhole_route(),
        routing_loop(""),
        routing_loop("literal").target("203.0.113.10:443"),
        loss("", 25),
        loss("light", 18),
        loss("symptom", 20).options(&["--symptom", "java.net.SocketTimeoutException: Connect timed out"]),
        mtu_blackhole("", 1400),
        mtu_blackhole("tunnel", 1300),
    ]
}

fn serve(lab: &mut Lab) -> anyhow::Result<()> {
    lab.https(Reply::status(200))
}

/// Sender, type and code of what ICMP says about a connect.
fn expect_blame(lab: &Lab, address: &str, sender: &str, kind: u8, code: u8) -> anyhow::Result<()> {
    let blame = proof::blame_within(lab, address, Duration::from_secs(5))?;
    let blame = blame.with_context(|| format!("{address}: no ICMP error"))?;
    let expected = proof::Reply { sender: sender.parse()?, kind, code };
    ensure!(blame == expected, "{address}: expected {expected:?}, saw {blame:?}");
    Ok(())
}

/// The data-centre edge asks for a machine that is off, for three seconds, and then says so.
fn host_unreachable(variant: &str) -> Case {
    Case::cause("path.host_unreachable", variant)
        .target(NOBODY)
        .build(|lab| {
            serve(lab)?;
            lab.name("off.example.test", &["203.0.113.50", "2001:db8:5::50"]);
            Ok(())
        })
        .proof(|lab| {
            expect_blame(lab, NOBODY, "198.51.100.10", 3, 1)?;
            proof::expect_open(lab, "203.0.113.10:443")
        })
}

fn no_route(variant: &str) -> Case {
    Case::cause("path.no_route", variant)
        .build(|lab| {
            serve(lab)?;
            lab.ip(Node::R3, "route del 203.0.113.0/24\nroute del 2001:db8:5::/64\n")
        })
        .proof(|lab| {
            expect_blame(lab, "203.0.113.10:443", "198.51.100.6", 3, 0)?;
            expect_blame(lab, "[2001:db8:5::10]:443", "2001:db8:23::3", 1, 0)?;
            proof::expect_online(lab)
        })
}

/// Fails unless the trace to the target shows exactly these hops and silence after them.
fn expect_trace_ends(lab: &Lab, expected: &[&str]) -> anyhow::Result<()> {
    let hops = proof::trace(lab, "203.0.113.10", 6)?;
    let senders: Vec<Option<IpAddr>> = hops.iter().map(|hop| hop.map(|reply| reply.sender)).collect();
    for (seen, wanted) in senders.iter().zip(expected) {
        ensure!(*seen == Some(wanted.parse()?), "the trace shows {senders:?}");
    }
    ensure!(senders[expected.len()..].iter().all(Option::is_none), "the trace goes on: {senders:?}");
    Ok(())
}

/// The machine answers nothing at all; its neighbour does, and the edge router names itself by its address there.
fn host_silent() -> Case {
    Case::cause("path.host_silent", "")
        .build(|lab| {
            serve(lab)?;
            lab.ip(
                Node::R4,
                "route replace default via 198.51.100.9 src 203.0.113.1\n\
                 route del default via 2001:db8:34::3\nroute add default via 2001:db8:34::3 src 2001:db8:5::1\n",
            )?;
            lab.filter(Node::Server, "input", "ip daddr 203.0.113.10 counter name hits drop\nip6 nexthdr {tcp, udp} counter name hits drop\nicmpv6 type echo-request counter name hits drop")
        })
        .proof(|lab| {
            proof::expect_silent(lab, "203.0.113.10:443")?;
            proof::expect_silent(lab, "[2001:db8:5::10]:443")?;
            proof::expect_no_ping(lab, "203.0.113.10")?;
            proof::expect_hits(lab, Node::Server)?;
            proof::expect_ping(lab, "203.0.113.1")?;
            expect_trace_ends(lab, &["192.0.2.1", "198.51.100.2", "198.51.100.6", "203.0.113.1"])
        })
}

/// A provider's router loses everything towards the target's network.
fn blackhole(variant: &str, verdict: &'static str) -> Case {
    Case::cause("path.blackhole", variant)
        .build(move |lab| {
            serve(lab)?;
            let rules = format!(
                "ip daddr 203.0.113.0/24 counter name hits {verdict}\nip6 daddr 2001:db8:5::/64 counter name hits {verdict}"
            );
            lab.filter(Node::R3, "forward", &rules)
        })
        .proof(|lab| {
            expect_trace_ends(lab, &["192.0.2.1", "198.51.100.2", "198.51.100.6"])?;
            proof::expect_silent(lab, "203.0.113.10:443")?;
            proof::expect_silent(lab, "[2001:db8:5::10]:443")?;
            proof::expect_hits(lab, Node::R3)?;
            proof::expect_online(lab)
        })
}

/// The same by a null route, as routers do it: the router itself does not show in the trace either.
fn blackhole_route() -> Case {
    Case::cause("path.blackhole", "null_route")
        .build(|lab| {
            serve(lab)?;
            lab.ip(Node::R3, "route replace blackhole 203.0.113.0/24\nroute del 2001:db8:5::/64\nroute add blackhole 2001:db8:5::/64\n")
        })
        .proof(|lab| {
            expect_trace_ends(lab, &["192.0.2.1", "198.51.100.2"])?;
            proof::expect_silent(lab, "203.0.113.10:443")?;
            proof::expect_silent(lab, "[2001:db8:5::10]:443")?;
            proof::expect_online(lab)
        })
}

fn routing_loop(variant: &str) -> Case {
    Case::cause("path.routing_loop", variant)
        .build(|lab| {
            serve(lab)?;
            lab.ip(
                Node::R3,
                "route replace 203.0.113.0/24 via 198.51.100.5\nroute del 2001:db8:5::/64\n\
                 route add 2001:db8:5::/64 via 2001:db8:23::2\n",
            )
        })
        .proof(|lab| {
            let hops = proof::trace(lab, "203.0.113.10", 7)?;
            let senders: Vec<_> = hops.iter().map(|hop| hop.map(|reply| reply.sender)).collect();
            ensure!(senders[1].is_some() && senders[1] == senders[3] && senders[3] == senders[5], "{senders:?}");
            ensure!(senders[2].is_some() && senders[2] == senders[4], "{senders:?}");
            let blame = proof::blame(lab, "203.0.113.10:443")?.context("no ICMP error")?;
            ensure!((blame.kind, blame.code) == (11, 0), "{blame:?}");
            proof::expect_online(lab)
        })
}

/// Loss between the provider and the target's edge, both ways, to the end of the path.
fn loss(variant: &str, percent: u32) -> Case {
    Case::cause("path.loss", variant)
        .build(move |lab| {
            serve(lab)?;
            let unlucky = format!("numgen random mod 100 < {percent} counter name hits drop");
            let rules = format!(
                "ip daddr 203.0.113.0/24 {unlucky}\nip saddr 203.0.113.0/24 {unlucky}
                 ip6 daddr 2001:db8:5::/64 {unlucky}\nip6 saddr 2001:db8:5::/64 {unlucky}"
            );
            lab.filter(Node::R3, "forward", &rules)
        })
        .proof(|lab| {
            let echoes = (0..40).map(|_| proof::ping_within(lab, "203.0.113.10", Duration::from_millis(30)));
            let answered = echoes.collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().count();
            ensure!((8..=38).contains(&answered), "{answered} of 40 echoes answered");
            proof::expect_hits(lab, Node::R3)?;
            proof::expect_online(lab)
        })
}

/// A link with a smaller MTU whose "fragmentation needed" never arrives; the page is larger than one packet.
fn mtu_blackhole(variant: &str, mtu: u32) -> Case {
    Case::cause("path.mtu_blackhole", variant)
        .build(move |lab| {
            let page = "x".repeat(200_000);
            lab.https(Reply::status(200).body(&page))?;
            lab.http(Reply::status(200).body(&page))?;
            lab.ip(Node::R3, &format!("link set to-r4 mtu {mtu}\n"))?;
            lab.ip(Node::R4, &format!("link set to-r3 mtu {mtu}\n"))?;
            for node in [Node::R3, Node::R4] {
                lab.filter(
                    node,
                    "output",
                    "icmp type destination-unreachable icmp code frag-needed counter name hits drop
                     icmpv6 type packet-too-big counter name hits drop",
                )?;
            }
            Ok(())
        })
        .proof(|lab| {
            ensure!(proof::connect(lab, "203.0.113.10:443")? == Connect::Open);
            let request = "GET / HTTP/1.1\r\nHost: api.example.test\r\n\r\n";
            let answer = proof::exchange(lab, "203.0.113.10:80", request, proof::PATIENCE)?;
            ensure!(answer.len() < 1000, "{} bytes of the page arrived", answer.len());
            proof::expect_hits(lab, Node::R4)
        })
}
