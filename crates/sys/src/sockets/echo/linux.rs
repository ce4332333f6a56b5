//! Own sockets: they show who answered with an ICMP error, which surge-ping's do not (it never sets IP_RECVERR).

use std::net::IpAddr;

use netmend_model::net::Echo;
use netmend_model::{Outcome, ReasonCode};
use tokio::task::JoinSet;

use super::Pings;
use crate::sockets::icmp::{EchoEnd, EchoOptions, echo_request};

/// Bytes of data, as ping(8) sends them.
const LENGTH: usize = 56;

pub async fn echo(to: IpAddr, pings: Pings) -> Outcome<Echo> {
    let mut requests = JoinSet::new();
    for number in 0..pings.count {
        requests.spawn(async move {
            tokio::time::sleep(pings.gap * number).await;
            let options = EchoOptions { length: LENGTH, ..EchoOptions::default() };
            (number, echo_request(to, options, tokio::time::sleep(pings.patience)).await)
        });
    }
    let mut ends = Vec::new();
    while let Some(Ok((number, end))) = requests.join_next().await {
        match end {
            Ok(end) => ends.push((number, end)),
            // Without rights the first one says so; dropping the set ends the others.
            Err(reason) => return Outcome::NotRun { reason },
        }
    }
    ends.sort_by_key(|(number, _)| *number);
    summary(&ends.into_iter().map(|(_, end)| end).collect::<Vec<_>>())
}

fn summary(ends: &[EchoEnd]) -> Outcome<Echo> {
    let sent = ends.iter().filter(|end| end.error.is_none()).count();
    let unsent = ends.iter().find_map(|end| end.error.as_ref());
    if let (0, Some(error)) = (sent, unsent) {
        return Outcome::not_run(ReasonCode::NothingToMeasure, format!("no request could be sent: {}", error.symbol));
    }
    let rtt_ms: Vec<f64> = ends.iter().filter_map(|end| end.rtt_ms).collect();
    Outcome::observed(Echo {
        sent: u32::try_from(sent).unwrap_or(u32::MAX),
        received: u32::try_from(rtt_ms.len()).unwrap_or(u32::MAX),
        rtt_ms,
        icmp: ends.iter().flat_map(|end| end.icmp.clone()).collect(),
        method: ends.first().map_or_else(String::new, |end| end.method.to_owned()),
    })
}
