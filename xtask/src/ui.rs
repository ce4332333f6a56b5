//! Building the wizard's pages, which the desktop program holds.

use crate::{shell, system};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// What the built pages are made of, relative to the workspace's root.
const SOURCES: [&str; 9] = [
    "ui/src",
    "ui/public",
    "ui/index.html",
    "ui/package.json",
    "ui/package-lock.json",
    "ui/vite.config.ts",
    "ui/svelte.config.js",
    "ui/tsconfig.json",
    "locales",
];

/// Builds the pages when they are older than what they are made of.
///
/// # Errors
/// When Node is missing or too old, or npm fails.
pub fn build() -> Result<()> {
    install()?;
    let root = shell::root();
    let sources = SOURCES.iter().filter_map(|path| newest(&root.join(path))).max();
    if is_older(modified(&root.join("ui/dist/index.html")), sources) {
        shell::step(npm()?.args(["run", "build"]))?;
    }
    Ok(())
}

/// Installs the packages named in `package-lock.json` when they are older than it.
///
/// # Errors
/// When Node is missing or too old, or npm fails.
pub fn install() -> Result<()> {
    if let Some(problem) = system::node_problem() {
        bail!("{problem}");
    }
    let ui = shell::root().join("ui");
    // npm writes this file last, so an interrupted installation is begun again.
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    if is_older(installed, modified(&ui.join("package-lock.json"))) {
        shell::step(npm()?.args(["ci", "--no-fund", "--no-audit"]))?;
    }
    Ok(())
}

/// npm, to be run on the UI's packages.
///
/// # Errors
/// When it is not installed.
pub fn npm() -> Result<Command> {
    let mut npm = shell::command(shell::which("npm").context("npm was not found; it comes with Node.js")?);
    npm.arg("--prefix").arg("ui");
    Ok(npm)
}

/// Whether something that was made at `made` must be made again, its sources having last changed at `sources`.
fn is_older(made: Option<SystemTime>, sources: Option<SystemTime>) -> bool {
    made.is_none_or(|made| sources.is_some_and(|sources| sources > made))
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|meta| meta.modified()).ok()
}

/// When the file, or anything in the folder, was last changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let within = fs::read_dir(path).into_iter().flatten().flatten().filter_map(|entry| newest(&entry.path()));
    within.chain(modified(path)).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn made_again_when_absent_or_older() {
        let old = SystemTime::UNIX_EPOCH;
        let new = old + Duration::from_secs(1);
        assert!(is_older(None, Some(old)) && is_older(Some(old), Some(new)));
        assert!(!is_older(Some(new), Some(old)) && !is_older(Some(new), Some(new)) && !is_older(Some(new), None));
    }

    #[test]
    fn a_folder_is_as_new_as_its_newest_file() {
        let folder = shell::root().join("xtask");
        assert!(newest(&folder) >= modified(&folder.join("src/main.rs")));
        assert_eq!(newest(&folder.join("no-such-file")), None);
    }
}
