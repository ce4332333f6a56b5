//! The stages of `cargo xtask test`, cheap ones first.
//!
//! Everything is built in the development profile, whose dependencies are optimised, so that the stages share it; only the
//! command line that the lab times is built as it is released. What is built by package gets other features of the
//! dependencies than what is built together, and so is built anew: the stages build the workspace together, as its tests do.

use super::judge::{LIMIT, Outcome, Ran, build, check, counted, judged};
use super::tally::Runner;
use crate::shell;
use crate::system::{FOR_THE_LAB, FOR_THE_WINDOW, FOR_THE_WINDOW_TEST, Need};
use crate::tools::{CARGO_DENY, TAURI_DRIVER};
use crate::{generate, lab, system, ui, window};
use anyhow::Result;
use std::process::Command;

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

/// The suite.
pub const STAGES: &[Stage] = &[
    Stage { name: "format", what: "the code is formatted, Cargo.lock is up to date", needs: &[], run: format },
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

fn format() -> Result<Outcome> {
    let formatted = check(cargo(&["fmt", "--all", "--check"]))?;
    Ok(Outcome::Ran(formatted.and(check(cargo(&["update", "--workspace", "--locked"]))?)))
}

fn lint() -> Result<Outcome> {
    check(cargo(&["clippy", "--all-targets", "--", "--deny", "warnings"])).map(Outcome::Ran)
}

fn tests() -> Result<Outcome> {
    let ran = if shell::which("cargo-nextest").is_some() {
        counted(Runner::Nextest, cargo(&["nextest", "run"]))
    } else {
        counted(Runner::CargoTest, cargo(&["test", "--all-targets", "--no-fail-fast"]))
    };
    ran.map(Outcome::Ran)
}

fn doc_tests() -> Result<Outcome> {
    counted(Runner::CargoTest, cargo(&["test", "--doc", "--no-fail-fast"])).map(Outcome::Ran)
}

fn types() -> Result<Outcome> {
    generate::types(generate::Check { check: true })?;
    Ok(Outcome::Ran(Ran::passed()))
}

fn schema() -> Result<Outcome> {
    build(lab::build_netmend())?;
    generate::schema_from(shell::command(lab::netmend()), generate::Check { check: true })?;
    Ok(Outcome::Ran(Ran::passed()))
}

fn pages() -> Result<Outcome> {
    with_node(|| {
        ui::install()?;
        Ok(check(npm(&["run", "check"])?)?.and(counted(Runner::Vitest, npm(&["test"])?)?))
    })
}

fn pages_audit() -> Result<Outcome> {
    if let Some(problem) = system::node_problem() {
        return Ok(Outcome::Skipped(problem));
    }
    let mut audit = npm(&["audit"])?;
    let sign = "audit endpoint returned an error";
    unless_unreachable(&mut audit, sign, "the registry answers no audits")
}

fn lab_root() -> Result<Outcome> {
    lab_as("root")
}

fn lab_user() -> Result<Outcome> {
    lab_as("user")
}

fn lab_as(mode: &str) -> Result<Outcome> {
    build(lab::build_netmend())?;
    build(build_tests())?;
    counted(Runner::Plain, lab::command(mode)).map(Outcome::Ran)
}

fn desktop() -> Result<Outcome> {
    with_node(|| {
        ui::build()?;
        let package = ["--package", window::PACKAGE, "--features", window::FEATURES];
        let clippy = cargo(&[&["clippy", "--all-targets"], &package[..], &["--", "--deny", "warnings"]].concat());
        let tests = cargo(&[&["test", "--no-fail-fast"], &package[..]].concat());
        Ok(check(clippy)?.and(counted(Runner::CargoTest, tests)?))
    })
}

fn window_test() -> Result<Outcome> {
    with_node(|| {
        ui::build()?;
        build(window::cargo_build())?;
        build(build_tests())?;
        counted(Runner::Plain, window::test_command(&TAURI_DRIVER.provide()?))
    })
}

fn licences() -> Result<Outcome> {
    check(deny(&["licenses", "bans", "sources"])?).map(Outcome::Ran)
}

fn advisories() -> Result<Outcome> {
    let sign = "failed to fetch advisory database";
    unless_unreachable(&mut deny(&["advisories"])?, sign, "the advisory database cannot be reached from here")
}

/// Leaves a stage out where the pages cannot be built.
fn with_node(run: impl FnOnce() -> Result<Ran>) -> Result<Outcome> {
    system::node_problem().map_or_else(|| run().map(Outcome::Ran), |problem| Ok(Outcome::Skipped(problem)))
}

/// A check against a list elsewhere; a failure whose output has the sign says that the list is out of reach.
fn unless_unreachable(command: &mut Command, sign: &str, reason: &str) -> Result<Outcome> {
    let recorded = shell::record(command, LIMIT)?;
    let unreachable = !recorded.success && recorded.lines.iter().any(|line| line.contains(sign));
    Ok(if unreachable { Outcome::Skipped(reason.to_owned()) } else { Outcome::Ran(judged(&recorded)) })
}

fn deny(checks: &[&str]) -> Result<Command> {
    let mut deny = shell::command(CARGO_DENY.provide()?);
    deny.arg("check").args(checks);
    Ok(deny)
}

/// Builds the workspace's tests, and with those of `netmend-tests` its programs: the lab and the test of the window.
fn build_tests() -> Command {
    cargo(&["test", "--no-run"])
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
