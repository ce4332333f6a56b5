//! The `netmend` command: the whole product without a window.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod args;
mod diagnose;
mod exit;
mod output;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Some(Command::Diagnose(arguments)) => diagnose::run(arguments),
        None => Err(exit::Wrong("nothing to do: see netmend --help".into()).into()),
    };
    result.unwrap_or_else(|error| {
        output::error(&error);
        exit::WRONG_CALL.into()
    })
}
