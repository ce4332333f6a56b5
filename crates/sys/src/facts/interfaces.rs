//! Network interfaces, their state and their addresses.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(target_os = "linux")]
use linux as platform;
#[cfg(target_os = "macos")]
use macos as platform;
#[cfg(target_os = "windows")]
use windows as platform;

use netmend_model::Outcome;
pub use netmend_model::facts::{Interface, InterfaceAddress, InterfaceKind, Interfaces};

/// Reads every interface of this network namespace.
pub async fn read() -> Outcome<Interfaces> {
    platform::read().await
}
