//! Runs a plan: budget, concurrency, deadlines, cancellation, progress events.
//!
//! What to measure is decided by `netmend_diagnose::plan`, what it means by `netmend_diagnose::diagnose`; this part only begins,
//! collects and ends.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod ask;
pub mod profile;
mod run;
mod single;

pub use ask::{Ask, contacts};
pub use netmend_sys::pac::worker as pac_worker;
pub use netmend_sys::paths::{data as data_folder, has_display};
pub use run::run;
pub use single::measure;
pub use tokio_util::sync::CancellationToken;
