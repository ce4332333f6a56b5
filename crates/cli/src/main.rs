//! The `netmend` command: the whole product without a window.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod args;
mod diagnose;
mod exit;
mod explain;
mod fix;
mod output;
mod papers;
mod progress;
mod report;
mod single;
mod symptom;
mod window;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    // This program starts itself again to evaluate automatic proxy configurations in a confined process.
    if let Some(code) = netmend_engine::pac_worker() {
        return code;
    }
    let result = match Arguments::parse().command {
        None => window::open(),
        Some(Command::Diagnose(arguments)) => diagnose::run(&arguments),
        Some(Command::Explain { cause }) => explain::run(cause.as_deref()),
        Some(Command::Fix { cause, report }) => fix::run(&cause, &report),
        Some(Command::Symptom { text, json }) => symptom::run(&text, json),
        Some(Command::Report { command }) => report::run(&command),
        Some(Command::Single(single)) => single::run(&single),
        Some(Command::Completions { shell }) => Ok(papers::completions(shell)),
        Some(Command::Man { folder }) => papers::manual(&folder),
    };
    result.unwrap_or_else(|error| {
        output::error(&error);
        exit::WRONG_CALL.into()
    })
}
