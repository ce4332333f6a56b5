//! Building the desktop program.

use crate::{shell, ui};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The desktop package, which is the root manifest's.
pub const PACKAGE: &str = "netmend-desktop";
/// Without this feature Tauri would look for the pages at a development server (tauri's build script).
pub const FEATURES: &str = "tauri/custom-protocol";
/// The test that drives the window.
const TEST: &str = "netmend-window-test";

/// Builds the pages and the program that shows them; returns where the program is.
///
/// # Errors
/// When Node, npm or cargo fail.
pub fn build() -> Result<PathBuf> {
    ui::build()?;
    shell::step(&mut cargo_build())?;
    Ok(shell::built("debug", PACKAGE))
}

/// The command that builds the desktop program from pages already built.
pub fn cargo_build() -> Command {
    let mut cargo = shell::cargo();
    cargo.args(["build", "--package", PACKAGE, "--features", FEATURES]);
    cargo
}

/// The window's test, on what [`cargo_build`] built.
pub fn test_command(tauri_driver: &Path) -> Command {
    let mut test = shell::command(shell::built("debug", TEST));
    test.arg("--app").arg(shell::built("debug", PACKAGE)).arg("--driver").arg(tauri_driver);
    test
}
