//! The service itself.

use std::time::Duration;

use anyhow::ensure;

use crate::case::Case;
use crate::lab::{Lab, NAME};
use crate::proof::{self, Connect};
use crate::servers::http::{self, Reply};
use crate::servers::overload::PHASE;
use crate::servers::tcp::Behaviour;
use crate::topology::Node;

const PLAIN: &str = "http://api.example.test/";

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        wrong_port(),
        slow(),
        overloaded(),
        wrong_protocol("", "https://api.example.test/", 443, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
        wrong_protocol("ssh_on_http", PLAIN, 80, b"SSH-2.0-OpenSSH_9.9\r\n"),
        refused(""),
        refused("port").target("https://api.example.test:8443/"),
        refused("v4_literal").target("203.0.113.10:8443"),
        refused("v6_literal").target("[2001:db8:5::10]:8443"),
        no_response(""),
        partial_backends("", None),
        partial_backends("silent", Some("drop")),
    ];
    cases.extend([
        closed_early("", Behaviour::CloseAfterRequest),
        closed_early("at_once", Behaviour::Close),
        closed_early("reset", Behaviour::ResetAfterRequest),
        closed_early("reset_at_once", Behaviour::Reset),
    ]);
    cases
}

fn refused(variant: &str) -> Case {
    Case::cause("service.refused", variant)
        .build(|lab| lab.serve(Node::Server, "203.0.113.10:22", Behaviour::Banner(b"SSH-2.0-OpenSSH_9.9\r\n")))
        .proof(|lab| {
            for port in [80, 443, 8080, 8443] {
                proof::expect_refused(lab, &format!("203.0.113.10:{port}"))?;
                proof::expect_refused(lab, &format!("[2001:db8:5::10]:{port}"))?;
            }
            proof::expect_ping(lab, "203.0.113.10")?;
            proof::expect_online(lab)
        })
}

fn no_response(variant: &str) -> Case {
    Case::cause("service.no_response", variant).target(PLAIN).build(|lab| lab.serve_both(80, &Behaviour::Silent)).proof(
        |lab| {
            proof::expect_open(lab, "203.0.113.10:80")?;
            let answer = get(lab)?;
            ensure!(answer.is_empty(), "the service answers {answer:?}");
            proof::expect_online(lab)
        },
    )
}

fn get(lab: &Lab) -> anyhow::Result<String> {
    let request = format!("GET / HTTP/1.1\r\nHost: {NAME}\r\n\r\n");
    proof::exchange(lab, "203.0.113.10:80", &request, proof::PATIENCE)
}

fn wrong_port() -> Case {
    Case::cause("service.wrong_port", "")
        .target("https://api.example.test:8443/")
        .build(|lab| lab.https(Reply::status(200)))
        .proof(|lab| {
            proof::expect_refused(lab, "203.0.113.10:8443")?;
            proof::tls(lab, "203.0.113.10:443", NAME)?;
            proof::expect_online(lab)
        })
}

fn slow() -> Case {
    let takes = Duration::from_secs(3);
    Case::cause("service.slow", "")
        .target(PLAIN)
        .options(&["--client-timeout", "1s"])
        .build(move |lab| lab.http(Reply::status(200).after(takes)))
        .proof(move |lab| {
            ensure!(get(lab)?.is_empty(), "the service answers at once");
            let request = format!("GET / HTTP/1.1\r\nHost: {NAME}\r\n\r\n");
            let late = proof::exchange(lab, "203.0.113.10:80", &request, takes * 2)?;
            ensure!(late.starts_with("HTTP/1.1 200"), "{late:?}");
            proof::expect_online(lab)
        })
}

/// It works as often as not: the message says that something is wrong at all.
fn overloaded() -> Case {
    Case::cause("service.overloaded", "")
        .target(PLAIN)
        .options(&["--symptom", "curl: (28) Failed to connect to api.example.test port 80: Connection timed out"])
        .build(|lab| {
            lab.name(NAME, &["203.0.113.10"]);
            lab.serve_overloaded(Node::Server, "203.0.113.10:80")
        })
        .proof(|lab| {
            let attempts = (0..16).map(|_| {
                std::thread::sleep(PHASE / 8);
                Ok(proof::connect_timed(lab, "203.0.113.10:80", PHASE / 8)?.0)
            });
            let attempts = attempts.collect::<anyhow::Result<Vec<Connect>>>()?;
            let count = |wanted| attempts.iter().filter(|&&each| each == wanted).count();
            ensure!(count(Connect::Open) >= 3 && count(Connect::Silent) >= 3, "{attempts:?}");
            for _ in 0..20 {
                proof::expect_ping(lab, "203.0.113.10")?;
            }
            proof::expect_online(lab)
        })
}

fn wrong_protocol(variant: &str, target: &str, port: u16, answer: &'static [u8]) -> Case {
    Case::cause("service.wrong_protocol", variant)
        .target(target)
        .build(move |lab| lab.serve_both(port, &Behaviour::Answer(answer)))
        .proof(move |lab| {
            let seen = proof::exchange(lab, &format!("203.0.113.10:{port}"), "x\r\n\r\n", proof::PATIENCE)?;
            ensure!(seen.as_bytes() == answer, "{seen:?}");
            proof::expect_online(lab)
        })
}

fn closed_early(variant: &str, behaviour: Behaviour) -> Case {
    let resets = behaviour.resets();
    Case::cause("service.closed_early", variant).target(PLAIN).build(move |lab| lab.serve_both(80, &behaviour)).proof(
        move |lab| {
            let start = std::time::Instant::now();
            let ended = get(lab);
            ensure!(start.elapsed() < proof::PATIENCE, "the service does not close");
            match ended {
                Ok(answer) => ensure!(answer.is_empty() && !resets, "the service answers {answer:?}"),
                // A request that arrives after the close is answered by a reset, too.
                Err(error) => ensure!(format!("{error:#}").contains("reset"), "{error:#}"),
            }
            proof::expect_online(lab)
        },
    )
}

/// Three addresses, the last of which does not serve: it refuses, or a rule there drops.
fn partial_backends(variant: &str, rule: Option<&'static str>) -> Case {
    const BACKENDS: [&str; 3] = ["203.0.113.11", "203.0.113.12", "203.0.113.13"];
    Case::cause("service.partial_backends", variant)
        .build(move |lab| {
            lab.name(NAME, &BACKENDS);
            lab.add_addresses(
                Node::Server,
                "to-r4",
                &BACKENDS.map(|address| format!("{address}/24")).each_ref().map(String::as_str),
            )?;
            let tls = crate::pki::server(&[NAME], crate::pki::Flaw::None)?;
            let site = Behaviour::Http(http::site(Reply::status(200)));
            for address in &BACKENDS[..2] {
                lab.serve(
                    Node::Server,
                    &format!("{address}:443"),
                    Behaviour::Tls(tls.clone(), Box::new(site.clone())),
                )?;
            }
            rule.map_or(Ok(()), |verdict| {
                lab.filter(
                    Node::Server,
                    "input",
                    &format!("ip daddr 203.0.113.13 tcp dport 443 counter name hits {verdict}"),
                )
            })
        })
        .proof(move |lab| {
            proof::tls(lab, "203.0.113.11:443", NAME)?;
            proof::tls(lab, "203.0.113.12:443", NAME)?;
            let last = if rule.is_some() { Connect::Silent } else { Connect::Errno(libc::ECONNREFUSED) };
            proof::expect(lab, "203.0.113.13:443", last)?;
            ensure!(proof::addresses(lab, crate::lab::RESOLVER, NAME)?.len() == 3);
            proof::expect_online(lab)
        })
}
