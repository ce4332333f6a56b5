//! surge-ping: datagram sockets on macOS for anybody, raw sockets on Windows for administrators.

use std::net::IpAddr;
use std::time::Duration;

use netmend_model::net::Echo;
use netmend_model::{Outcome, ReasonCode};
use surge_ping::{Client, Config, ICMP, PingIdentifier, PingSequence, SurgeError};
use tokio::task::JoinSet;

use super::Pings;
use crate::sockets::milliseconds;

pub async fn echo(to: IpAddr, pings: Pings) -> Outcome<Echo> {
    let kind = if to.is_ipv4() { ICMP::V4 } else { ICMP::V6 };
    let client = match Client::new(&Config::builder().kind(kind).build()) {
        Ok(client) => client,
        Err(error) => return Outcome::not_run(ReasonCode::NeedsAdministrator, format!("ICMP socket: {error}")),
    };
    let method = if client.get_socket().get_type() == socket2::Type::RAW { "raw_socket" } else { "datagram_socket" };
    let identifier = PingIdentifier((std::process::id() & 0xffff) as u16);
    let mut requests = JoinSet::new();
    for number in 0..pings.count {
        let client = client.clone();
        requests.spawn(async move {
            tokio::time::sleep(pings.gap * number).await;
            // Sequence numbers of one identifier only need to differ.
            let sequence = PingSequence((number & 0xffff) as u16);
            let mut pinger = client.pinger(to, identifier).await;
            pinger.timeout(pings.patience);
            (number, pinger.ping(sequence, &[0; 56]).await.map(|(_, rtt)| rtt))
        });
    }
    let mut ends = requests.join_all().await;
    ends.sort_by_key(|(number, _)| *number);
    summary(&ends.into_iter().map(|(_, end)| end).collect::<Vec<_>>(), method)
}

fn summary(ends: &[Result<Duration, SurgeError>], method: &str) -> Outcome<Echo> {
    let sent = ends.iter().filter(|end| matches!(end, Ok(_) | Err(SurgeError::Timeout { .. }))).count();
    let rtt_ms: Vec<f64> = ends.iter().flatten().map(|rtt| milliseconds(*rtt)).collect();
    if let (0, Some(Err(error))) = (sent, ends.first()) {
        return Outcome::not_run(ReasonCode::NothingToMeasure, format!("no request could be sent: {error}"));
    }
    Outcome::observed(Echo {
        sent: u32::try_from(sent).unwrap_or(u32::MAX),
        received: u32::try_from(rtt_ms.len()).unwrap_or(u32::MAX),
        rtt_ms,
        icmp: Vec::new(),
        method: method.to_owned(),
    })
}
