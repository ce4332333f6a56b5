//! Firewalls and other devices that decide about packets.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};

use crate::case::Case;
use crate::lab::{CHECK_NAME, Lab, NAME};
use crate::proof::{self, Connect};
use crate::servers::http::Reply;
use crate::servers::tcp::Behaviour;
use crate::topology::{Node, Shape, device};

/// The first byte of a TLS handshake record behind a TCP header with time stamps (32 bytes).
pub(super) const TLS_HELLO: &str = "@th,256,8 0x16";

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    let literal = "203.0.113.10:8443";
    vec![
        reset_injected(),
        dropped("", Node::R4, "forward"),
        dropped("v4_literal", Node::R4, "forward").target(literal),
        dropped("v6_literal", Node::R4, "forward").target("[2001:db8:5::10]:8443"),
        dropped("provider", Node::R2, "forward"),
        dropped("host", Node::Server, "input"),
        dropped("symptom", Node::R4, "forward").target(literal).options(&[
            "--symptom",
            "java.net.ConnectException: Connection timed out: getsockopt: api.example.test/203.0.113.10:8443",
        ]),
        rejected("", Node::R4, "forward", "admin-prohibited", (13, 1)),
        rejected("host_prohibited", Node::R4, "forward", "host-prohibited", (10, 1)),
        rejected("net_prohibited", Node::R2, "forward", "net-prohibited", (9, 1)),
        rejected("host", Node::Server, "input", "admin-prohibited", (13, 1)),
        local_outbound("", "counter name hits drop"),
        local_outbound("rejected", "counter name hits reject"),
        // Told from a refusal by the server only by its speed: the server must be some way off.
        local_outbound("reset", "meta l4proto tcp counter name hits reject with tcp reset")
            .shape(Shape { delay: Duration::from_millis(10), ..Shape::default() }),
        local_outbound("prohibited", "counter name hits reject with icmpx admin-prohibited"),
        local_outbound_owner(),
        captive_portal("", Reply::status(302).with("Location", "http://portal.example.test/login")),
        captive_portal("rewritten", Reply::status(200).body("<html><title>Welcome to Example Wi-Fi</title></html>")),
        captive_portal("online", Reply::status(302).with("Location", "http://portal.example.test/login")).no_target(),
    ]
}

fn serve(lab: &mut Lab) -> anyhow::Result<()> {
    lab.https(Reply::status(200))
}

fn dropped(variant: &str, node: Node, hook: &'static str) -> Case {
    Case::cause("firewall.dropped", variant)
        .target("https://api.example.test:8443/")
        .build(move |lab| {
            serve(lab)?;
            lab.filter(node, hook, "tcp dport 8443 counter name hits drop")
        })
        .proof(move |lab| {
            proof::expect_silent(lab, "203.0.113.10:8443")?;
            proof::expect_silent(lab, "[2001:db8:5::10]:8443")?;
            proof::expect_hits(lab, node)?;
            the_rest_works(lab)
        })
}

fn the_rest_works(lab: &Lab) -> anyhow::Result<()> {
    proof::expect_open(lab, "203.0.113.10:443")?;
    proof::expect_open(lab, "[2001:db8:5::10]:443")?;
    proof::expect_ping(lab, "203.0.113.10")?;
    proof::expect_online(lab)
}

/// `codes` are those of ICMP type 3 and of ICMPv6 type 1.
fn rejected(variant: &str, node: Node, hook: &'static str, with: &'static str, codes: (u8, u8)) -> Case {
    Case::cause("firewall.rejected", variant)
        .target("https://api.example.test:8443/")
        .build(move |lab| {
            serve(lab)?;
            let rules = format!(
                "meta nfproto ipv4 tcp dport 8443 counter name hits reject with icmp {with}
                 meta nfproto ipv6 tcp dport 8443 counter name hits reject with icmpv6 admin-prohibited"
            );
            lab.filter(node, hook, &rules)
        })
        .proof(move |lab| {
            for (address, code) in [("203.0.113.10:8443", codes.0), ("[2001:db8:5::10]:8443", codes.1)] {
                let blame = proof::blame(lab, address)?.with_context(|| format!("{address}: no ICMP error"))?;
                let kind = if blame.sender.is_ipv4() { 3 } else { 1 };
                ensure!((blame.kind, blame.code) == (kind, code), "{address}: {blame:?}");
            }
            proof::expect_hits(lab, node)?;
            the_rest_works(lab)
        })
}

fn local_outbound(variant: &str, verdict: &'static str) -> Case {
    Case::cause("firewall.local_outbound", variant)
        .build(move |lab| {
            lab.https(Reply::status(200))?;
            lab.http(Reply::status(200))?;
            let rules = format!(
                "ip daddr 203.0.113.10 tcp dport 443 {verdict}\nip6 daddr 2001:db8:5::10 tcp dport 443 {verdict}"
            );
            lab.filter(Node::Client, "output", &rules)?;
            // Counts on the first hop what left the client: nothing may.
            lab.filter(Node::R1, "forward", "tcp dport 443 counter name hits")
        })
        .proof(|lab| {
            for address in ["203.0.113.10:443", "[2001:db8:5::10]:443"] {
                let (outcome, time) = proof::connect_timed(lab, address, proof::PATIENCE)?;
                ensure!(outcome != Connect::Open, "{address} connects");
                let at_once = time < Duration::from_millis(50);
                ensure!(outcome == Connect::Silent || at_once, "{address}: {outcome:?} after {time:?}");
            }
            proof::expect_hits(lab, Node::Client)?;
            ensure!(proof::hits(lab, Node::R1)? == 0, "packets left the client");
            proof::expect_open(lab, "203.0.113.10:80")?;
            proof::expect_online(lab)
        })
}

/// The rule is for one user only: the one who diagnoses.
fn local_outbound_owner() -> Case {
    Case::cause("firewall.local_outbound", "owner")
        .build_for(|lab, rights| {
            lab.https(Reply::status(200))?;
            lab.http(Reply::status(200))?;
            let user = rights.user_in_namespace()?;
            lab.filter(Node::Client, "output", &format!("meta skuid {user} tcp dport 443 counter name hits drop"))?;
            lab.filter(Node::R1, "forward", "tcp dport 443 counter name hits")
        })
        .proof(|lab| {
            let rules =
                crate::net::output(lab.space(Node::Client), "nft", &["list", "chain", "inet", "lab", "output"])?;
            ensure!(rules.contains("meta skuid"), "{rules}");
            let root_is_stopped = proof::connect(lab, "203.0.113.10:443")? == Connect::Silent;
            ensure!(root_is_stopped == rules.contains("meta skuid 0") || root_is_stopped == rules.contains("\"root\""));
            ensure!(root_is_stopped == (proof::hits(lab, Node::R1)? == 0), "packets left the client");
            proof::expect_open(lab, "203.0.113.10:80")?;
            proof::expect_online(lab)
        })
}

/// A device on the path answers the TLS hello with a reset in the server's name.
fn reset_injected() -> Case {
    Case::cause("firewall.reset_injected", "")
        .build(|lab| {
            serve(lab)?;
            lab.http(Reply::status(200))?;
            lab.filter(
                Node::R2,
                "forward",
                &format!("tcp dport 443 {TLS_HELLO} counter name hits reject with tcp reset"),
            )
        })
        .proof(|lab| {
            proof::expect_open(lab, "203.0.113.10:443")?;
            ensure!(proof::tls(lab, "203.0.113.10:443", NAME).is_err(), "the handshake passes");
            proof::expect_hits(lab, Node::R2)?;
            ensure!(proof::http_status(lab, "203.0.113.10:80", NAME, "/")? == 200);
            proof::expect_online(lab)
        })
}

/// The home router answers every web request itself until the sign-in; names resolve, all else is dropped.
fn captive_portal(variant: &str, page: Reply) -> Case {
    let page = Arc::new(page);
    Case::cause("net.captive_portal", variant)
        .build(move |lab| {
            serve(lab)?;
            lab.name("portal.example.test", &["192.0.2.1"]);
            let page = Arc::clone(&page);
            let site = Behaviour::Http(Arc::new(move |_| page.as_ref().clone()));
            lab.serve(Node::R1, "192.0.2.1:8080", site)?;
            let from_client = device(Node::R1, Node::Client);
            lab.nft(
                Node::R1,
                &format!(
                    "table ip portal {{\n chain prerouting {{ type nat hook prerouting priority -100;
                        iifname \"{from_client}\" tcp dport 80 redirect to :8080\n}}\n}}\n"
                ),
            )?;
            let rules = format!(
                "iifname \"{from_client}\" meta l4proto {{tcp, udp}} th dport 53 accept
                 iifname \"{from_client}\" counter name hits drop"
            );
            lab.filter(Node::R1, "forward", &rules)
        })
        .proof(|lab| {
            let status = proof::http_status(lab, "198.51.100.82:80", CHECK_NAME, "/generate_204")?;
            ensure!(status != 204, "the connectivity check passes");
            proof::expect_silent(lab, "203.0.113.10:443")?;
            proof::expect_hits(lab, Node::R1)?;
            proof::expect_resolvers_answer(lab, &[crate::lab::RESOLVER])
        })
}
