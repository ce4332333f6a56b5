//! `netmend` without arguments: opens the window.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::CommandFactory;

use crate::args::Arguments;
use crate::output;

/// The desktop program's name, beside this one.
const DESKTOP: &str = "netmend-desktop";

/// Opens the window where there is a display and the desktop program is installed; otherwise says how to go on.
pub fn open() -> anyhow::Result<ExitCode> {
    let words = output::words();
    if netmend_engine::has_display() {
        if let Some(program) = desktop() {
            let status = Command::new(&program).status()?;
            return Ok(ExitCode::from(u8::from(!status.success())));
        }
        output::say(&(words.text("cli-window-missing") + "\n"));
    } else {
        output::say(&(words.text("cli-window-no-display") + "\n"));
    }
    output::say(&Arguments::command().render_help().to_string());
    Ok(crate::exit::WRONG_CALL.into())
}

/// The desktop program in this program's folder.
fn desktop() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let path = own.with_file_name(DESKTOP).with_extension(own.extension().unwrap_or_default());
    path.is_file().then_some(path)
}
