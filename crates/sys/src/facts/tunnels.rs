//! Tunnels: the interfaces that are tunnels, and what is routed through them.

use ipnet::IpNet;
use netmend_model::Outcome;
use netmend_model::facts::{Interface, InterfaceKind, Interfaces, Route, RouteKind, Routes};
pub use netmend_model::facts::{Tunnel, Tunnels};

use super::{interfaces, routes};

/// Reads the tunnel interfaces and the routes through them.
///
/// A policy-based IPsec tunnel has no interface, and its policies are an administrator's to read: it is not seen.
pub async fn read() -> Outcome<Tunnels> {
    let (interfaces, routes) = tokio::join!(interfaces::read(), routes::read());
    match (interfaces, routes) {
        (Outcome::Observed { data: interfaces }, Outcome::Observed { data: routes }) => {
            Outcome::observed(among(&interfaces, &routes))
        }
        (Outcome::NotRun { reason }, _) | (_, Outcome::NotRun { reason }) => Outcome::NotRun { reason },
        (Outcome::Errored { reason }, _) | (_, Outcome::Errored { reason }) => Outcome::Errored { reason },
    }
}

/// The tunnels among these interfaces.
pub fn among(interfaces: &Interfaces, routes: &Routes) -> Tunnels {
    let tunnels = interfaces.interfaces.iter().filter(|interface| interface.kind == InterfaceKind::Tunnel);
    Tunnels { tunnels: tunnels.map(|interface| tunnel(interface, routes)).collect() }
}

fn tunnel(interface: &Interface, routes: &Routes) -> Tunnel {
    let mut through: Vec<IpNet> =
        routes.routes.iter().filter(|route| leads(route, interface)).map(destination).collect();
    through.sort_unstable();
    through.dedup();
    Tunnel {
        interface: interface.name.clone(),
        kind: interface.driver.clone().unwrap_or_else(|| "tunnel".to_owned()),
        up: interface.usable(),
        carries_default: carries_default(&through),
        routes: through,
    }
}

fn destination(route: &Route) -> IpNet {
    route.destination.trunc()
}

fn leads(route: &Route, interface: &Interface) -> bool {
    let elsewhere = route.destination.addr().is_multicast();
    route.kind == RouteKind::Unicast && !elsewhere && route.interface.as_deref() == Some(interface.name.as_str())
}

/// A whole address family, in one route or in halves: VPN clients use 0/1 and 128/1 so as to leave the default
/// route of the network in its place.
fn carries_default(routes: &[IpNet]) -> bool {
    let has = |text: &str| text.parse().is_ok_and(|net: IpNet| routes.contains(&net));
    has("0.0.0.0/0")
        || has("::/0")
        || (has("0.0.0.0/1") && has("128.0.0.0/1"))
        || (has("::/1") && has("8000::/1"))
        || has("2000::/3")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(name: &str, kind: InterfaceKind) -> Interface {
        Interface {
            name: name.to_owned(),
            index: 7,
            kind,
            up: true,
            carrier: Some(true),
            oper_state: "unknown".to_owned(),
            mtu: 1420,
            mac: None,
            addresses: Vec::new(),
            driver: Some("wireguard".to_owned()),
        }
    }

    fn route(destination: &str, interface: &str) -> Route {
        Route {
            destination: destination.parse().unwrap(),
            gateway: None,
            interface: Some(interface.to_owned()),
            source: None,
            metric: None,
            kind: RouteKind::Unicast,
            table: 254,
            mtu: None,
            origin: None,
        }
    }

    #[test]
    fn halves_make_a_default_route() {
        let interfaces = Interfaces {
            interfaces: vec![interface("eth0", InterfaceKind::Ethernet), interface("wg0", InterfaceKind::Tunnel)],
        };
        let mut routes = Routes { routes: vec![route("0.0.0.0/0", "eth0"), route("0.0.0.0/1", "wg0")] };
        let tunnels = among(&interfaces, &routes);
        assert_eq!(tunnels.tunnels.len(), 1);
        assert!(!tunnels.tunnels[0].carries_default, "one half alone is not a default route");
        routes.routes.push(route("128.0.0.0/1", "wg0"));
        let tunnel = &among(&interfaces, &routes).tunnels[0];
        assert!(tunnel.carries_default && tunnel.up && tunnel.kind == "wireguard");
        assert_eq!(tunnel.routes.len(), 2);
    }
}
