//! The neighbour tables: ARP (RFC 826) and neighbour discovery (RFC 4861).

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
pub use netmend_model::facts::{Neighbour, NeighbourState, Neighbours};

/// Reads the neighbours of every interface, without the fixed entries for multicast.
pub async fn read() -> Outcome<Neighbours> {
    platform::read().await
}
