//! Faults in network namespaces.
//!
//! Every case builds a small internet of its own (`topology`), breaks one thing in it, proves by independent means that
//! the fault is there (`proof`), runs the real `netmend` inside the client's namespace (`launch`) and compares the
//! diagnosis with the truth (`runner`). Nothing in it can reach the machine's own network: the whole lab runs in a
//! namespace without one (`confine`).
//!
//! A new case is a function in the file of its group (`cases/`): what to build on the healthy network with the verbs of
//! [`lab::Lab`], what to diagnose, and a proof. `netmend-lab --shell CASE` shows the situation from the client,
//! `netmend-lab --proofs --case CASE` checks it without netmend.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod case;
pub mod cases;
pub mod checksum;
pub mod client_view;
pub mod confine;
pub mod lab;
pub mod launch;
pub mod local_process;
pub mod net;
pub mod ns;
pub mod pki;
pub mod proof;
pub mod runner;
pub mod servers;
pub mod speed;
pub mod table;
pub mod topology;
pub mod wire;
