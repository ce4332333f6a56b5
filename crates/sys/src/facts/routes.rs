//! The route tables, and the route to one address.

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

use std::net::IpAddr;

use netmend_model::Outcome;
pub use netmend_model::facts::{Route, RouteKind, RouteTo, Routes};

/// Reads every route of every table.
pub async fn read() -> Outcome<Routes> {
    platform::read().await
}

/// The route that the system takes to an address; nothing is sent.
///
/// A refusal is an observation: [`RouteTo::error`] has the system's error number, and [`RouteTo::route`] the route
/// that refuses, where one does.
pub async fn to(address: IpAddr) -> Outcome<RouteTo> {
    platform::to(address).await
}
