//! firewalld over D-Bus: whether it runs and which zones are active. Anything more asks for a password.

use std::collections::HashMap;

use netmend_model::facts::FirewallBackend;
use netmend_model::{Reason, ReasonCode};

use crate::facts::dbus::{self, Bus, Object};
use crate::facts::host;

const SERVICE: &str = "org.fedoraproject.FirewallD1";
const ZONES: Object<'static> =
    Object { service: SERVICE, path: "/org/fedoraproject/FirewallD1", interface: "org.fedoraproject.FirewallD1.zone" };

/// Zones, and for each its interfaces and sources.
type Zones = HashMap<String, HashMap<String, Vec<String>>>;

/// Absent where firewalld does not run, or no bus says so.
pub(super) async fn read() -> Option<FirewallBackend> {
    let zones = dbus::in_time(SERVICE, async {
        let bus = Bus::system().await?;
        bus.call::<Zones, _>(ZONES, "getActiveZones", &()).await
    })
    .await;
    match zones {
        Ok(zones) => Some(backend(true, unreadable(&zones))),
        Err(reason) if reason.code == ReasonCode::ToolMissing => None,
        // No bus to speak of, as in a container.
        Err(reason) if reason.detail.starts_with("the system bus") => None,
        Err(reason) => Some(FirewallBackend { active: None, ..backend(true, Some(reason)) }),
    }
}

/// With rights its rules are read among those of nftables or iptables, where firewalld puts them.
fn unreadable(zones: &Zones) -> Option<Reason> {
    let detail = format!("the rules of firewalld need a password; active zones: {}", names(zones));
    (!host::is_elevated()).then_some(Reason { code: ReasonCode::NeedsAdministrator, detail })
}

fn names(zones: &Zones) -> String {
    let mut names: Vec<String> = zones
        .iter()
        .map(|(zone, members)| match members.get("interfaces") {
            Some(interfaces) if !interfaces.is_empty() => format!("{zone} ({})", interfaces.join(", ")),
            _ => zone.clone(),
        })
        .collect();
    names.sort_unstable();
    names.join(", ")
}

fn backend(active: bool, unreadable: Option<Reason>) -> FirewallBackend {
    let name = "firewalld".to_owned();
    FirewallBackend { name, active: Some(active), unreadable, policies: Vec::new(), rules: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_named_with_their_interfaces() {
        let members = |interfaces: &[&str]| {
            HashMap::from([("interfaces".to_owned(), interfaces.iter().map(|i| (*i).to_owned()).collect())])
        };
        let zones =
            HashMap::from([("public".to_owned(), members(&["eth0", "eth1"])), ("home".to_owned(), HashMap::new())]);
        assert_eq!(names(&zones), "home, public (eth0, eth1)");
    }
}
