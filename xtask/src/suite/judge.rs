//! From how a command ended and what it printed to passed, failed and skipped.

use super::tally::{Runner, Tally, tally};
use crate::shell::{self, Recorded};
use anyhow::{Result, bail};
use std::process::Command;
use std::time::Duration;

/// Longest any one command may take, cold builds on two slow processors included.
pub const LIMIT: Duration = Duration::from_mins(40);

/// How a stage ended.
pub enum Outcome {
    /// It ran.
    Ran(Ran),
    /// It could not run here, because of this.
    Skipped(String),
}

/// What ran, and a remark where there is one.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Its counts.
    pub tally: Tally,
    /// Why it failed, or empty.
    pub note: String,
}

impl Ran {
    /// One check that passed.
    pub fn passed() -> Self {
        Self { tally: Tally { passed: 1, ..Tally::default() }, note: String::new() }
    }

    /// One check that failed, and why.
    pub fn failed(note: String) -> Self {
        Self { tally: Tally { failed: 1, ..Tally::default() }, note }
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        let notes = [self.note, other.note];
        let note = notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; ");
        Self { tally: [self.tally, other.tally].into_iter().sum(), note }
    }
}

/// Runs a build.
///
/// # Errors
/// When it fails: what follows cannot be run then.
pub fn build(mut command: Command) -> Result<()> {
    match shell::record(&mut command, LIMIT)?.failure {
        Some(failure) => bail!("`{}` {failure}", shell::shown(&command)),
        None => Ok(()),
    }
}

/// Runs a command that is one check, passed when it succeeds.
///
/// # Errors
/// When it cannot be started.
pub fn check(mut command: Command) -> Result<Ran> {
    let recorded = shell::record(&mut command, LIMIT)?;
    Ok(judged(&recorded))
}

/// One check, passed when the command succeeded.
pub fn judged(recorded: &Recorded) -> Ran {
    recorded.failure.clone().map_or_else(Ran::passed, Ran::failed)
}

/// Runs a test runner and takes its counts.
///
/// # Errors
/// When it cannot be started.
pub fn counted(runner: Runner, mut command: Command) -> Result<Ran> {
    let recorded = shell::record(&mut command, LIMIT)?;
    Ok(weighed(tally(runner, &recorded.lines), &recorded))
}

/// A runner's own counts, unless they contradict how it ended: no summary, or a failure without a failed test, is a failure.
fn weighed(tally: Option<Tally>, recorded: &Recorded) -> Ran {
    let note = recorded.failure.clone().unwrap_or_default();
    match tally {
        None if recorded.success => Ran::failed("printed no summary".to_owned()),
        None => Ran::failed(format!("{note}, no summary")),
        Some(tally) if !recorded.success && tally.failed == 0 => Ran { tally: Tally { failed: 1, ..tally }, note },
        Some(tally) => Ran { tally, note },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weigh(counts: Option<(u64, u64)>, success: bool) -> (u64, u64) {
        let recorded =
            Recorded { success, lines: Vec::new(), failure: (!success).then(|| "exit status: 1".to_owned()) };
        let tally = counts.map(|(passed, failed)| Tally { passed, failed, skipped: 0 });
        let Ran { tally, .. } = weighed(tally, &recorded);
        (tally.passed, tally.failed)
    }

    #[test]
    fn nothing_counts_as_passed_without_a_summary() {
        assert_eq!(weigh(None, true), (0, 1));
        assert_eq!(weigh(None, false), (0, 1));
    }

    #[test]
    fn a_failure_that_no_test_admits_is_counted() {
        assert_eq!(weigh(Some((7, 0)), false), (7, 1));
        assert_eq!(weigh(Some((7, 2)), false), (7, 2));
        assert_eq!(weigh(Some((7, 0)), true), (7, 0));
    }

    #[test]
    fn two_results_add_up_and_keep_their_remarks() {
        let both = Ran::failed("exit status: 1".to_owned()).and(Ran::passed()).and(Ran::failed("late".to_owned()));
        assert_eq!((both.tally.passed, both.tally.failed), (1, 2));
        assert_eq!(both.note, "exit status: 1; late");
    }
}
