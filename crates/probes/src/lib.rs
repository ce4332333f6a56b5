//! Measurements over the network: each measures one thing and judges nothing.
//!
//! Every probe is a file with one function, `run`, that takes the fields of its request. What it cannot do here for want of rights
//! or of the system's support it answers with `NotRun` and the reason.
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
