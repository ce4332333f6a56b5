//! How long silence must last before it means something, from measured round trips.

use std::time::Duration;

use netmend_model::net::{ConnectAttempt, ConnectEnd};

use crate::Context;

/// Round trips below this one stay within the local network and say nothing about the way beyond it.
const LOCAL: Duration = Duration::from_millis(5);

/// Nobody waits longer than this for one round trip.
const LONGEST: Duration = Duration::from_secs(3);

/// The longest round trip measured so far, if it is one of a way beyond the local network.
pub fn round_trip(ctx: &Context) -> Option<Duration> {
    ctx.pace.longest().filter(|longest| *longest >= LOCAL)
}

/// How long to wait for an answer: three measured round trips, at least `floor`; `unmeasured` where nothing is known yet.
pub fn for_answer(ctx: &Context, floor: Duration, unmeasured: Duration) -> Duration {
    after(round_trip(ctx), floor, unmeasured)
}

/// The same for a round trip that is known from elsewhere.
pub fn after(round_trip: Option<Duration>, floor: Duration, unmeasured: Duration) -> Duration {
    let known = round_trip.filter(|longest| *longest >= LOCAL);
    known.map_or(unmeasured, |longest| (longest * 3).clamp(floor, LONGEST))
}

/// Milliseconds, to the microsecond.
#[allow(clippy::cast_precision_loss, reason = "microseconds of a measurement stay far below 2^52")]
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1e3
}

/// Records the round trip of a handshake, or of a refusal, that needed no second SYN.
///
/// The kernel's own measurement where there is one: it is not prolonged by a busy machine.
pub fn observe(ctx: &Context, attempt: &ConnectAttempt) {
    let info = attempt.tcp_info.as_ref();
    let retransmitted = info.is_some_and(|info| info.total_retrans > 0);
    let answered = attempt.end == ConnectEnd::Connected || (attempt.so_error.is_some() && attempt.icmp.is_empty());
    if answered && !retransmitted {
        let kernel = info.filter(|info| info.rtt_us > 0).map(|info| Duration::from_micros(info.rtt_us.into()));
        let whole = Duration::try_from_secs_f64(attempt.elapsed_ms / 1e3).unwrap_or_default();
        ctx.pace.observe(kernel.unwrap_or(whole).min(whole));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_trip_of_the_local_network_is_no_measure() {
        let ms = Duration::from_millis;
        let ctx = Context::new(ms(1000));
        ctx.pace.observe(ms(1));
        assert_eq!(for_answer(&ctx, ms(100), ms(450)), ms(450));
        ctx.pace.observe(ms(20));
        assert_eq!(for_answer(&ctx, ms(100), ms(450)), ms(100));
        ctx.pace.observe(ms(700));
        assert_eq!(for_answer(&ctx, ms(100), ms(450)), ms(2100));
    }
}
