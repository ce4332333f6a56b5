//! Counting: a check that fails leaves those after it undone, because each begins where the one before ended.

use std::time::Instant;

use anyhow::Result;

/// How many checks passed, failed and could not be done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
    /// Not done.
    pub skipped: u32,
}

impl Tally {
    /// Whether a check has failed, so that the next ones have nothing to begin with.
    pub fn broken(self) -> bool {
        self.failed > 0
    }

    /// Counts and tells a check that was done.
    pub fn count(&mut self, name: &str, began: Instant, result: Result<()>) {
        let elapsed = began.elapsed().as_millis();
        match result {
            Ok(()) => {
                self.passed += 1;
                println!("ok      {name} ({elapsed} ms)");
            }
            Err(error) => {
                self.failed += 1;
                println!("FAILED  {name} ({elapsed} ms): {error:#}");
            }
        }
    }

    /// Counts and tells a check that could not be done.
    pub fn skip(&mut self, name: &str) {
        self.skipped += 1;
        println!("skipped {name}: an earlier check failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_breaks_the_rest() {
        let mut tally = Tally::default();
        tally.count("one", Instant::now(), Ok(()));
        assert!(!tally.broken());
        tally.count("two", Instant::now(), Err(anyhow::anyhow!("no")));
        tally.skip("three");
        assert!(tally.broken());
        assert_eq!(tally, Tally { passed: 1, failed: 1, skipped: 1 });
    }
}
