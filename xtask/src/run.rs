//! `cargo xtask run`: from a fresh clone to a diagnosis, in the window or in the terminal.

use crate::{shell, system, window};
use anyhow::Result;
use clap::Args;
use std::env;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::Command;

/// Options of `cargo xtask run`.
#[derive(Args)]
pub struct Options {
    /// Diagnose in the terminal, even where there is a display
    #[arg(long)]
    terminal: bool,
    /// For `netmend diagnose`: a target and options; implies the terminal
    #[arg(last = true)]
    args: Vec<String>,
}

/// Sets up, builds and starts; true when what was started ended well.
///
/// # Errors
/// When something needed is missing, which is then named, or a build fails.
pub fn run(options: &Options) -> Result<bool> {
    if options.terminal || !options.args.is_empty() {
        return in_terminal(options.args.clone());
    }
    if !has_display() {
        println!("There is no display here ($DISPLAY and $WAYLAND_DISPLAY are empty): diagnosing in the terminal.");
        return in_terminal(asked()?);
    }
    in_window()
}

fn has_display() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    env::consts::OS != "linux" || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn in_window() -> Result<bool> {
    let absent = system::provide(system::FOR_THE_WINDOW)?;
    let problem = system::node_problem();
    if let Some(problem) = &problem {
        println!("{problem}.");
    }
    if !absent.is_empty() || problem.is_some() {
        println!(
            "When that is there, `cargo xtask run` opens the window. `cargo xtask run --terminal` works without it."
        );
        return Ok(false);
    }
    let well = started(&mut shell::command(window::build()?))?;
    if !well {
        println!("The window ended with an error. `cargo xtask run --terminal` works without a display.");
    }
    Ok(well)
}

fn in_terminal(args: Vec<String>) -> Result<bool> {
    shell::step(shell::cargo().args(["build", "--package", "netmend-cli"]))?;
    started(shell::command(shell::built("debug", "netmend")).arg("diagnose").args(args))
}

/// Starts Netmend itself; a finding is its ordinary result (status 1), as is no verdict (3).
fn started(command: &mut Command) -> Result<bool> {
    println!("$ {}", shell::shown(command));
    let status = command.status()?;
    Ok(matches!(status.code(), Some(0 | 1 | 3)))
}

/// Asks the person in the terminal what is wrong; without one, the question is whether this computer is online.
fn asked() -> Result<Vec<String>> {
    if !io::stdin().is_terminal() {
        println!("Checking whether this computer is online. `cargo xtask run -- TARGET` checks a target.");
        return Ok(Vec::new());
    }
    println!("What is going wrong? Paste the error message, or type a name, an address or a URL, then an empty line.");
    println!("An empty line alone checks whether this computer is online.");
    print!("> ");
    io::stdout().flush()?;
    let lines = io::stdin().lock().lines().map_while(Result::ok);
    let text: Vec<_> = lines.take_while(|line| !line.trim().is_empty()).collect();
    Ok(arguments(&text.join("\n")))
}

/// A single word is a target, anything longer an error message.
fn arguments(text: &str) -> Vec<String> {
    let words: Vec<_> = text.split_whitespace().collect();
    match words.as_slice() {
        [] => Vec::new(),
        // Behind the two dashes it is not taken for an option.
        [target] => vec!["--".to_owned(), (*target).to_owned()],
        _ => vec![format!("--symptom={text}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_target_or_a_message() {
        assert_eq!(arguments("  \n"), Vec::<String>::new());
        assert_eq!(arguments(" api.example.test:8443 "), ["--", "api.example.test:8443"]);
        assert_eq!(arguments("-json"), ["--", "-json"]);
        assert_eq!(arguments("Connection timed out: getsockopt"), ["--symptom=Connection timed out: getsockopt"]);
    }
}
