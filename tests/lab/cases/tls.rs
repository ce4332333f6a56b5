//! Certificates.

use anyhow::{Context, ensure};
use jiff::Timestamp;

use super::firewall::TLS_HELLO;
use crate::case::Case;
use crate::lab::NAME;
use crate::pki::{AUTHORITY_NAME, Flaw, INTERMEDIATE_NAME};
use crate::proof::{self, Certificate};
use crate::servers::http::Reply;
use crate::servers::tcp::Behaviour;
use crate::topology::Node;

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        flawed("tls.expired", "", Flaw::Expired, &[NAME], |seen| seen.not_after < Timestamp::now().as_second()),
        flawed("tls.hostname_mismatch", "", Flaw::None, &["other.example.test"], |seen| {
            seen.names == ["other.example.test"] && seen.issuer.contains(AUTHORITY_NAME)
        }),
        flawed("tls.hostname_mismatch", "wildcard", Flaw::None, &["*.api.example.test", "example.test"], |seen| {
            !seen.names.contains(&NAME.to_owned())
        }),
        flawed("tls.untrusted", "", Flaw::SelfSigned, &[NAME], |seen| seen.issuer == seen.subject),
        flawed("tls.untrusted", "unknown_authority", Flaw::UnknownAuthority, &[NAME], |seen| {
            seen.issuer.contains("Unknown Root")
        }),
        authority_not_installed(),
        flawed("tls.not_yet_valid", "", Flaw::NotYetValid, &[NAME], |seen| {
            seen.not_before > Timestamp::now().as_second()
        }),
        flawed("tls.incomplete_chain", "", Flaw::IncompleteChain, &[NAME], |seen| {
            seen.issuer.contains(INTERMEDIATE_NAME)
        }),
        handshake_dropped(),
        old_version_only(),
        client_certificate_required(),
    ]
}

fn flawed(
    cause: &'static str,
    variant: &str,
    flaw: Flaw,
    names: &'static [&'static str],
    is_there: fn(&Certificate) -> bool,
) -> Case {
    Case::cause(cause, variant).build(move |lab| lab.https_with(flaw, names, Reply::status(200))).proof(move |lab| {
        for address in ["203.0.113.10:443", "[2001:db8:5::10]:443"] {
            let seen = proof::tls(lab, address, NAME)?;
            ensure!(is_there(&seen), "{address}: {seen:?}");
        }
        proof::expect_online(lab)
    })
}

/// Only what begins like a TLS hello vanishes.
fn handshake_dropped() -> Case {
    Case::cause("tls.handshake_dropped", "")
        .build(|lab| {
            lab.https(Reply::status(200))?;
            lab.filter(Node::R2, "forward", &format!("tcp dport 443 {TLS_HELLO} counter name hits drop"))
        })
        .proof(|lab| {
            let plain = proof::exchange(lab, "203.0.113.10:443", "GET / HTTP/1.1\r\n\r\n", proof::PATIENCE)?;
            ensure!(!plain.is_empty(), "the server does not answer what is no TLS");
            ensure!(proof::tls(lab, "203.0.113.10:443", NAME).is_err(), "the handshake passes");
            proof::expect_hits(lab, Node::R2)?;
            proof::expect_online(lab)
        })
}

/// Answers every hello as a server does that speaks TLS 1.0 at most: alert 70, "protocol version" (RFC 8446 section 6).
fn old_version_only() -> Case {
    const ALERT: &[u8] = b"\x15\x03\x01\x00\x02\x02\x46";
    Case::cause("tls.version_mismatch", "").build(|lab| lab.serve_both(443, &Behaviour::Answer(ALERT))).proof(|lab| {
        let error = proof::tls(lab, "203.0.113.10:443", NAME).err().context("the handshake passes")?;
        ensure!(format!("{error:#}").contains("ProtocolVersion"), "{error:#}");
        proof::expect_online(lab)
    })
}

fn client_certificate_required() -> Case {
    Case::cause("tls.client_certificate_required", "")
        .build(|lab| {
            let site = Behaviour::Http(crate::servers::http::site(Reply::status(200)));
            lab.serve_both(443, &Behaviour::Tls(crate::pki::server_for_known_clients(NAME)?, Box::new(site)))
        })
        .proof(|lab| {
            let answer = proof::tls_exchange(lab, "203.0.113.10:443", NAME);
            let error = answer.err().context("the server answers without a certificate")?;
            ensure!(format!("{error:#}").contains("CertificateRequired"), "{error:#}");
            proof::expect_online(lab)
        })
}

/// A company's own authority, on a computer where it was never installed.
fn authority_not_installed() -> Case {
    Case::cause("tls.untrusted", "not_installed")
        .build(|lab| {
            lab.client.trusts_authority = false;
            lab.https(Reply::status(200))
        })
        .proof(|lab| {
            ensure!(proof::tls(lab, "203.0.113.10:443", NAME)?.issuer.contains(AUTHORITY_NAME));
            ensure!(!lab.client.trusts_authority);
            proof::expect_online(lab)
        })
}
