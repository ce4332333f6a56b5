//! Counting tests from the lines that test runners print.

use std::iter::Sum;

/// How many tests passed, failed and could not be run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u64,
    /// Failed, or out of time.
    pub failed: u64,
    /// Not run here; the runner's output says why.
    pub skipped: u64,
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, one| Self {
            passed: sum.passed + one.passed,
            failed: sum.failed + one.failed,
            skipped: sum.skipped + one.skipped,
        })
    }
}

/// Who prints the summary, and so in which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// `cargo nextest`: one `Summary […]` line.
    Nextest,
    /// `cargo test`: a `test result:` line for each binary.
    CargoTest,
    /// vitest: one `Tests  …` line.
    Vitest,
    /// The project's own: `N passed, N failed, N skipped`, alone on the last such line.
    Plain,
}

/// The tally of a run's output; none when it holds no summary, which is never a success.
pub fn tally(runner: Runner, lines: &[String]) -> Option<Tally> {
    let found: Vec<_> = lines.iter().filter_map(|line| of_line(runner, without_colour(line).trim())).collect();
    match runner {
        Runner::CargoTest if !found.is_empty() => Some(found.into_iter().sum()),
        _ => found.last().copied(),
    }
}

fn of_line(runner: Runner, line: &str) -> Option<Tally> {
    match runner {
        Runner::Nextest => {
            let counts = line.strip_prefix("Summary [")?;
            counted(&without_brackets(counts.split_once("run: ")?.1), ',')
        }
        Runner::CargoTest => counted(line.strip_prefix("test result: ")?.split_once(". ")?.1, ';'),
        Runner::Vitest => counted(&without_brackets(line.strip_prefix("Tests ")?), '|'),
        Runner::Plain => counted(line, ',').filter(|_| line.starts_with(|first: char| first.is_ascii_digit())),
    }
}

/// Reads "3 passed, 1 failed, …"; none when a part is something else or nothing is said about passing or failing.
fn counted(text: &str, separator: char) -> Option<Tally> {
    let mut tally = Tally::default();
    let mut told = false;
    for part in text.split(separator).map(str::trim).filter(|part| !part.is_empty()) {
        let (number, kind) = part.split_once(' ')?;
        // "finished in 0.02s" ends the line of `cargo test`.
        let Ok(number) = number.parse::<u64>() else { continue };
        match kind {
            "passed" => tally.passed += number,
            "failed" | "timed out" | "exec failed" | "aborted" => tally.failed += number,
            "skipped" | "ignored" | "todo" => tally.skipped += number,
            "measured" | "filtered out" => continue,
            _ => return None,
        }
        told |= matches!(kind, "passed" | "failed");
    }
    told.then_some(tally)
}

/// Drops ANSI colour sequences (ECMA-48 CSI).
fn without_colour(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let is_final = |c: char| ('@'..='~').contains(&c);
    parts.filter_map(|part| part.split_once(is_final).map(|(_, text)| text)).fold(first, |all, text| all + text)
}

/// Drops what stands in round brackets: "12 passed (1 slow, 2 flaky)".
fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|&c| {
            depth += u32::from(c == '(');
            let outside = depth == 0;
            depth -= u32::from(c == ')' && depth > 0);
            outside
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(runner: Runner, text: &str) -> Option<(u64, u64, u64)> {
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        tally(runner, &lines).map(|tally| (tally.passed, tally.failed, tally.skipped))
    }

    #[test]
    fn nextest_with_remarks_in_brackets() {
        let text = "     Summary [   1.234s] 12 tests run: 11 passed (1 slow, 2 flaky), 1 failed, 3 skipped";
        assert_eq!(read(Runner::Nextest, text), Some((11, 1, 3)));
    }

    #[test]
    fn nextest_counts_what_ran_out_of_time_as_failed() {
        let text = "     Summary [  60.1s] 3/10 tests run: 1 passed, 1 failed, 1 timed out, 0 skipped";
        assert_eq!(read(Runner::Nextest, text), Some((1, 2, 0)));
    }

    #[test]
    fn cargo_test_sums_its_binaries() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s\n\
                    test a ... ok\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.00s";
        assert_eq!(read(Runner::CargoTest, text), Some((4, 2, 1)));
    }

    #[test]
    fn vitest_in_colour() {
        let text = "\u{1b}[2m Test Files \u{1b}[22m 2 passed (2)\n\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m\u{1b}[22m | \u{1b}[32m11 passed\u{1b}[39m | 2 skipped (14)";
        assert_eq!(read(Runner::Vitest, text), Some((11, 1, 2)));
    }

    #[test]
    fn the_projects_own_form_takes_the_last_line() {
        let text = "group one: 5 passed\n5 passed, 0 failed, 0 skipped\nmore\n51 passed, 1 failed, 2 skipped";
        assert_eq!(read(Runner::Plain, text), Some((51, 1, 2)));
    }

    #[test]
    fn other_lines_are_no_summary() {
        for text in ["", "all 3 passed", "3 passengers, 2 failed", "Tests are fun", "passed"] {
            for runner in [Runner::Nextest, Runner::CargoTest, Runner::Vitest, Runner::Plain] {
                assert_eq!(read(runner, text), None, "{runner:?} read {text:?}");
            }
        }
    }
}
