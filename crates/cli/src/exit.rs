//! Exit statuses, as the contract fixes them.

use netmend_model::{Report, Verdict};

/// The call was wrong.
pub const WRONG_CALL: u8 = 2;

/// Nothing conclusive could be measured.
pub const NO_VERDICT: u8 = 3;

/// A call that cannot be carried out as it was given: what is wrong with it and what to do.
#[derive(Debug)]
pub struct Wrong(pub String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

/// The status of a finished run: 0 healthy, 1 a cause was found, 3 no verdict, 130 interrupted.
pub fn of(report: &Report) -> u8 {
    match report.verdict {
        _ if report.interrupted => 130,
        Verdict::Healthy => 0,
        Verdict::Problem => 1,
        Verdict::Inconclusive => NO_VERDICT,
    }
}
