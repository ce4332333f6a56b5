//! Certificates.

use anyhow::ensure;
use jiff::Timestamp;

use crate::case::Case;
use crate::lab::NAME;
use crate::pki::{AUTHORITY_NAME, Flaw};
use crate::proof::{self, Certificate};
use crate::servers::http::Reply;

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
