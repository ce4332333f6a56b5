//! TCP connections to one address and port: a first attempt at once, further ones while it has no answer.
//!
//! Three SYNs from three ports that all stay unanswered are a drop, not chance: with 2 % loss they happen once in 100 000 runs.
//! So a drop is known within about a second, long before the system gives up (tcp(7): two minutes).

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use netmend_model::net::{Connect, ConnectEnd};
use netmend_model::{Outcome, ReasonCode};
use netmend_sys::sockets::{self, Options};
use tokio_util::sync::CancellationToken;

use crate::{Context, waiting};

/// When attempts begin and when the last word is spoken, after the first attempt's begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Schedule {
    begins: [Duration; 3],
    decide: Duration,
}

/// How often the schedule is looked at again, since other probes measure round trips meanwhile.
const TICK: Duration = Duration::from_millis(20);

impl Schedule {
    /// Before anything was measured a satellite's 600 to 1100 ms must not be taken for silence, and the system's own
    /// retransmission after one second is still seen; on a measured path three round trips are enough.
    fn new(round_trip: Option<Duration>) -> Self {
        let gap = round_trip.map_or(Duration::from_millis(250), |rtt| {
            (rtt * 2).clamp(Duration::from_millis(120), Duration::from_millis(400))
        });
        let tail = waiting::after(round_trip, Duration::from_millis(300), Duration::from_millis(700));
        Self { begins: [Duration::ZERO, gap, gap * 2], decide: (gap * 2 + tail).max(sockets::REFUSAL_TAKES) }
    }
}

/// Connects to `to`; `wait_ms` replaces the time after which silence is final.
pub async fn run(ctx: &Context, to: SocketAddr, wait_ms: Option<f64>) -> Outcome<Connect> {
    let begun = Instant::now();
    let over = CancellationToken::new();
    let wait = wait_ms.and_then(|ms| Duration::try_from_secs_f64(ms / 1e3).ok());
    let limit = ctx.within(Duration::MAX);
    let schedule = || Schedule::new(waiting::round_trip(ctx));
    let attempt = |which: usize| {
        let over = over.clone();
        async move {
            tokio::select! {
                () = until(begun, || schedule().begins[which]) => {}
                () = over.cancelled() => return None,
            }
            let after = begun.elapsed();
            let mut attempt = sockets::connect(to, Options::default(), over.cancelled()).await.attempt;
            attempt.after_ms = waiting::milliseconds(after);
            if attempt.end != ConnectEnd::NoAnswer {
                over.cancel();
            }
            Some(attempt)
        }
    };
    let last_word = async {
        tokio::select! {
            () = until(begun, || wait.unwrap_or_else(|| schedule().decide).min(limit)) => over.cancel(),
            () = over.cancelled() => {}
        }
    };
    let (first, second, third, ()) = tokio::join!(attempt(0), attempt(1), attempt(2), last_word);
    let attempts: Vec<_> = [first, second, third].into_iter().flatten().collect();
    for attempt in &attempts {
        waiting::observe(ctx, attempt);
    }
    let connect = Connect { attempts };
    if connect.silent() && begun.elapsed() < wait.unwrap_or_else(|| schedule().decide) {
        return Outcome::not_run(ReasonCode::OutOfTime, "the run ended before silence meant anything");
    }
    Outcome::observed(connect)
}

/// Waits until `due` after `begun`, which may come nearer meanwhile.
async fn until(begun: Instant, due: impl Fn() -> Duration) {
    loop {
        let left = due().saturating_sub(begun.elapsed());
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(left.min(TICK)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn an_unmeasured_path_is_given_the_time_of_a_satellite() {
        assert_eq!(Schedule::new(None).decide, ms(1200));
    }

    #[test]
    fn a_measured_path_is_decided_sooner_but_never_before_three_round_trips() {
        assert_eq!(Schedule::new(Some(ms(20))).decide, ms(540));
        for rtt in [10, 20, 80, 200, 600, 1000] {
            let schedule = Schedule::new(Some(ms(rtt)));
            assert!(schedule.decide >= schedule.begins[2] + ms(rtt * 3), "{rtt}: {schedule:?}");
        }
    }

    #[tokio::test]
    async fn an_open_port_takes_one_attempt() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let ctx = Context::new(Duration::from_secs(5));
        let outcome = run(&ctx, listener.local_addr().unwrap(), None).await;
        let connect = outcome.data().unwrap();
        assert_eq!(connect.attempts.len(), 1);
        assert!(connect.connected().is_some());
        assert!(ctx.pace.longest().is_some());
    }

    #[tokio::test]
    async fn a_refusal_is_final() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let to = listener.local_addr().unwrap();
        drop(listener);
        let outcome = run(&Context::new(Duration::from_secs(5)), to, None).await;
        let connect = outcome.data().unwrap();
        assert_eq!(connect.attempts.len(), 1);
        assert!(connect.error().unwrap().symbol.ends_with("ECONNREFUSED"));
    }

    /// A listener whose accept queue is full drops further SYNs (Linux), and so does nothing else on loopback.
    async fn full() -> (tokio::net::TcpListener, Vec<tokio::net::TcpStream>) {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(0).unwrap();
        let to = listener.local_addr().unwrap();
        let waiting = sockets::open(to, None, ms(2000)).await.unwrap();
        (listener, vec![waiting])
    }

    #[tokio::test]
    async fn silence_is_known_within_a_second() {
        let (listener, _waiting) = full().await;
        let ctx = Context::new(Duration::from_secs(5));
        ctx.pace.observe(ms(20));
        let begun = Instant::now();
        let outcome = run(&ctx, listener.local_addr().unwrap(), None).await;
        assert!(begun.elapsed() < ms(1000));
        let connect = outcome.data().unwrap();
        assert_eq!(connect.attempts.len(), 3);
        assert!(connect.silent());
    }

    #[tokio::test]
    async fn a_run_that_ends_too_soon_proves_no_silence() {
        let (listener, _waiting) = full().await;
        let begun = Instant::now();
        let outcome = run(&Context::new(ms(100)), listener.local_addr().unwrap(), Some(5000.0)).await;
        assert!(begun.elapsed() < ms(1000));
        assert_eq!(outcome.reason().map(|reason| reason.code), Some(ReasonCode::OutOfTime));
    }
}
