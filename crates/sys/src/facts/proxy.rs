//! Proxy settings of every source. Credentials are never kept.

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
mod environment;
#[cfg(target_os = "linux")]
mod gnome;
#[cfg(target_os = "linux")]
mod kde;
mod setting;

use netmend_model::Outcome;
pub use netmend_model::facts::{PacSetting, ProxyEndpoint, ProxyScheme, ProxySetting, ProxySettings, ProxySource};

/// Reads the environment, then the settings of the desktop.
pub async fn read() -> Outcome<ProxySettings> {
    let mut settings = environment::parse(
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))),
    );
    let desktop = platform::read().await;
    settings.proxies.extend(desktop.proxies);
    settings.pac.extend(desktop.pac);
    settings.read_from.extend(desktop.read_from);
    Outcome::observed(settings)
}

/// No settings, with what is to be said about where they were looked for.
fn nothing(read_from: impl Into<String>) -> ProxySettings {
    ProxySettings { proxies: Vec::new(), pac: Vec::new(), read_from: vec![read_from.into()] }
}
