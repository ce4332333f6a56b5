//! Many cheap TCP connections in a row: the distribution of handshakes, and how many needed a second SYN.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use netmend_model::net::{ConnectAttempt, ConnectEnd, Samples};
use netmend_model::{Outcome, ReasonCode};
use netmend_sys::sockets::{self, Options};
use tokio::task::JoinSet;

use crate::{Context, waiting};

/// Between one connection and the next: a burst would measure queues that it fills itself.
const GAP: Duration = Duration::from_millis(8);

/// Most connections of one probe: it must not become a load.
const MOST: u32 = 200;

/// The system sends a second SYN after one second (RFC 6298, 2).
const SECOND_SYN: Duration = Duration::from_secs(1);

/// Opens `count` connections (1 to 200) and closes each at once.
pub async fn run(ctx: &Context, to: SocketAddr, count: u32) -> Outcome<Samples> {
    let count = count.clamp(1, MOST);
    let patience = SECOND_SYN + waiting::for_answer(ctx, Duration::from_millis(200), Duration::from_millis(600));
    if ctx.within(Duration::MAX) < patience + GAP * count {
        return Outcome::not_run(ReasonCode::OutOfTime, "a second SYN would come after the end of the run");
    }
    let mut connections = JoinSet::new();
    let begun = Instant::now();
    for number in 0..count {
        connections.spawn(async move {
            tokio::time::sleep((GAP * number).saturating_sub(begun.elapsed())).await;
            // The connection is dropped here: closed with a FIN.
            (number, sockets::connect(to, Options::default(), tokio::time::sleep(patience)).await.attempt)
        });
    }
    let mut attempts = connections.join_all().await;
    attempts.sort_by_key(|(number, _)| *number);
    let attempts: Vec<_> = attempts.into_iter().map(|(_, attempt)| attempt).collect();
    if let Some(error) = attempts.iter().find_map(not_sent) {
        return Outcome::not_run(ReasonCode::NothingToMeasure, format!("no connection could be begun: {error}"));
    }
    Outcome::observed(summary(ctx, &attempts))
}

/// The symbol of an error that this machine gave without sending anything.
fn not_sent(attempt: &ConnectAttempt) -> Option<&str> {
    match &attempt.end {
        ConnectEnd::Failed { error } if attempt.so_error.is_none() && attempt.icmp.is_empty() => Some(&error.symbol),
        _ => None,
    }
}

fn summary(ctx: &Context, attempts: &[ConnectAttempt]) -> Samples {
    let count = |matching: &dyn Fn(&ConnectAttempt) -> bool| {
        u32::try_from(attempts.iter().filter(|attempt| matching(attempt)).count()).unwrap_or(u32::MAX)
    };
    let again = |attempt: &ConnectAttempt| attempt.tcp_info.as_ref().is_some_and(|info| info.total_retrans > 0);
    let connected = |attempt: &ConnectAttempt| attempt.end == ConnectEnd::Connected;
    for attempt in attempts {
        waiting::observe(ctx, attempt);
    }
    Samples {
        connect_ms: attempts.iter().filter(|attempt| connected(attempt)).map(|attempt| attempt.elapsed_ms).collect(),
        sent: count(&|_| true),
        accepted: count(&connected),
        refused: count(&|attempt| matches!(attempt.end, ConnectEnd::Failed { .. })),
        retransmitted: count(&again),
        unanswered: count(&|attempt| attempt.end == ConnectEnd::NoAnswer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_connection_to_an_open_port_is_counted_and_timed() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let ctx = Context::new(Duration::from_secs(9));
        let outcome = run(&ctx, listener.local_addr().unwrap(), 12).await;
        let samples = outcome.data().unwrap();
        assert_eq!((samples.sent, samples.accepted, samples.connect_ms.len()), (12, 12, 12));
        assert_eq!((samples.refused, samples.retransmitted, samples.unanswered), (0, 0, 0));
    }

    #[tokio::test]
    async fn a_closed_port_refuses_every_one() {
        let to = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let outcome = run(&Context::new(Duration::from_secs(9)), to, 5).await;
        assert_eq!(outcome.data().unwrap().refused, 5);
    }

    #[tokio::test]
    async fn a_run_that_ends_before_a_second_syn_is_not_begun() {
        let outcome = run(&Context::new(Duration::from_millis(300)), "127.0.0.1:9".parse().unwrap(), 5).await;
        assert_eq!(outcome.reason().map(|reason| reason.code), Some(ReasonCode::OutOfTime));
    }
}
