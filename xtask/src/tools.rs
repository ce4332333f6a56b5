//! Programs from crates.io that the tests use and that Rust does not bring.

use crate::shell;
use anyhow::Result;
use std::env;
use std::path::PathBuf;

/// A program that `cargo install` provides.
pub struct Tool {
    /// The crate, which is also the program's name.
    name: &'static str,
    version: &'static str,
}

/// Checks licences, advisories, bans and sources.
pub const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "^0.20" };
/// Speaks WebDriver to a Tauri window. Version 2 belongs to Tauri 2.
pub const TAURI_DRIVER: Tool = Tool { name: "tauri-driver", version: "^2" };

impl Tool {
    /// Where the program is; builds it into the target folder when it is not on this computer.
    ///
    /// # Errors
    /// When cargo cannot build it.
    pub fn provide(&self) -> Result<PathBuf> {
        let root = shell::target_dir().join("tools");
        let own = root.join("bin").join(format!("{}{}", self.name, env::consts::EXE_SUFFIX));
        if own.is_file() {
            return Ok(own);
        }
        if let Some(found) = shell::which(self.name) {
            return Ok(found);
        }
        let mut install = shell::cargo();
        install.args(["install", "--quiet", "--locked", self.name, "--version", self.version, "--root"]).arg(&root);
        shell::step(&mut install)?;
        Ok(own)
    }
}
