//! Proxy settings.

use serde::{Deserialize, Serialize};

/// Proxy settings of every source, those of programs started here first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct ProxySettings {
    /// Proxies.
    pub proxies: Vec<ProxySetting>,
    /// Addresses of auto-configuration files.
    pub pac: Vec<PacSetting>,
    /// Sources that were looked at, and why those that could not be read were not.
    pub read_from: Vec<String>,
}

/// One proxy and what it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct ProxySetting {
    /// Where the setting stands.
    pub source: ProxySource,
    /// The variable, key or file line that says so.
    pub setting: String,
    /// URL schemes it is for: `http`, `https`, `all`.
    pub applies_to: String,
    /// The proxy.
    pub proxy: ProxyEndpoint,
    /// Hosts that go past it, as written.
    pub bypass: Vec<String>,
}

/// The address of a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct ProxyEndpoint {
    /// How to speak to it.
    pub scheme: ProxyScheme,
    /// Name or address, without brackets.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Whether the setting holds credentials (which are never kept).
    #[serde(default)]
    pub has_credentials: bool,
}

/// How to speak to a proxy.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "protocol names")]
pub enum ProxyScheme {
    Http,
    Https,
    Socks4,
    Socks5,
}

/// An auto-configuration file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct PacSetting {
    /// Where the setting stands.
    pub source: ProxySource,
    /// Address of the file.
    pub url: String,
}

/// Where a proxy setting stands.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ProxySource {
    Environment,
    Gnome,
    Kde,
    Portal,
    WindowsUser,
    WindowsMachine,
    SystemConfiguration,
}
