//! Firewall rules, as far as the rights allow.

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
mod firewalld;
#[cfg(target_os = "linux")]
mod iptables;
#[cfg(target_os = "linux")]
mod nft;
#[cfg(target_os = "linux")]
mod ruleset;
#[cfg(target_os = "linux")]
mod ufw;

use netmend_model::Outcome;
pub use netmend_model::facts::{Firewall, FirewallBackend, FirewallPolicy, FirewallRule, Hook, PortRange, RuleVerdict};

/// Reads every firewall that is found. One whose rules cannot be read says why in `unreadable`.
pub async fn read() -> Outcome<Firewall> {
    platform::read().await
}
