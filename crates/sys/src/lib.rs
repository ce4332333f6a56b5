//! This computer: facts, sockets and changes. The only crate with platform code.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod facts;
pub mod lookup;
pub mod pac;
pub mod paths;
pub mod sockets;
