//! The results as a Markdown table with totals.

use std::fmt::Write as _;

use crate::case::Truth;
use crate::runner::{Line, Outcome};

/// A confidence that must be right nine times in ten.
pub const CONFIDENT: f64 = 0.9;

/// Totals of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Passed.
    pub passed: usize,
    /// Failed, errors of the lab included.
    pub failed: usize,
    /// Skipped, never counted as passed.
    pub skipped: usize,
    /// Cases with a cause that netmend diagnosed.
    pub faults: usize,
    /// Of these, the cause named first was right.
    pub top_one: usize,
    /// Causes named with a confidence of at least [`CONFIDENT`].
    pub confident: usize,
    /// Of these, right.
    pub confident_right: usize,
    /// Healthy cases that netmend diagnosed.
    pub healthy: usize,
    /// Of these, something was blamed all the same.
    pub false_alarms: usize,
}

/// Adds up.
pub fn totals(lines: &[Line]) -> Totals {
    let mut totals = Totals::default();
    for line in lines {
        match &line.outcome {
            Outcome::Passed => totals.passed += 1,
            Outcome::Failed(_) | Outcome::LabError(_) => totals.failed += 1,
            Outcome::Skipped(_) => totals.skipped += 1,
        }
        // Without netmend a passed line says only that the situation was there.
        let judged = line.diagnosed && matches!(line.outcome, Outcome::Passed | Outcome::Failed(_));
        let right = line.outcome == Outcome::Passed;
        if judged && line.truth != Truth::Survives && line.confidence.is_some_and(|value| value >= CONFIDENT) {
            totals.confident += 1;
            totals.confident_right += usize::from(right);
        }
        match line.truth {
            Truth::Cause(_) if judged => {
                totals.faults += 1;
                totals.top_one += usize::from(right);
            }
            Truth::Healthy if judged => {
                totals.healthy += 1;
                totals.false_alarms += usize::from(line.confidence.is_some());
            }
            _ => {}
        }
    }
    totals
}

/// The page.
pub fn markdown(lines: &[Line]) -> String {
    let totals = totals(lines);
    let mut page = String::from("# Accuracy\n\nWritten by `cargo xtask lab`. ");
    page.push_str("Every case is a fault built in network namespaces and proved by independent means; ");
    page.push_str("`mode` is the rights of the diagnosing process.\n\n");
    let _ = writeln!(
        page,
        "- Top-1: {} of {} ({})\n- Healthy: {} of {} with a false alarm\n- Of {} causes named with confidence {CONFIDENT} or \
         more, {} were right\n- {} passed, {} failed, {} skipped\n",
        totals.top_one,
        totals.faults,
        percent(totals.top_one, totals.faults),
        totals.false_alarms,
        totals.healthy,
        totals.confident,
        totals.confident_right,
        totals.passed,
        totals.failed,
        totals.skipped
    );
    page.push_str("| case | expected | got | confidence | ms | mode |\n|---|---|---|---|---|---|\n");
    for line in lines {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {} | {} |",
            line.id,
            expected(line.truth),
            got(line),
            line.confidence.map_or_else(String::new, |value| format!("{value:.2}")),
            line.elapsed.as_millis(),
            line.rights.name()
        );
    }
    page
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "none ran".into() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}

/// What a case expects, in one word.
pub fn expected(truth: Truth) -> &'static str {
    match truth {
        Truth::Cause(cause) => cause,
        Truth::Healthy => "healthy",
        Truth::Survives => "a valid report",
    }
}

fn got(line: &Line) -> String {
    match &line.outcome {
        Outcome::Passed => line.got.clone(),
        Outcome::Failed(why) if line.got.is_empty() => format!("**failed**: {}", one_line(why)),
        Outcome::Failed(_) => format!("**{}**", line.got),
        Outcome::LabError(why) => format!("**lab error**: {}", one_line(why)),
        Outcome::Skipped(why) => format!("skipped: {}", one_line(why)),
    }
}

fn one_line(text: &str) -> String {
    let flat: String = text.replace('|', "/").split_whitespace().collect::<Vec<_>>().join(" ");
    flat.chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::launch::Rights;

    fn line(truth: Truth, outcome: Outcome, confidence: Option<f64>) -> Line {
        let (id, got) = ("case".into(), "got".into());
        let elapsed = Duration::from_millis(5);
        Line { id, truth, rights: Rights::User, diagnosed: true, got, confidence, elapsed, outcome }
    }

    #[test]
    fn counts_each_kind_once() {
        let lines = [
            line(Truth::Cause("link.down"), Outcome::Passed, Some(0.9)),
            line(Truth::Cause("link.down"), Outcome::Failed("x".into()), Some(0.9)),
            line(Truth::Cause("link.down"), Outcome::LabError("x".into()), None),
            line(Truth::Healthy, Outcome::Failed("x".into()), Some(0.4)),
            line(Truth::Healthy, Outcome::Skipped("no tool".into()), None),
        ];
        let totals = totals(&lines);
        assert_eq!((totals.passed, totals.failed, totals.skipped), (1, 3, 1));
        assert_eq!((totals.top_one, totals.faults), (1, 2));
        assert_eq!((totals.false_alarms, totals.healthy), (1, 1));
        assert_eq!((totals.confident_right, totals.confident), (1, 2));
    }

    #[test]
    fn hostile_text_stays_in_its_cell() {
        let page = markdown(&[line(Truth::Healthy, Outcome::LabError("a | b\nc".into()), None)]);
        assert!(page.contains("a / b c"));
    }
}
