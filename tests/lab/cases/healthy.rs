//! Networks without a fault: nothing may be blamed.

use crate::case::Case;
use crate::proof;
use crate::servers::http::Reply;

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![https()]
}

fn https() -> Case {
    Case::healthy("https").build(|lab| lab.https(Reply::status(200))).proof(|lab| {
        let certificate = proof::tls(lab, "203.0.113.10:443", crate::lab::NAME)?;
        anyhow::ensure!(certificate.names == [crate::lab::NAME]);
        proof::expect_online(lab)
    })
}
