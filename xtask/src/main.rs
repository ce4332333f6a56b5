//! Chores of the workspace: `cargo xtask run`, `cargo xtask test`, and what those two are made of.
//!
//! Plain Rust that starts other programs, so that a fresh machine needs nothing but Rust and Node to begin.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "talking to the person in the terminal is the job")]

mod generate;
mod lab;
mod run;
mod shell;
mod suite;
mod system;
mod tools;
mod ui;
mod window;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the Netmend workspace")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Sets everything up and opens the window; without a display, diagnoses in the terminal
    Run(run::Options),
    /// Sets everything up and runs every check and test
    Test(suite::Options),
    /// Builds the command line and the lab, runs every fault in network namespaces, writes docs/accuracy.md
    Lab(lab::Options),
    /// Writes the TypeScript types of the model into ui/src/lib/types
    Types(generate::Check),
    /// Writes the JSON schema of a report to docs/report.schema.json
    Schema(generate::Check),
    /// Writes the manual pages
    Man(generate::Folder),
    /// Writes the shell completions
    Completions(generate::Folder),
}

fn main() -> ExitCode {
    let result = match Cli::parse().chore {
        Chore::Run(options) => run::run(&options),
        Chore::Test(options) => suite::run(&options),
        Chore::Lab(options) => lab::run(&options),
        Chore::Types(check) => generate::types(check).map(|()| true),
        Chore::Schema(check) => generate::schema(check).map(|()| true),
        Chore::Man(folder) => generate::man(&folder).map(|()| true),
        Chore::Completions(folder) => generate::completions(&folder).map(|()| true),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}
