//! Networks without a fault: nothing may be blamed.

use std::time::Duration;

use anyhow::{Context, ensure};

use crate::case::Case;
use crate::lab::{CHECK_NAME, Lab, NAME, REFERENCE, RESOLVER, SECOND_RESOLVER, SERVER, SERVER_V6};
use crate::proof::{self, Connect};
use crate::servers::dns_message::NXDOMAIN;
use crate::servers::http::Reply;
use crate::servers::tcp::Behaviour;
use crate::topology::{Node, Shape};

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        https("https"),
        http(),
        https("online").no_target(),
        ipv4_only(),
        dual_stack(),
        v4_name_on_dual_stack(),
        no_ping(),
        silent_hops(),
        internal_name(),
        working_proxy(),
        loss_at_one_hop(),
        slow_second_resolver(),
        local_service(),
        ssh(),
        bare_tcp(),
        no_external(),
        limited_icmp(),
        long_path(),
        right_hosts_entry(),
        harmless_rules(),
        several_backends(),
        redirect(),
    ]
}

fn serve(lab: &mut Lab) -> anyhow::Result<()> {
    lab.https(Reply::status(200))
}

/// The usual target works by every family the client has.
fn works(lab: &Lab) -> anyhow::Result<()> {
    ensure!(proof::tls(lab, "203.0.113.10:443", NAME)?.names == [NAME]);
    proof::expect_online(lab)
}

fn https(variant: &str) -> Case {
    Case::healthy(variant).build(serve).proof(|lab| {
        proof::expect_open(lab, "[2001:db8:5::10]:443")?;
        works(lab)
    })
}

fn http() -> Case {
    Case::healthy("http").target("http://api.example.test/").build(|lab| lab.http(Reply::status(200))).proof(|lab| {
        ensure!(proof::http_status(lab, "203.0.113.10:80", NAME, "/")? == 200);
        ensure!(proof::http_status(lab, "[2001:db8:5::10]:80", NAME, "/")? == 200);
        proof::expect_online(lab)
    })
}

fn ipv4_only() -> Case {
    Case::healthy("ipv4_only").shape(Shape { ipv4_only: true, ..Shape::default() }).build(serve).proof(|lab| {
        ensure!(proof::connect(lab, "[2001:db8:5::10]:443")? != Connect::Open, "the client has IPv6");
        works(lab)
    })
}

fn dual_stack() -> Case {
    Case::healthy("v6_literal").target("http://[2001:db8:5::10]/").build(|lab| lab.http(Reply::status(200))).proof(
        |lab| {
            ensure!(proof::http_status(lab, "[2001:db8:5::10]:80", NAME, "/")? == 200);
            proof::expect_online(lab)
        },
    )
}

fn v4_name_on_dual_stack() -> Case {
    Case::healthy("name_without_aaaa")
        .build(|lab| {
            serve(lab)?;
            lab.name(NAME, &[SERVER]);
            Ok(())
        })
        .proof(|lab| {
            let v6 = proof::ask(lab, RESOLVER, NAME, true)?.context("no answer")?;
            ensure!(v6.addresses.is_empty());
            works(lab)
        })
}

fn no_ping() -> Case {
    Case::healthy("no_ping")
        .build(|lab| {
            serve(lab)?;
            lab.filter(Node::Server, "input", "icmp type echo-request drop\nicmpv6 type echo-request drop")
        })
        .proof(|lab| {
            proof::expect_no_ping(lab, SERVER)?;
            proof::expect_no_ping(lab, SERVER_V6)?;
            works(lab)
        })
}

fn silent_hops() -> Case {
    Case::healthy("silent_hops")
        .build(|lab| {
            serve(lab)?;
            for node in [Node::R2, Node::R3, Node::R4] {
                lab.filter(node, "output", "icmp type time-exceeded drop\nicmpv6 type time-exceeded drop")?;
            }
            Ok(())
        })
        .proof(|lab| {
            let hops = proof::trace(lab, SERVER, 4)?;
            ensure!(hops[0].is_some() && hops[1..].iter().all(Option::is_none), "the trace shows {hops:?}");
            works(lab)
        })
}

/// Only the configured resolver knows the name: internal, and none of the reference resolver's business.
fn internal_name() -> Case {
    const NAME: &str = "payroll.corp.example";
    Case::healthy("internal_name")
        .target("https://payroll.corp.example/")
        .build(|lab| {
            lab.https_with(crate::pki::Flaw::None, &[NAME], Reply::status(200))?;
            lab.zone.set(NAME, &[SERVER]);
            let service = format!(
                "[[service]]\nname = \"Payroll\"\ntarget = \"https://{NAME}\"\ninternal = true\nexpect = \"https\"\n"
            );
            lab.client.profile.push_str(&service);
            Ok(())
        })
        .proof(|lab| {
            ensure!(proof::addresses(lab, RESOLVER, NAME)?.len() == 1);
            ensure!(proof::ask(lab, REFERENCE, NAME, false)?.context("no answer")?.code == NXDOMAIN);
            proof::tls(lab, "203.0.113.10:443", NAME)?;
            proof::expect_online(lab)
        })
}

fn working_proxy() -> Case {
    Case::healthy("working_proxy")
        .build(|lab| {
            serve(lab)?;
            let policy = lab.carrying();
            lab.proxy(policy)
        })
        .proof(|lab| {
            let request = format!("CONNECT {NAME}:443 HTTP/1.1\r\nHost: {NAME}:443\r\n\r\n");
            let answer = proof::exchange(lab, "198.51.100.98:3128", &request, Duration::from_millis(300))?;
            ensure!(answer.starts_with("HTTP/1.1 200"), "the proxy answers {answer:?}");
            works(lab)
        })
}

/// A router that answers few of the packets that end at it, and forwards all others.
fn loss_at_one_hop() -> Case {
    Case::healthy("loss_at_one_hop")
        .build(|lab| {
            serve(lab)?;
            let few = "numgen random mod 100 < 60 counter name hits drop";
            lab.filter(Node::R2, "output", &format!("icmp type time-exceeded {few}\nicmpv6 type time-exceeded {few}"))
        })
        .proof(|lab| {
            let hop = (0..20).map(|_| proof::trace(lab, SERVER, 2)).collect::<anyhow::Result<Vec<_>>>()?;
            let answered = hop.iter().filter(|hops| hops[1].is_some()).count();
            ensure!((1..20).contains(&answered), "{answered} of 20 probes answered at the hop");
            proof::expect_ping(lab, SERVER)?;
            works(lab)
        })
}

fn slow_second_resolver() -> Case {
    Case::healthy("slow_second_resolver")
        .build(|lab| {
            serve(lab)?;
            lab.second_resolver()?.table().delay = Duration::from_millis(400);
            lab.client.resolvers.push(SECOND_RESOLVER.to_owned());
            Ok(())
        })
        .proof(|lab| {
            proof::expect_resolvers_answer(lab, &[RESOLVER, SECOND_RESOLVER])?;
            works(lab)
        })
}

fn local_service() -> Case {
    Case::healthy("local_service")
        .target("http://127.0.0.1:8080/")
        .build_for(|lab, rights| lab.local_service(rights, "127.0.0.1:8080", "http").map(drop))
        .proof(|lab| {
            ensure!(proof::http_status(lab, "127.0.0.1:8080", "localhost", "/")? == 200);
            Ok(())
        })
}

fn ssh() -> Case {
    Case::healthy("ssh")
        .target("api.example.test:22")
        .options(&["--expect", "ssh"])
        .build(|lab| lab.serve_both(22, &Behaviour::Banner(b"SSH-2.0-OpenSSH_9.9\r\n")))
        .proof(|lab| {
            let banner = proof::exchange(lab, "203.0.113.10:22", "", Duration::from_millis(200))?;
            ensure!(banner.starts_with("SSH-2.0-"), "{banner:?}");
            proof::expect_online(lab)
        })
}

/// A service that waits for the client to speak a protocol of its own.
fn bare_tcp() -> Case {
    Case::healthy("bare_tcp")
        .target("api.example.test:9000")
        .options(&["--expect", "tcp"])
        .build(|lab| lab.serve_both(9000, &Behaviour::Silent))
        .proof(|lab| {
            proof::expect_open(lab, "203.0.113.10:9000")?;
            proof::expect_open(lab, "[2001:db8:5::10]:9000")?;
            proof::expect_online(lab)
        })
}

/// A closed network: no reference can be reached, and none may be asked.
fn no_external() -> Case {
    Case::healthy("no_external")
        .options(&["--no-external"])
        .build(|lab| {
            serve(lab)?;
            let rules =
                "ip daddr 198.51.100.80/28 counter name hits drop\nip6 daddr 2001:db8:99::/64 counter name hits drop";
            lab.filter(Node::R3, "forward", rules)
        })
        .proof(|lab| {
            proof::expect_silent(lab, &format!("{REFERENCE}:80"))?;
            proof::expect_hits(lab, Node::R3)?;
            ensure!(proof::tls(lab, "203.0.113.10:443", NAME)?.names == [NAME]);
            Ok(())
        })
}

fn limited_icmp() -> Case {
    Case::healthy("limited_icmp").shape(Shape { icmp_rate_limit: true, ..Shape::default() }).build(serve).proof(works)
}

/// 160 ms is far, not broken.
fn long_path() -> Case {
    let delay = Duration::from_millis(80);
    Case::healthy("long_path").shape(Shape { delay, ..Shape::default() }).build(serve).proof(move |lab| {
        let (outcome, time) = proof::connect_timed(lab, "203.0.113.10:443", proof::PATIENCE)?;
        ensure!(outcome == Connect::Open && time >= 2 * delay, "{outcome:?} after {time:?}");
        works(lab)
    })
}

fn right_hosts_entry() -> Case {
    Case::healthy("right_hosts_entry")
        .build(|lab| {
            serve(lab)?;
            lab.client.hosts.push(format!("{SERVER} {NAME}"));
            Ok(())
        })
        .proof(|lab| {
            ensure!(proof::addresses(lab, RESOLVER, NAME)? == [SERVER.parse::<std::net::IpAddr>()?]);
            works(lab)
        })
}

/// A desktop's usual firewall: inbound filtered, outbound free, one unrelated port closed.
fn harmless_rules() -> Case {
    Case::healthy("harmless_rules")
        .build(|lab| {
            serve(lab)?;
            lab.filter(
                Node::Client,
                "input",
                "ct state established,related accept\niifname lo accept\nmeta l4proto {icmp, icmpv6} accept\ndrop",
            )?;
            lab.filter(Node::Client, "output", "tcp dport 25 counter name hits reject")
        })
        .proof(|lab| {
            ensure!(proof::connect(lab, "203.0.113.10:25")? != Connect::Open);
            proof::expect_hits(lab, Node::Client)?;
            works(lab)
        })
}

fn several_backends() -> Case {
    Case::healthy("several_backends")
        .build(|lab| {
            serve(lab)?;
            lab.name(NAME, &[SERVER, "203.0.113.11"]);
            lab.add_addresses(Node::Server, "to-r4", &["203.0.113.11/24"])?;
            let tls = crate::pki::server(&[NAME], crate::pki::Flaw::None)?;
            let site = Behaviour::Http(crate::servers::http::site(Reply::status(200)));
            lab.serve(Node::Server, "203.0.113.11:443", Behaviour::Tls(tls, Box::new(site)))
        })
        .proof(|lab| {
            proof::tls(lab, "203.0.113.11:443", NAME)?;
            works(lab)
        })
}

/// From plain HTTP to HTTPS, as most sites do: not a captive portal.
fn redirect() -> Case {
    Case::healthy("redirect")
        .target("http://api.example.test/")
        .build(|lab| {
            serve(lab)?;
            lab.http(Reply::status(301).with("Location", "https://api.example.test/"))
        })
        .proof(|lab| {
            ensure!(proof::http_status(lab, "203.0.113.10:80", NAME, "/")? == 301);
            let _ = CHECK_NAME;
            works(lab)
        })
}
