//! The client program and its patience.

use std::time::Duration;

use anyhow::ensure;

use crate::case::Case;
use crate::lab::NAME;
use crate::proof;
use crate::servers::http::Reply;
use crate::topology::Shape;

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![timeout_too_short("", 60, "100ms"), timeout_too_short("satellite", 300, "500ms")]
}

/// `one_way` in milliseconds; a connect takes twice that.
fn timeout_too_short(variant: &str, one_way: u64, patience: &'static str) -> Case {
    let delay = Duration::from_millis(one_way);
    Case::cause("client.timeout_too_short", variant)
        .options(&["--client-timeout", patience])
        .shape(Shape { delay, ..Shape::default() })
        .build(|lab| lab.https(Reply::status(200)))
        .proof(move |lab| {
            let (outcome, time) = proof::connect_timed(lab, "203.0.113.10:443", Duration::from_secs(2))?;
            ensure!(outcome == proof::Connect::Open, "{outcome:?}");
            ensure!(time >= 2 * delay && time < 2 * delay + Duration::from_millis(80), "the connect took {time:?}");
            if one_way < 100 { proof::tls(lab, "203.0.113.10:443", NAME).map(drop) } else { Ok(()) }
        })
}
