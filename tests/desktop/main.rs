//! `netmend-window-test`: drives the real window by WebDriver, inside a fault of the lab.
//!
//! A firewall on the way drops a port; a person pastes the error message, runs the check, sees `firewall.dropped`, repairs nothing,
//! checks again, saves the report and opens it. The window runs under Xvfb in the client's namespace, so that it can reach
//! nothing but the lab's own hosts.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

mod checks;
mod stage;
mod tally;
mod window;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use netmend_tests::launch::{self, Rights};
use netmend_tests::{cases, confine, local_process, net, runner};

/// The fault that the window is opened in.
const CASE: &str = "firewall.dropped";
/// First argument of the process that drives the window, in the client's namespace.
const DRIVE: &str = "__drive";

/// Drives the real window by WebDriver, inside a fault of the lab.
#[derive(Debug, Clone, Parser)]
#[command(name = "netmend-window-test")]
pub struct Options {
    /// The desktop program; default: beside this one.
    #[arg(long, value_name = "PATH")]
    app: Option<PathBuf>,
    /// tauri-driver; default: the one on the path.
    #[arg(long, value_name = "PATH")]
    driver: Option<PathBuf>,
    /// Where the pictures of each step go.
    #[arg(long, value_name = "FOLDER", default_value = "target/window")]
    screenshots: PathBuf,
    /// Shows what the drivers and the window say.
    #[arg(long)]
    verbose: bool,
    /// In dark colours.
    #[arg(long)]
    dark: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let outcome = match arguments.first().and_then(|first| first.to_str()) {
        Some(launch::ENTER) => Err(launch::enter(&arguments[1..])),
        Some(local_process::LISTEN) => listen(&arguments[1..]),
        Some(launch::HOLD) => launch::hold().map(|()| ExitCode::SUCCESS),
        Some(confine::CONFINED) => confined(&arguments[1..]),
        Some(DRIVE) => drive(&arguments[1..]),
        _ => outside(),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("netmend-window-test: {error:#}");
        ExitCode::from(2)
    })
}

fn listen(arguments: &[OsString]) -> Result<ExitCode> {
    let arguments: Vec<String> = arguments.iter().map(|each| each.to_string_lossy().into_owned()).collect();
    local_process::listen(&arguments).map(|()| ExitCode::SUCCESS)
}

/// Still in the machine's own network: looks whether everything is there, and leaves.
fn outside() -> Result<ExitCode> {
    let options = Options::parse();
    let mut missing: Vec<String> = net::missing_tools().iter().map(ToString::to_string).collect();
    missing.extend(stage::missing(&options)?);
    let why = if missing.is_empty() {
        format!("{:#}", confine::reenter())
    } else {
        format!("this machine lacks {}", missing.join(", "))
    };
    println!("every check skipped: {why}");
    println!("0 passed, 0 failed, {} skipped", checks::COUNT);
    Ok(ExitCode::SUCCESS)
}

/// In a network of its own: builds the fault and goes to where its client is.
fn confined(arguments: &[OsString]) -> Result<ExitCode> {
    confine::assert_isolated()?;
    let case = cases::everything().into_iter().find(|case| case.id == CASE).context("the lab has no such case")?;
    let lab = runner::build(&case, Rights::Root)?;
    (case.proof)(&lab).context("the fault is not there")?;
    let mut driving = lab.client_command(Rights::Root, Path::new(launch::THIS_PROGRAM))?;
    driving.arg(DRIVE).args(arguments).env("NETMEND_PROFILE", lab.folder().join("profile.toml"));
    let status = lab.in_client(|| driving.status().context("cannot start in the client's namespace"))?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// Where the client is: opens the window and goes through the checks.
fn drive(arguments: &[OsString]) -> Result<ExitCode> {
    let options = Options::parse_from(std::iter::once(OsString::from(DRIVE)).chain(arguments.iter().cloned()));
    std::fs::create_dir_all(&options.screenshots).context("cannot make the folder for pictures")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let tally = runtime.block_on(async {
        let stage = stage::Stage::set(&options).await?;
        let result = checks::run(&stage, &options.screenshots).await;
        stage.clear().await;
        result
    })?;
    println!("{} passed, {} failed, {} skipped", tally.passed, tally.failed, tally.skipped);
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A program beside this one.
fn beside(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe().context("cannot find this program's own file")?;
    Ok(own.parent().unwrap_or(Path::new(".")).join(name))
}
