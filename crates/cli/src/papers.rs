//! Shell completions and manual pages, made from the command line's own definition.

use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory;

use crate::args::Arguments;
use crate::exit::Wrong;
use crate::output;

/// Prints the completions of a shell.
pub fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "netmend", &mut out);
    output::result(&String::from_utf8_lossy(&out));
    ExitCode::SUCCESS
}

/// Writes a manual page for the program and each of its commands.
pub fn manual(folder: &Path) -> anyhow::Result<ExitCode> {
    let words = output::words();
    let path = folder.to_string_lossy();
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder))
        .map_err(|error| Wrong(words.with("cli-man-folder", &[("path", &path), ("detail", &error.to_string())])))?;
    output::say(&words.with("cli-man-written", &[("path", &path)]));
    Ok(ExitCode::SUCCESS)
}
