//! adjtimex(2). systemd-timedated computes its `NTPSynchronized` from the same call, so it is not asked.

use std::mem::MaybeUninit;

use netmend_model::Outcome;
use netmend_model::facts::Clock;

use crate::facts::reading;

pub(super) async fn read() -> Outcome<Clock> {
    reading::blocking("clock", reading::LOCAL, || {
        let kernel = discipline();
        Outcome::observed(Clock {
            unix_ms: super::unix_ms(),
            synchronised: kernel.as_ref().map(|kernel| kernel.synchronised),
            estimated_error_ms: kernel.as_ref().and_then(|kernel| kernel.error_ms),
            time_zone: super::time_zone(),
        })
    })
    .await
}

/// What the kernel knows of its clock.
struct Discipline {
    synchronised: bool,
    /// Meaningful only while a time service sets it.
    error_ms: Option<f64>,
}

/// `None` where the call is not allowed, as under some container runtimes.
#[allow(unsafe_code, reason = "nix does not wrap adjtimex")]
fn discipline() -> Option<Discipline> {
    let mut timex = MaybeUninit::<libc::timex>::zeroed();
    // SAFETY: a zeroed timex is valid; `modes` 0 only reads; the kernel fills the rest of what it is given.
    let (state, timex) = unsafe { (libc::adjtimex(timex.as_mut_ptr()), timex.assume_init()) };
    if state < 0 {
        return None;
    }
    let synchronised = state != libc::TIME_ERROR && timex.status & libc::STA_UNSYNC == 0;
    // esterror is in microseconds.
    let error_ms = synchronised.then(|| timex.esterror as f64 / 1000.0);
    Some(Discipline { synchronised, error_ms })
}
