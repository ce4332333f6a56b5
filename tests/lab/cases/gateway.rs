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
        status("gateway.bad_gateway", "", Reply::status(502).with("Server", "nginx")),
        status("gateway.unavailable", "", Reply::status(503).with("Server", "nginx").with("Retry-After", "30")),
        status("http.request_timeout", "", Reply::status(408)),
        status("http.unauthorized", "", Reply::status(401).with("WWW-Authenticate", "Bearer")),
        status("http.unauthorized", "forbidden", Reply::status(403)),
        status("service.rate_limited", "", Reply::status(429).with("Retry-After", "60")),
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
