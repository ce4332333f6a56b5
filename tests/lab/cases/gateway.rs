//! Answers of gateways in front of the service.

use std::time::Duration;

use anyhow::ensure;

use crate::case::Case;
use crate::lab::NAME;
use crate::proof;
use crate::servers::http::Reply;

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        status(
            "gateway.upstream_timeout",
            "",
            Reply::status(504).with("Server", "nginx").after(Duration::from_millis(300)),
        ),
        status("gateway.upstream_timeout", "at_once", Reply::status(504).with("Via", "1.1 edge")),
        status("gateway.upstream_timeout", "http", Reply::status(504).with("Server", "nginx"))
            .target("http://api.example.test/orders"),
    ]
}

fn status(cause: &'static str, variant: &str, reply: Reply) -> Case {
    let code = reply.status;
    Case::cause(cause, variant)
        .build(move |lab| {
            lab.http(reply.clone())?;
            lab.https(reply.clone())
        })
        .proof(move |lab| {
            let seen = proof::http_status(lab, "203.0.113.10:80", NAME, "/")?;
            ensure!(seen == code, "the gateway answers {seen}");
            proof::tls(lab, "203.0.113.10:443", NAME)?;
            proof::expect_online(lab)
        })
}
