//! The cases, one file per group of causes.

mod firewall;
mod healthy;
mod service;

use crate::case::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [healthy::cases(), firewall::cases(), service::cases()].into_iter().flatten().collect()
}
