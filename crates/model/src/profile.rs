//! An organisation's settings (contract: Profile). Read from TOML by the engine.

use serde::{Deserialize, Serialize};

/// An organisation's settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The organisation's name.
    #[serde(default)]
    pub name: String,
    /// What "the network works" is measured against.
    #[serde(default)]
    pub reference: Reference,
    /// What the help desk offers in the wizard.
    #[serde(default, rename = "service", skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
    /// Whom to ask.
    #[serde(default)]
    pub support: SupportContact,
}

/// Independent hosts to compare with. An empty list switches a comparison off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields, default)]
pub struct Reference {
    /// DNS servers, as addresses with an optional port (53 by default).
    pub resolvers: Vec<String>,
    /// URLs that answer 204 with an empty body.
    pub connectivity: Vec<String>,
    /// NTP servers; none by default.
    pub ntp: Vec<String>,
}

impl Default for Reference {
    /// Well-known public endpoints, run for exactly this purpose.
    fn default() -> Self {
        Self {
            resolvers: vec!["1.1.1.1".into(), "8.8.8.8".into(), "2606:4700:4700::1111".into()],
            connectivity: vec![
                "http://connectivitycheck.gstatic.com/generate_204".into(),
                "http://cp.cloudflare.com/generate_204".into(),
            ],
            ntp: Vec::new(),
        }
    }
}

/// A service that the help desk offers in the wizard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The name people know it by.
    pub name: String,
    /// Host, `host:port` or URL.
    pub target: String,
    /// Whether it is reachable only inside or over the VPN.
    #[serde(default)]
    pub internal: bool,
    /// What should answer; by scheme and port where absent.
    pub expect: Option<crate::Protocol>,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields, default)]
pub struct SupportContact {
    /// E-mail address, telephone number or URL.
    pub contact: String,
}
