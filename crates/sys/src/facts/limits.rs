//! Limits that connections can run into.

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
pub use netmend_model::facts::{EphemeralPorts, Limits, OpenFiles, TcpLimits};

/// Reads the limits of this process and of this network namespace. One that cannot be read is `None`.
pub async fn read() -> Outcome<Limits> {
    platform::read().await
}
