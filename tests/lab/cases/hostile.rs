//! Peers that mean harm, and an impatient person: the run must end in time, with a valid report.

use std::time::Duration;

use anyhow::{Context, ensure};

use crate::case::Case;
use crate::lab::{NAME, RESOLVER};
use crate::pki::{self, Flaw};
use crate::proof;
use crate::servers::dns::Manner;
use crate::servers::http::Reply;
use crate::servers::tcp::Behaviour;
use crate::topology::Node;

const PLAIN: &str = "http://api.example.test/";
const ONE_SECOND: Duration = Duration::from_secs(1);

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        trickle("one_byte_a_second", PLAIN, 80, b""),
        trickle("one_byte_of_header_a_second", PLAIN, 80, b"HTTP/1.1 200 OK\r\nX-Slow: "),
        trickle("one_byte_of_body_a_second", PLAIN, 80, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
        trickle("one_byte_of_tls_a_second", "https://api.example.test/", 443, b"\x16\x03\x03\x40\x00"),
        trickle("one_byte_of_banner_a_second", "api.example.test:22", 22, b"SSH-").options(&["--expect", "ssh"]),
        header_flood(),
        garbage("garbage_http", PLAIN, 80),
        garbage("garbage_tls", "https://api.example.test/", 443),
        damaged_dns(),
        markup_in_certificate(),
        redirect_for_ever(),
        interrupt("interrupt", 400),
        interrupt("interrupt_early", 60),
    ]
}

fn trickle(variant: &str, target: &str, port: u16, start: &'static [u8]) -> Case {
    Case::hostile(variant)
        .target(target)
        .budget(6)
        .build(move |lab| lab.serve_both(port, &Behaviour::Trickle(start, ONE_SECOND)))
        .proof(move |lab| {
            let patience = Duration::from_millis(1500);
            let answer = proof::exchange_for(lab, &format!("203.0.113.10:{port}"), "x", patience)?;
            let after = answer.len().checked_sub(start.len()).context("the start is missing")?;
            ensure!((1..=2).contains(&after), "{after} bytes in 1.5 s");
            Ok(())
        })
}

fn header_flood() -> Case {
    const SIZE: usize = 10 * 1024 * 1024;
    Case::hostile("header_flood").target(PLAIN).build(|lab| lab.serve_both(80, &Behaviour::HeaderFlood(SIZE))).proof(
        |lab| {
            let answer = proof::exchange(lab, "203.0.113.10:80", "GET / HTTP/1.1\r\n\r\n", proof::PATIENCE)?;
            ensure!(answer.len() >= 16 * 1024 && !answer.contains("\r\n\r\n"), "{} bytes", answer.len());
            Ok(())
        },
    )
}

fn garbage(variant: &str, target: &str, port: u16) -> Case {
    const NOISE: &[u8] = b"\xff\xfe\x00\x01<script>alert(1)</script>\x1b[2J\r\n\x80\x81\x82";
    Case::hostile(variant).target(target).build(move |lab| lab.serve_both(port, &Behaviour::Answer(NOISE))).proof(
        move |lab| {
            let answer = proof::exchange(lab, &format!("203.0.113.10:{port}"), "x\r\n\r\n", proof::PATIENCE)?;
            ensure!(answer.contains("<script>"), "{answer:?}");
            Ok(())
        },
    )
}

fn damaged_dns() -> Case {
    Case::hostile("damaged_dns")
        .build(|lab| {
            lab.https(Reply::status(200))?;
            lab.zone.table().manner = Manner::Damages;
            Ok(())
        })
        .proof(|lab| {
            ensure!(proof::ask(lab, RESOLVER, NAME, false).is_err(), "the answer can be read");
            Ok(())
        })
}

fn markup_in_certificate() -> Case {
    const COMMON_NAME: &str = "<img src=x onerror=alert(1)>";
    Case::hostile("markup_in_certificate")
        .build(|lab| {
            let tls = pki::server_of(&["other.example.test"], Flaw::SelfSigned, COMMON_NAME)?;
            let site = Behaviour::Http(crate::servers::http::site(Reply::status(200)));
            lab.serve_both(443, &Behaviour::Tls(tls, Box::new(site)))
        })
        .proof(|lab| {
            let seen = proof::tls(lab, "203.0.113.10:443", NAME)?;
            ensure!(seen.subject.contains(COMMON_NAME), "{seen:?}");
            Ok(())
        })
}

fn redirect_for_ever() -> Case {
    Case::hostile("redirect_for_ever")
        .target(PLAIN)
        .build(|lab| lab.http(Reply::status(302).with("Location", PLAIN)))
        .proof(|lab| {
            ensure!(proof::http_status(lab, "203.0.113.10:80", NAME, "/")? == 302);
            Ok(())
        })
}

/// Ctrl-C in the middle of a run against a port that drops.
fn interrupt(variant: &str, milliseconds: u64) -> Case {
    Case::hostile(variant)
        .target("https://api.example.test:8443/")
        .interrupt_after(Duration::from_millis(milliseconds))
        .build(|lab| lab.filter(Node::R4, "forward", "tcp dport 8443 counter name hits drop"))
        .proof(|lab| {
            proof::expect_silent(lab, "203.0.113.10:8443")?;
            proof::expect_hits(lab, Node::R4)
        })
}
