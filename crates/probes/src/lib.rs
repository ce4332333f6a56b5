//! Measurements over the network: each measures one thing and judges nothing.
//!
//! Every probe is a file with the same two functions: `needs`, what it cannot do without on this computer, and `run`.
//! A host that does not answer is an observation, not an error.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod connect;
pub mod connectivity;
mod context;
mod detached;
mod dispatch;
pub mod echo;
pub mod egress;
pub mod first_hop;
pub mod greeting;
pub mod http;
pub mod lookup;
pub mod mtu;
pub mod pac;
pub mod proxy;
pub mod samples;
pub mod system_lookup;
#[cfg(test)]
mod testing;
mod text;
pub mod tls;
pub mod trace;
mod transport;
mod waiting;

pub use context::{Context, Pace};
pub use dispatch::run;
