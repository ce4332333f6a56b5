//! The stages of `cargo xtask test`, cheap ones first.
//!
//! Everything is built in the development profile, whose dependencies are optimised, so that the stages share it; only the
//! command line that the lab times is built as it is released.

use super::tally::{Runner, Tally, tally};
use crate::shell::{self, Recorded};
use crate::system::{FOR_THE_LAB, FOR_THE_WINDOW, FOR_THE_WINDOW_TEST, Need};
use crate::tools::{CARGO_DENY, TAURI_DRIVER};
use crate::{generate, lab, system, ui, window};
use anyhow::{Result, bail};
use std::process::Command;
use std::time::Duration;

/// A part of the suite.
pub struct Stage {
    /// For `--only` and the table.
    pub name: &'static str,
    /// What it does, in words.
    pub what: &'static str,
    /// Without which it is left out.
    pub needs: &'static [&'static [Need]],
    /// Runs it.
    pub run: fn() -> Result<Outcome>,
}

/// How a stage ended.
pub enum Outcome {
    /// It ran, with this result and a remark.
    Ran(Tally, String),
    /// It could not run here, because of this.
    Skipped(String),
}

/// The suite.
pub const STAGES: &[Stage] = &[
    Stage { name: "format", what: "the code is formatted", needs: &[], run: format },
    Stage { name: "ui", what: "types, lint and tests of the wizard's pages", needs: &[], run: pages },
    Stage { name: "ui-audit", what: "known weaknesses in the pages' packages", needs: &[], run: pages_audit },
    Stage { name: "lint", what: "clippy, engine and command line", needs: &[], run: lint },
    Stage { name: "tests", what: "unit, property and replay tests", needs: &[], run: tests },
    Stage { name: "doc-tests", what: "examples in the documentation", needs: &[], run: doc_tests },
    Stage { name: "types", what: "the committed TypeScript types are the model's", needs: &[], run: types },
    Stage { name: "schema", what: "the committed schema is the report's", needs: &[], run: schema },
    Stage {
        name: "lab-root",
        what: "faults in network namespaces, with every right",
        needs: &[FOR_THE_LAB],
        run: lab_root,
    },
    Stage { name: "lab-user", what: "the same without any", needs: &[FOR_THE_LAB], run: lab_user },
    Stage { name: "desktop", what: "clippy and tests of the desktop shell", needs: &[FOR_THE_WINDOW], run: desktop },
    Stage {
        name: "window",
        what: "the real window, driven by WebDriver",
        needs: &[FOR_THE_WINDOW, FOR_THE_WINDOW_TEST, FOR_THE_LAB],
        run: window_test,
    },
    Stage { name: "licences", what: "licences, sources and bans of dependencies", needs: &[], run: licences },
    Stage { name: "advisories", what: "known weaknesses in dependencies", needs: &[], run: advisories },
];

/// Longest any one command may take, cold builds on two slow processors included.
const LIMIT: Duration = Duration::from_mins(40);

fn format() -> Result<Outcome> {
    check([cargo(&["fmt", "--all", "--check"])])
}

fn lint() -> Result<Outcome> {
    check([cargo(&["clippy", "--all-targets", "--", "--deny", "warnings"])])
}

fn tests() -> Result<Outcome> {
    if shell::which("cargo-nextest").is_some() {
        counted(Runner::Nextest, &mut cargo(&["nextest", "run"]))
    } else {
        counted(Runner::CargoTest, &mut cargo(&["test", "--all-targets", "--no-fail-fast"]))
    }
}

fn doc_tests() -> Result<Outcome> {
    counted(Runner::CargoTest, &mut cargo(&["test", "--doc", "--no-fail-fast"]))
}

fn types() -> Result<Outcome> {
    generate::types(generate::Check { check: true }).map(|()| one_passed())
}

fn schema() -> Result<Outcome> {
    generate::schema(generate::Check { check: true }).map(|()| one_passed())
}

fn pages() -> Result<Outcome> {
    if let Some(problem) = system::node_problem() {
        return Ok(Outcome::Skipped(problem));
    }
    ui::install()?;
    let Outcome::Ran(checked, _) = check([npm(&["run", "check"])?])? else {
        bail!("the check of the pages did not run")
    };
    match counted(Runner::Vitest, &mut npm(&["test"])?)? {
        Outcome::Ran(tested, note) => Ok(Outcome::Ran([checked, tested].into_iter().sum(), note)),
        skipped @ Outcome::Skipped(_) => Ok(skipped),
    }
}

fn pages_audit() -> Result<Outcome> {
    if let Some(problem) = system::node_problem() {
        return Ok(Outcome::Skipped(problem));
    }
    let recorded = shell::record(&mut npm(&["audit"])?, LIMIT)?;
    let unreachable =
        !recorded.success && recorded.lines.iter().any(|line| line.contains("audit endpoint returned an error"));
    Ok(if unreachable { Outcome::Skipped("the registry answers no audits".to_owned()) } else { judged(&recorded) })
}

fn lab_root() -> Result<Outcome> {
    lab_as("root")
}

fn lab_user() -> Result<Outcome> {
    lab_as("user")
}

fn lab_as(mode: &str) -> Result<Outcome> {
    if !built(lab::builds())? {
        bail!("the lab could not be built");
    }
    counted(Runner::Plain, &mut lab::command(mode))
}

fn desktop() -> Result<Outcome> {
    if let Some(problem) = system::node_problem() {
        return Ok(Outcome::Skipped(problem));
    }
    ui::build()?;
    let package = ["--package", window::PACKAGE, "--features", window::FEATURES];
    let clippy = cargo(&[&["clippy", "--all-targets"], &package[..], &["--", "--deny", "warnings"]].concat());
    let Outcome::Ran(linted, note) = check([clippy])? else { bail!("clippy did not run") };
    if linted.failed > 0 {
        return Ok(Outcome::Ran(linted, note));
    }
    match counted(Runner::CargoTest, &mut cargo(&[&["test", "--no-fail-fast"], &package[..]].concat()))? {
        Outcome::Ran(tested, note) => Ok(Outcome::Ran([linted, tested].into_iter().sum(), note)),
        skipped @ Outcome::Skipped(_) => Ok(skipped),
    }
}

fn window_test() -> Result<Outcome> {
    if let Some(problem) = system::node_problem() {
        return Ok(Outcome::Skipped(problem));
    }
    ui::build()?;
    if !built([window::cargo_build(), window::cargo_build_test()])? {
        bail!("the window or its test could not be built");
    }
    counted(Runner::Plain, &mut window::test_command(&TAURI_DRIVER.provide()?))
}

fn licences() -> Result<Outcome> {
    check([deny(&["licenses", "bans", "sources"])?])
}

fn advisories() -> Result<Outcome> {
    let recorded = shell::record(&mut deny(&["advisories"])?, LIMIT)?;
    let unreachable =
        !recorded.success && recorded.lines.iter().any(|line| line.contains("failed to fetch advisory database"));
    Ok(if unreachable {
        Outcome::Skipped("the advisory database cannot be reached from here".to_owned())
    } else {
        judged(&recorded)
    })
}

fn deny(checks: &[&str]) -> Result<Command> {
    let mut deny = shell::command(CARGO_DENY.provide()?);
    deny.arg("check").args(checks);
    Ok(deny)
}

fn cargo(args: &[&str]) -> Command {
    let mut cargo = shell::cargo();
    cargo.args(args);
    cargo
}

fn npm(args: &[&str]) -> Result<Command> {
    let mut npm = ui::npm()?;
    npm.args(args);
    Ok(npm)
}

/// Whether all these commands succeed; the first that fails ends it.
fn built(commands: impl IntoIterator<Item = Command>) -> Result<bool> {
    for mut command in commands {
        if !shell::record(&mut command, LIMIT)?.success {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Each command is one check, passed when it succeeds.
fn check(commands: impl IntoIterator<Item = Command>) -> Result<Outcome> {
    let mut all = Tally::default();
    let mut notes = Vec::new();
    for mut command in commands {
        let Outcome::Ran(one, note) = judged(&shell::record(&mut command, LIMIT)?) else { continue };
        all = [all, one].into_iter().sum();
        notes.extend((!note.is_empty()).then(|| format!("`{}` {note}", shell::shown(&command))));
    }
    Ok(Outcome::Ran(all, notes.join("; ")))
}

fn judged(recorded: &Recorded) -> Outcome {
    let tally = Tally { passed: recorded.success.into(), failed: (!recorded.success).into(), skipped: 0 };
    Outcome::Ran(tally, recorded.failure.clone().unwrap_or_default())
}

fn one_passed() -> Outcome {
    Outcome::Ran(Tally { passed: 1, ..Tally::default() }, String::new())
}

/// Runs a test runner and takes its counts.
fn counted(runner: Runner, command: &mut Command) -> Result<Outcome> {
    let recorded = shell::record(command, LIMIT)?;
    Ok(weighed(tally(runner, &recorded.lines), &recorded))
}

/// A runner's own counts, unless they contradict how it ended: no summary, or a failure without a failed test, is a failure.
fn weighed(tally: Option<Tally>, recorded: &Recorded) -> Outcome {
    let ended = recorded.failure.clone().unwrap_or_default();
    match tally {
        None if recorded.success => {
            Outcome::Ran(Tally { failed: 1, ..Tally::default() }, "printed no summary".to_owned())
        }
        None => Outcome::Ran(Tally { failed: 1, ..Tally::default() }, format!("{ended}, no summary")),
        Some(tally) if !recorded.success && tally.failed == 0 => Outcome::Ran(Tally { failed: 1, ..tally }, ended),
        Some(tally) => Outcome::Ran(tally, ended),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weigh(counts: Option<(u64, u64)>, success: bool) -> (u64, u64) {
        let recorded =
            Recorded { success, lines: Vec::new(), failure: (!success).then(|| "exit status: 1".to_owned()) };
        let tally = counts.map(|(passed, failed)| Tally { passed, failed, skipped: 0 });
        match weighed(tally, &recorded) {
            Outcome::Ran(tally, _) => (tally.passed, tally.failed),
            Outcome::Skipped(_) => panic!("it ran"),
        }
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
}
