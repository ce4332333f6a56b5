//! The window of Netmend.
// Without this a console opens beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    // This program starts itself again to evaluate automatic proxy configurations in a confined process.
    if let Some(code) = netmend_engine::pac_worker() {
        return code;
    }
    match netmend_desktop::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[allow(clippy::print_stderr, reason = "there is no window to say it in")]
            {
                eprintln!("Netmend could not open its window: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
