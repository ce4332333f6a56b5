use netmend_model::Outcome;
use netmend_model::facts::Clock;

/// Whether the Windows Time service keeps the clock is not read yet: unknown, as the fields say.
pub(super) async fn read() -> Outcome<Clock> {
    Outcome::observed(Clock {
        unix_ms: super::unix_ms(),
        synchronised: None,
        estimated_error_ms: None,
        time_zone: None,
    })
}
