//! Shell completions and manual pages, made from the command line's own definition.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::CommandFactory;

use crate::args::Arguments;

/// Prints the completions of a shell.
pub fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "netmend", &mut out);
    crate::output::result(&String::from_utf8_lossy(&out));
    ExitCode::SUCCESS
}

/// Writes a manual page for the program and each of its commands.
pub fn manual(folder: &Path) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    clap_mangen::generate_to(Arguments::command(), folder)
        .with_context(|| format!("the manual pages cannot be written to {}", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}
