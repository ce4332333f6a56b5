use netmend_model::Outcome;
use netmend_model::facts::Clock;

/// macOS does not say without rights whether timed keeps the clock.
pub(super) async fn read() -> Outcome<Clock> {
    Outcome::observed(Clock {
        unix_ms: super::unix_ms(),
        synchronised: None,
        estimated_error_ms: None,
        time_zone: super::time_zone(),
    })
}
