//! The command line from outside: what it prints where, and how it ends.
//!
//! Nothing here may reach a network: calls that measure run in a network namespace of their own, or not at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says why")]

mod calls;
mod papers;
mod reports;
mod runs;
mod support;
mod texts;
