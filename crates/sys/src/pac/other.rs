//! Systems on which scripts are not evaluated yet: macOS and Windows have evaluators of their own (CFNetwork, WinHTTP).

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::Question;

pub(super) fn is_worker() -> bool {
    false
}

pub(super) fn this_program() -> Option<PathBuf> {
    None
}

pub(super) fn serve() -> ExitCode {
    ExitCode::FAILURE
}

pub(super) fn evaluate(_: &Path, _: &Question) -> Result<String, String> {
    Err("not evaluated: Netmend cannot do that on this system yet".into())
}
