//! `cargo xtask test`: every check and test, one after the other, and one table at the end.

mod judge;
mod stages;
mod tally;

use crate::system::{self, Need};
use anyhow::{Result, bail};
use clap::Args;
use judge::{Outcome, Ran};
use stages::{STAGES, Stage};
use std::time::{Duration, Instant};
use tally::Tally;

/// Options of `cargo xtask test`.
#[derive(Args)]
pub struct Options {
    /// Only these stages, in their usual order; may be repeated
    #[arg(long, value_name = "STAGE")]
    only: Vec<String>,
    /// Names the stages and stops
    #[arg(long)]
    list: bool,
}

/// What a stage came to.
struct Line {
    name: &'static str,
    tally: Tally,
    time: Duration,
    note: String,
}

/// Runs the stages; true when nothing failed.
///
/// # Errors
/// When a stage is named that does not exist, or packages cannot be installed. A stage that fails is a result.
pub fn run(options: &Options) -> Result<bool> {
    let stages = chosen(&options.only)?;
    if options.list {
        for stage in stages {
            println!("{:<14} {}", stage.name, stage.what);
        }
        return Ok(true);
    }
    let mut needs: Vec<Need> = Vec::new();
    for need in stages.iter().flat_map(|stage| stage.needs.iter().copied().flatten()) {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    let absent = system::provide(&needs)?;
    let lines: Vec<_> = stages.into_iter().map(|stage| run_stage(stage, &absent)).collect();
    let total: Tally = lines.iter().map(|line| line.tally).sum();
    print!("\n{}", table(&lines));
    println!("\n{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped);
    Ok(total.failed == 0)
}

fn chosen(only: &[String]) -> Result<Vec<&'static Stage>> {
    if let Some(unknown) = only.iter().find(|name| !STAGES.iter().any(|stage| stage.name == **name)) {
        bail!("there is no stage \"{unknown}\"; `cargo xtask test --list` names them");
    }
    Ok(STAGES.iter().filter(|stage| only.is_empty() || only.iter().any(|name| name == stage.name)).collect())
}

fn run_stage(stage: &'static Stage, absent: &[Need]) -> Line {
    println!("\n== {}: {}", stage.name, stage.what);
    let start = Instant::now();
    let outcome = match lacking(stage, absent) {
        Some(reason) => Ok(Outcome::Skipped(reason)),
        None => (stage.run)(),
    };
    let time = start.elapsed();
    let (tally, note) = match outcome {
        Ok(Outcome::Ran(Ran { tally, note })) => (tally, note),
        Ok(Outcome::Skipped(reason)) => (Tally { skipped: 1, ..Tally::default() }, format!("skipped: {reason}")),
        Err(error) => (Tally { failed: 1, ..Tally::default() }, format!("{error:#}")),
    };
    println!(
        "-- {}: {} passed, {} failed, {} skipped in {:.1} s",
        stage.name,
        tally.passed,
        tally.failed,
        tally.skipped,
        time.as_secs_f64()
    );
    if !note.is_empty() {
        println!("   {note}");
    }
    Line { name: stage.name, tally, time, note }
}

/// What the stage needs and this system does not have, as a reason for leaving it out.
fn lacking(stage: &Stage, absent: &[Need]) -> Option<String> {
    let mut needs = stage.needs.iter().copied().flatten();
    needs.find(|need| absent.contains(need)).map(|need| format!("{} is missing", need.what))
}

fn table(lines: &[Line]) -> String {
    let head = format!("{:<14} {:>7} {:>7} {:>8} {:>8}\n", "stage", "passed", "failed", "skipped", "seconds");
    let row = |line: &Line| {
        let Line { name, tally, time, note } = line;
        let seconds = time.as_secs_f64();
        let row =
            format!("{name:<14} {:>7} {:>7} {:>8} {seconds:>8.1}  {note}", tally.passed, tally.failed, tally.skipped);
        format!("{}\n", row.trim_end())
    };
    lines.iter().map(row).fold(head, |all, row| all + &row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_have_names_of_their_own() {
        let mut names: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STAGES.len());
    }

    #[test]
    fn an_unknown_stage_is_refused_and_known_ones_keep_their_order() {
        assert!(chosen(&["no-such-stage".to_owned()]).is_err());
        let both = chosen(&["lint".to_owned(), "format".to_owned()]).unwrap();
        assert_eq!(both.iter().map(|stage| stage.name).collect::<Vec<_>>(), ["format", "lint"]);
        assert_eq!(chosen(&[]).unwrap().len(), STAGES.len());
    }

    #[test]
    fn a_stage_that_lacks_something_is_skipped_with_the_reason() {
        let absent = system::FOR_THE_LAB.to_vec();
        let lab = STAGES.iter().find(|stage| stage.name == "lab-user").unwrap();
        assert!(lacking(lab, &absent).unwrap().ends_with("is missing"));
        assert_eq!(lacking(&STAGES[0], &absent), None);
    }

    #[test]
    fn the_table_lines_up() {
        let line = Line {
            name: "lint",
            tally: Tally { passed: 1, ..Tally::default() },
            time: Duration::from_secs(2),
            note: String::new(),
        };
        assert_eq!(
            table(&[line]),
            "stage           passed  failed  skipped  seconds\nlint                 1       0        0      2.0\n"
        );
    }
}
