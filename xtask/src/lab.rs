//! `cargo xtask lab`: every fault built in network namespaces, diagnosed by the real command line.

use crate::{shell, system};
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::process::Command;

/// Options of `cargo xtask lab`.
#[derive(Args)]
pub struct Options {
    /// As root, as an ordinary user, or both
    #[arg(long, value_name = "root|user|both", default_value = "both")]
    mode: String,
    /// Where the table of results goes; docs/accuracy.md after a whole run in both modes
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// More options for the lab; `-- --help` lists them
    #[arg(last = true)]
    rest: Vec<String>,
}

/// The committed table.
const TABLE: &str = "docs/accuracy.md";
/// The lab's program.
const LAB: &str = "netmend-lab";

impl Options {
    /// Where to write the table: what is named, or the committed one if the run is a whole one.
    fn table(&self) -> Option<PathBuf> {
        let whole = self.rest.is_empty() && self.mode == "both";
        self.table.clone().or_else(|| whole.then(|| TABLE.into()))
    }
}

/// Builds and runs the lab; true when every case passed.
///
/// # Errors
/// When the system lacks what namespaces need, or a build fails.
pub fn run(options: &Options) -> Result<bool> {
    let absent = system::provide(system::FOR_THE_LAB)?;
    if !absent.is_empty() {
        bail!("the lab cannot be built without what is named above");
    }
    shell::step(&mut build_netmend())?;
    shell::step(&mut build_lab())?;
    let mut lab = command(&options.mode);
    if let Some(table) = options.table() {
        lab.arg("--table").arg(table);
    }
    lab.args(&options.rest);
    println!("$ {}", shell::shown(&lab));
    Ok(lab.status()?.success())
}

/// The command that builds the command line as it is released, because the lab judges how long it takes.
pub fn build_netmend() -> Command {
    let mut cargo = shell::cargo();
    cargo.args(["build", "--release", "--package", "netmend-cli"]);
    cargo
}

/// The command that builds the lab alone.
fn build_lab() -> Command {
    let mut cargo = shell::cargo();
    cargo.args(["build", "--package", "netmend-tests", "--bin", LAB]);
    cargo
}

/// The released command line.
pub fn netmend() -> PathBuf {
    shell::built("release", "netmend")
}

/// The lab as `mode` ("root", "user" or "both"), on the released command line.
pub fn command(mode: &str) -> Command {
    let mut lab = shell::command(shell::built("debug", LAB));
    lab.args(["--mode", mode]).arg("--netmend").arg(netmend());
    lab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_lab_does_not_replace_the_whole_table() {
        let options = |mode: &str, rest: &[&str]| Options {
            mode: mode.to_owned(),
            table: None,
            rest: rest.iter().map(|word| (*word).to_owned()).collect(),
        };
        assert_eq!(options("both", &[]).table(), Some(PathBuf::from(TABLE)));
        assert_eq!(options("user", &[]).table(), None);
        assert_eq!(options("both", &["--case", "dns."]).table(), None);
        assert_eq!(Options { table: Some("x.md".into()), ..options("user", &[]) }.table(), Some(PathBuf::from("x.md")));
    }
}
