//! What every probe is given beside its request: when to stop, and how patient to be.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

/// What every probe is given beside its request.
#[derive(Clone, Debug)]
pub struct Context {
    /// The run's stop signal. The engine drops a probe's future at once when it fires; blocking parts must watch it themselves.
    pub cancel: CancellationToken,
    /// The run ends by then.
    pub deadline: Instant,
    /// Round trips measured so far in this run.
    pub pace: Arc<Pace>,
}

impl Context {
    /// A context that ends after `budget`.
    pub fn new(budget: Duration) -> Self {
        Self { cancel: CancellationToken::new(), deadline: Instant::now() + budget, pace: Arc::default() }
    }

    /// Time left in the run, at most `most`.
    pub fn within(&self, most: Duration) -> Duration {
        self.deadline.saturating_duration_since(Instant::now()).min(most)
    }
}

/// Round trips measured so far, shared by all probes of a run, so that deadlines come from measurement.
#[derive(Debug, Default)]
pub struct Pace {
    longest_us: AtomicU64,
}

impl Pace {
    /// Records a round trip.
    pub fn observe(&self, round_trip: Duration) {
        let us = u64::try_from(round_trip.as_micros()).unwrap_or(u64::MAX);
        self.longest_us.fetch_max(us, Ordering::Relaxed);
    }

    /// The longest round trip seen so far.
    pub fn longest(&self) -> Option<Duration> {
        match self.longest_us.load(Ordering::Relaxed) {
            0 => None,
            us => Some(Duration::from_micros(us)),
        }
    }

    /// How long to wait for an answer that needs `trips` round trips: three times the longest measured one for each, at least `floor`, at most `ceiling`.
    /// Before anything was measured it is the ceiling.
    pub fn patience(&self, trips: u32, floor: Duration, ceiling: Duration) -> Duration {
        self.longest().map_or(ceiling, |longest| (longest * 3 * trips).clamp(floor, ceiling))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_follows_the_longest_round_trip() {
        let pace = Pace::default();
        let (floor, ceiling) = (Duration::from_millis(50), Duration::from_secs(3));
        assert_eq!(pace.patience(1, floor, ceiling), ceiling);
        pace.observe(Duration::from_millis(40));
        pace.observe(Duration::from_millis(20));
        assert_eq!(pace.patience(2, floor, ceiling), Duration::from_millis(240));
    }
}
