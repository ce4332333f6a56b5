//! TTL-1 probes to the port and to a control port: does the first hop see both?
//!
//! A packet that a filter on this machine swallows never comes back as "time exceeded", while one to another port does.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use netmend_model::net::{ConnectAttempt, ConnectEnd, FirstHop};
use netmend_model::{OsError, Outcome, ReasonCode};
use netmend_sys::sockets::{self, Options};

use crate::{Context, waiting};

/// Asks the first hop twice at most: it may answer no more than six probes at once.
const ROUNDS: usize = 2;

/// Compares the way of `to` with that of `control_port` at the same address.
pub async fn run(ctx: &Context, to: SocketAddr, control_port: u16) -> Outcome<FirstHop> {
    if !sockets::TELLS_ICMP_ERRORS {
        return Outcome::not_run(
            ReasonCode::NotImplementedHere,
            "the ICMP answers of hops are read on Linux alone so far",
        );
    }
    let mut control = to;
    control.set_port(control_port);
    let mut seen = FirstHop { answered: false, control_answered: false, from: None };
    for _ in 0..ROUNDS {
        let patience = waiting::for_answer(ctx, Duration::from_millis(80), Duration::from_millis(300));
        let patience = ctx.within(patience);
        // The port first: where the hop runs out of answers, the control is what goes without, and nothing is concluded.
        let (port, control) = tokio::join!(probe(to, !seen.answered, patience), probe(control, true, patience));
        if let (Hop::NotSent(error), Hop::NotSent(_)) = (&port, &control) {
            return Outcome::not_run(
                ReasonCode::NothingToMeasure,
                format!("no packet could be sent: {}", error.symbol),
            );
        }
        seen.answered |= note(&port, &mut seen.from);
        seen.control_answered |= note(&control, &mut seen.from);
        if seen.answered && seen.control_answered {
            break;
        }
    }
    Outcome::observed(seen)
}

/// What a probe met.
#[derive(Debug, Clone, PartialEq)]
enum Hop {
    Answered(Option<IpAddr>),
    Silent,
    NotSent(OsError),
}

async fn probe(to: SocketAddr, wanted: bool, patience: Duration) -> Hop {
    if !wanted {
        return Hop::Silent;
    }
    let options = Options { ttl: Some(1), mss: None };
    let attempt = sockets::connect(to, options, give_up(patience)).await.attempt;
    judge(&attempt, to.ip())
}

fn give_up(patience: Duration) -> impl Future<Output = ()> {
    tokio::time::sleep(patience)
}

/// An answer of this machine itself is no answer of the first hop.
fn judge(attempt: &ConnectAttempt, target: IpAddr) -> Hop {
    let own = attempt.local.map(|local| local.ip()).filter(|own| *own != target);
    if let Some(error) = attempt.icmp.iter().find(|error| error.from.is_some() && error.from != own) {
        return Hop::Answered(error.from);
    }
    match &attempt.end {
        // One hop away, the target itself answers.
        ConnectEnd::Connected => Hop::Answered(Some(target)),
        ConnectEnd::Failed { .. } if attempt.so_error.is_some() && attempt.icmp.is_empty() => {
            Hop::Answered(Some(target))
        }
        ConnectEnd::Failed { error } if attempt.so_error.is_none() && attempt.icmp.is_empty() => {
            Hop::NotSent(error.clone())
        }
        _ => Hop::Silent,
    }
}

fn note(hop: &Hop, from: &mut Option<IpAddr>) -> bool {
    match hop {
        Hop::Answered(address) => {
            *from = from.or(*address);
            true
        }
        Hop::Silent | Hop::NotSent(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use netmend_model::net::{IcmpError, IcmpOrigin};

    use super::*;

    const TARGET: [u8; 4] = [203, 0, 113, 10];

    fn attempt(from: Option<[u8; 4]>, so_error: bool) -> ConnectAttempt {
        let error = OsError { code: 113, symbol: "EHOSTUNREACH".into() };
        let icmp = |from: [u8; 4]| IcmpError {
            origin: IcmpOrigin::Icmp,
            icmp_type: 11,
            code: 0,
            from: Some(from.into()),
            error: error.clone(),
            after_ms: 1.0,
            mtu: None,
        };
        ConnectAttempt {
            after_ms: 0.0,
            elapsed_ms: 1.0,
            local: Some("192.0.2.10:40000".parse().unwrap()),
            end: ConnectEnd::Failed { error: error.clone() },
            so_error: so_error.then_some(error.clone()),
            tcp_info: None,
            icmp: from.map(icmp).into_iter().collect(),
        }
    }

    #[test]
    fn the_routers_answer_counts_and_this_machines_own_does_not() {
        let router = [192, 0, 2, 1];
        assert_eq!(judge(&attempt(Some(router), true), TARGET.into()), Hop::Answered(Some(router.into())));
        assert_eq!(judge(&attempt(Some([192, 0, 2, 10]), true), TARGET.into()), Hop::Silent);
    }

    #[test]
    fn a_reset_without_icmp_comes_from_the_target() {
        assert_eq!(judge(&attempt(None, true), TARGET.into()), Hop::Answered(Some(TARGET.into())));
        assert!(matches!(judge(&attempt(None, false), TARGET.into()), Hop::NotSent(_)));
    }

    #[tokio::test]
    async fn loopback_answers_both() {
        let to = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let outcome = run(&Context::new(Duration::from_secs(5)), to, 9).await;
        let seen = outcome.data().unwrap();
        assert!(seen.answered && seen.control_answered);
        assert_eq!(seen.from, Some(to.ip()));
    }
}
