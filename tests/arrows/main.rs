//! The rules of ARCHITECTURE.md that a compiler does not know: who may use whom, and what may stand where.
//!
//! Every rule is a list with its reason; a test fails with the offender's name and that reason. Each rule is also tried on an
//! offender made up here, because a check that cannot fail protects nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod catalogue;
mod parts;
mod sources;

use std::path::{Path, PathBuf};

/// The workspace's root folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Fails with every offence on a line of its own.
fn assert_none(offences: &[String]) {
    assert!(offences.is_empty(), "\n\n  {}\n", offences.join("\n  "));
}
