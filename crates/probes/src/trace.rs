//! The hops on the way to the very port: packets with small TTLs, all at once, as any user.
//!
//! A whole path takes about one round trip, not one for each hop. A hop is asked at most twice: Linux routers answer six ICMP errors
//! at once to an address and then one each second, so that more would read as loss that is none.

mod ask;
mod hops;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use netmend_model::net::Trace;
use netmend_model::{OsError, Outcome, Reason, ReasonCode, TraceMethod};
use netmend_sys::sockets;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{Context, waiting};
use ask::{Answer, Asked};
use hops::Hops;

/// The TTLs of the first packets: most paths are shorter, and a target that is reached is asked by few packets in vain.
const FIRST: std::ops::RangeInclusive<u8> = 1..=16;
/// Those that follow while the target has not been reached.
const FURTHER: std::ops::RangeInclusive<u8> = 17..=30;
/// Silent hops behind the last one that answered which are worth a second packet.
const BEYOND: u8 = 4;

/// Traces the way to `to`; for UDP the ports from 33434 on are used instead of its own, for ICMP none.
pub async fn run(ctx: &Context, to: SocketAddr, method: TraceMethod) -> Outcome<Trace> {
    if !sockets::TELLS_ICMP_ERRORS {
        return Outcome::not_run(
            ReasonCode::NotImplementedHere,
            "the ICMP answers of hops are read on Linux alone so far",
        );
    }
    let mut run = Run::new(ctx, to, method);
    run.ask(FIRST);
    let end = run.collect().await;
    run.over.cancel();
    if let Some(reason) = end {
        return Outcome::NotRun { reason };
    }
    if !run.hops.answered() && ctx.within(Duration::MAX).is_zero() {
        return Outcome::not_run(ReasonCode::OutOfTime, "the run ended before a hop could answer");
    }
    for rtt in run.hops.round_trips() {
        ctx.pace.observe(rtt);
    }
    Outcome::observed(run.hops.into_trace())
}

/// A trace on its way.
struct Run<'a> {
    ctx: &'a Context,
    to: SocketAddr,
    method: TraceMethod,
    begun: Instant,
    /// Fires when the trace is over: every packet still unanswered is given up.
    over: CancellationToken,
    asked: JoinSet<Result<Asked, Reason>>,
    hops: Hops,
}

impl<'a> Run<'a> {
    fn new(ctx: &'a Context, to: SocketAddr, method: TraceMethod) -> Self {
        let hops = Hops::new(to.ip(), method);
        Self { ctx, to, method, begun: Instant::now(), over: ctx.cancel.child_token(), asked: JoinSet::new(), hops }
    }

    fn ask(&mut self, ttls: impl IntoIterator<Item = u8>) {
        for ttl in ttls {
            self.hops.sent(ttl);
            let give_up = self.over.clone().cancelled_owned();
            self.asked.spawn(ask::ask(self.method, self.to, ttl, give_up));
        }
    }

    /// How long one wave of packets is waited for.
    ///
    /// Routers make ICMP errors in spare time, hence the floor.
    fn patience(&self) -> Duration {
        let longest = self.hops.round_trips().chain(self.ctx.pace.longest()).max();
        waiting::after(longest, Duration::from_millis(100), Duration::from_millis(450))
    }

    /// Takes answers and sends the later waves; ends when all is known or the time is over. A reason when nothing could be sent.
    async fn collect(&mut self) -> Option<Reason> {
        let mut wave = Wave::First;
        loop {
            let due = wave.lasts(self.patience()).saturating_sub(self.begun.elapsed());
            match tokio::time::timeout(self.ctx.within(due), self.asked.join_next()).await {
                Ok(Some(Ok(answer))) => {
                    if let Some(reason) = self.take(answer) {
                        return Some(reason);
                    }
                    if self.hops.complete() {
                        return None;
                    }
                }
                // A task of ours that was ended from outside: its packet counts as unanswered.
                Ok(Some(Err(_))) => {}
                // The wave has had its time, or all of it has been answered.
                Ok(None) | Err(_) => wave = self.next(wave)?,
            }
        }
    }

    /// Sends the wave behind `wave`; nothing behind the last, or when the run is over.
    fn next(&mut self, wave: Wave) -> Option<Wave> {
        if self.ctx.within(Duration::MAX).is_zero() {
            return None;
        }
        match wave {
            Wave::First => {
                if !self.hops.ended() {
                    self.ask(FURTHER);
                }
                Some(Wave::Further)
            }
            Wave::Further => {
                self.ask(self.hops.silent(BEYOND));
                Some(Wave::Again)
            }
            Wave::Again => None,
        }
    }

    fn take(&mut self, asked: Result<Asked, Reason>) -> Option<Reason> {
        match asked {
            Err(reason) => Some(reason),
            Ok(Asked { answer: Answer::NotSent(error), .. }) => Some(not_sent(&error)),
            Ok(Asked { ttl, answer }) => {
                self.hops.answer(ttl, answer);
                None
            }
        }
    }
}

/// The system itself refused to send: there is no route, or a route that forbids it.
fn not_sent(error: &OsError) -> Reason {
    Reason { code: ReasonCode::NothingToMeasure, detail: format!("no packet could be sent: {}", error.symbol) }
}

/// Packets that are sent together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wave {
    First,
    Further,
    Again,
}

impl Wave {
    /// How long after the begin of the trace the next one is due.
    fn lasts(self, patience: Duration) -> Duration {
        match self {
            Self::First => patience / 2,
            Self::Further => patience,
            Self::Again => patience * 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use netmend_model::net::TraceEnd;

    use super::*;

    async fn trace(to: SocketAddr, method: TraceMethod) -> Outcome<Trace> {
        run(&Context::new(Duration::from_secs(5)), to, method).await
    }

    fn reached(outcome: &Outcome<Trace>) -> (u8, &str) {
        match outcome.data().map(|trace| &trace.end) {
            Some(TraceEnd::Reached { ttl, by }) => (*ttl, by),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn loopback_is_one_hop_away() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let to = listener.local_addr().unwrap();
        assert_eq!(reached(&trace(to, TraceMethod::Tcp).await), (1, "syn_ack"));
        drop(listener);
        assert_eq!(reached(&trace(to, TraceMethod::Tcp).await), (1, "rst"));
        assert_eq!(reached(&trace(to, TraceMethod::Udp).await), (1, "port_unreachable"));
    }

    #[tokio::test]
    async fn icmp_reaches_loopback_or_says_which_rights_are_missing() {
        let outcome = trace("[::1]:0".parse().unwrap(), TraceMethod::Icmp).await;
        match outcome.reason() {
            None => assert_eq!(reached(&outcome), (1, "echo_reply")),
            Some(reason) => assert_eq!(reason.code, ReasonCode::NeedsAdministrator),
        }
    }
}
