//! Sockets that wait for connections or datagrams, and who owns them.

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
pub use netmend_model::facts::{ListenQueueCounters, Listener, Listeners, ProcessRef, ProcessState};

/// Reads every listening TCP socket and every unconnected UDP socket with its owner.
///
/// The owner's user id is always told; the process only where the rights allow to look into it.
pub async fn read() -> Outcome<Listeners> {
    platform::read().await
}
