//! How this computer resolves names.

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
#[cfg(target_os = "linux")]
mod join;
#[cfg(target_os = "linux")]
mod network_manager;
#[cfg(target_os = "linux")]
mod resolv_conf;
#[cfg(target_os = "linux")]
mod resolved;
#[cfg(all(test, target_os = "linux"))]
mod service_tests;

use netmend_model::Outcome;
pub use netmend_model::facts::{Resolver, ResolverSource, Resolvers};

/// Reads the configured resolvers of every source, those that programs ask first in front.
pub async fn read() -> Outcome<Resolvers> {
    platform::read().await
}
