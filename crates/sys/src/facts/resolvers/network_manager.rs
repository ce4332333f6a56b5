//! NetworkManager (org.freedesktop.NetworkManager.DnsManager).

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};

use netmend_model::Reason;
use netmend_model::facts::{Resolver, ResolverSource};
use zbus::zvariant::OwnedValue;

use crate::facts::dbus::{Bus, Object};

pub(super) const SERVICE: &str = "org.freedesktop.NetworkManager";

const DNS_MANAGER: Object<'static> = Object {
    service: SERVICE,
    path: "/org/freedesktop/NetworkManager/DnsManager",
    interface: "org.freedesktop.NetworkManager.DnsManager",
};

/// What NetworkManager configured.
#[derive(Debug, Default)]
pub(super) struct Managed {
    pub servers: Vec<Resolver>,
    /// `default`, `dnsmasq`, `systemd-resolved`, `none`, …
    pub mode: String,
}

/// Asks the service.
pub(super) async fn ask(bus: &Bus) -> Result<Managed, Reason> {
    let mut properties = bus.properties(DNS_MANAGER).await?;
    let entries: Vec<HashMap<String, OwnedValue>> = properties.take("Configuration").unwrap_or_default();
    Ok(Managed {
        servers: entries.into_iter().flat_map(resolvers).collect(),
        mode: properties.take("Mode").unwrap_or_default(),
    })
}

/// The servers of one entry: of one interface, or of the global configuration.
fn resolvers(mut entry: HashMap<String, OwnedValue>) -> Vec<Resolver> {
    let mut strings = |key: &str| entry.remove(key).and_then(|v| Vec::<String>::try_from(v).ok()).unwrap_or_default();
    let servers = strings("nameservers");
    // Only those of a `~` routing domain restrict; search domains stand here as well.
    let domains: Vec<String> = strings("domains");
    let interface = entry.remove("interface").and_then(|value| String::try_from(value).ok());
    let routing = routing_domains(&domains);
    servers
        .iter()
        .filter_map(|server| address(server))
        .map(|address| Resolver {
            address,
            interface: interface.clone(),
            source: ResolverSource::NetworkManager,
            domains: routing.clone(),
            stub: false,
            in_use: false,
        })
        .collect()
}

/// Domains written `~name`, when every domain is so and `~.` (all names) is not among them.
fn routing_domains(domains: &[String]) -> Vec<String> {
    let routing: Option<Vec<String>> =
        domains.iter().map(|domain| domain.strip_prefix('~').map(str::to_owned)).collect();
    routing.filter(|domains| !domains.iter().any(|domain| domain == ".")).unwrap_or_default()
}

/// An address, or since NetworkManager 1.52 also `dns+udp://192.0.2.53` and `dns+tls://[2001:db8::1]:853#name`.
fn address(text: &str) -> Option<SocketAddr> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let rest = rest.split('#').next()?;
    if let Ok(address) = rest.parse::<SocketAddr>() {
        return Some(address);
    }
    let bare = rest.trim_start_matches('[').trim_end_matches(']').split('%').next()?;
    Some(SocketAddr::new(bare.parse::<IpAddr>().ok()?, 53))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_every_writing() {
        let seen = |text| address(text).map(|a| a.to_string());
        assert_eq!(seen("192.0.2.53").as_deref(), Some("192.0.2.53:53"));
        assert_eq!(seen("2001:db8::53").as_deref(), Some("[2001:db8::53]:53"));
        assert_eq!(seen("dns+udp://192.0.2.53").as_deref(), Some("192.0.2.53:53"));
        assert_eq!(seen("dns+tls://[2001:db8::53]:853#dns.example.test").as_deref(), Some("[2001:db8::53]:853"));
        assert_eq!(seen("dns+udp://[2001:db8::53]").as_deref(), Some("[2001:db8::53]:53"));
        assert_eq!(seen("nonsense"), None);
    }

    #[test]
    fn only_routing_domains_restrict() {
        let of = |domains: &[&str]| routing_domains(&domains.iter().map(|d| (*d).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["~corp.example.test"]), ["corp.example.test"]);
        assert!(of(&["~corp.example.test", "~."]).is_empty());
        assert!(of(&["home.example.test", "~corp.example.test"]).is_empty());
        assert!(of(&[]).is_empty());
    }
}
