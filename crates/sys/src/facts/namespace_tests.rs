//! Readings of a network namespace that the test itself sets up: the test starts again inside `unshare -Urn`.
//! No packet leaves the namespace.

use std::net::IpAddr;
use std::process::Command;

use netmend_model::facts::{
    FirewallBackend, Interface, InterfaceKind, NeighbourState, Route, RouteKind, RouteTo, RuleVerdict,
};

use super::{firewall, interfaces, neighbours, routes, tunnels};

const INSIDE: &str = "NETMEND_TEST_INSIDE";

/// True inside the namespace. Outside, runs the test of this name inside, after the commands, and passes its verdict on.
fn inside(test: &str, commands: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let script = format!("set -e\n{commands}\nexec \"$0\" --exact facts::namespace_tests::{test} --nocapture");
    let output = Command::new("unshare")
        .args(["-Urn", "sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env(INSIDE, "1")
        .output()
        .expect("unshare(1) of util-linux is needed");
    let words = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{words}");
    assert!(words.contains("1 passed"), "no test ran inside: {words}");
    false
}

/// Two pairs: eth0 has a signal, eth1's other end is down.
const LINKS: &str = "
ip link set lo up
ip link add eth0 type veth peer name far0
ip link add eth1 type veth peer name far1
ip link set far0 up
ip link set eth0 mtu 1400 address 02:00:00:00:00:10 up
ip link set eth1 up
ip addr add 192.0.2.10/24 dev eth0
ip addr add 2001:db8::10/64 dev eth0 nodad
ip addr add 192.0.2.11/24 dev eth0 valid_lft 3600 preferred_lft 3600
ip route add default via 192.0.2.1 dev eth0 metric 50
";

async fn interface(name: &str) -> Interface {
    let outcome = interfaces::read().await;
    outcome.data().unwrap().interfaces.iter().find(|i| i.name == name).unwrap().clone()
}

#[tokio::test]
async fn links_and_addresses() {
    if !inside("links_and_addresses", LINKS) {
        return;
    }
    let eth0 = interface("eth0").await;
    assert_eq!((eth0.up, eth0.carrier, eth0.mtu, eth0.kind), (true, Some(true), 1400, InterfaceKind::Virtual));
    assert_eq!((eth0.mac.as_deref(), eth0.driver.as_deref()), (Some("02:00:00:00:00:10"), Some("veth")));
    assert!(eth0.usable());
    let address = |text: &str| eth0.addresses.iter().find(|a| a.address.to_string() == text).unwrap();
    assert_eq!((address("192.0.2.10").prefix, address("192.0.2.10").dynamic), (24, Some(false)));
    assert_eq!(address("192.0.2.11").dynamic, Some(true), "an address with a lifetime");
    assert!(!address("2001:db8::10").tentative && !address("2001:db8::10").duplicate);
    let eth1 = interface("eth1").await;
    assert_eq!((eth1.up, eth1.carrier, eth1.oper_state.as_str()), (true, Some(false), "lowerlayerdown"));
    let far1 = interface("far1").await;
    assert_eq!((far1.up, far1.carrier, far1.usable()), (false, None, false));
}

const ROUTES: &str = "
ip route add blackhole 203.0.113.10
ip route add prohibit 203.0.113.11
ip route add unreachable 203.0.113.12
ip route add throw 203.0.113.13
ip route add 198.51.100.0/24 nexthop via 192.0.2.1 dev eth0 nexthop via 192.0.2.2 dev eth0
ip route add 198.18.0.0/15 via 192.0.2.3 mtu 1280 proto static table 100
ip rule add to 198.18.0.0/15 table 100
ip -6 route add blackhole 2001:db8:1::/64
ip -6 route add prohibit 2001:db8:2::/64
ip -6 route add unreachable 2001:db8:3::/64
";

async fn to(address: &str) -> RouteTo {
    routes::to(address.parse::<IpAddr>().unwrap()).await.data().unwrap().clone()
}

async fn refusal(address: &str) -> (String, Option<RouteKind>) {
    let to = to(address).await;
    (to.error.expect("refused").symbol, to.route.map(|route| route.kind))
}

#[tokio::test]
async fn routes_and_refusals() {
    if !inside("routes_and_refusals", &format!("{LINKS}{ROUTES}")) {
        return;
    }
    let way = to("203.0.113.99").await;
    assert_eq!(way.error, None);
    let route = way.route.unwrap();
    assert_eq!((route.gateway, route.interface.as_deref()), (Some("192.0.2.1".parse().unwrap()), Some("eth0")));
    assert_eq!(route.source, Some("192.0.2.10".parse().unwrap()));
    let refused = |symbol: &str, kind| (symbol.to_owned(), kind);
    assert_eq!(refusal("203.0.113.10").await, refused("EINVAL", Some(RouteKind::Blackhole)));
    assert_eq!(refusal("203.0.113.11").await, refused("EACCES", Some(RouteKind::Prohibit)));
    assert_eq!(refusal("203.0.113.12").await, refused("EHOSTUNREACH", Some(RouteKind::Unreachable)));
    assert_eq!(refusal("2001:db8:1::1").await, refused("EINVAL", Some(RouteKind::Blackhole)));
    assert_eq!(refusal("2001:db8:2::1").await, refused("EACCES", Some(RouteKind::Prohibit)));
    assert_eq!(refusal("2001:db8:3::1").await, refused("EHOSTUNREACH", Some(RouteKind::Unreachable)));
    assert_eq!(refusal("2001:db8:4::1").await, refused("ENETUNREACH", None), "no route for IPv6");
    let other_table = to("198.18.0.1").await.route.unwrap();
    assert_eq!((other_table.table, other_table.gateway), (100, Some("192.0.2.3".parse().unwrap())));
    assert_eq!(to("192.0.2.10").await.route.unwrap().kind, RouteKind::Local);
}

#[tokio::test]
async fn tables_of_routes() {
    if !inside("tables_of_routes", &format!("{LINKS}{ROUTES}")) {
        return;
    }
    let outcome = routes::read().await;
    let all = &outcome.data().unwrap().routes;
    let of = |net: &str| all.iter().filter(|r| r.destination == net.parse().unwrap()).collect::<Vec<&Route>>();
    let default = of("0.0.0.0/0");
    assert_eq!((default.len(), default[0].metric, default[0].table), (1, Some(50), 254));
    assert_eq!(default[0].origin.as_deref(), Some("boot"));
    assert_eq!(of("198.51.100.0/24").iter().filter_map(|r| r.gateway).count(), 2, "both next hops");
    let pinned = of("198.18.0.0/15")[0];
    assert_eq!((pinned.table, pinned.mtu, pinned.origin.as_deref()), (100, Some(1280), Some("static")));
    assert_eq!(of("203.0.113.10/32")[0].kind, RouteKind::Blackhole);
    assert_eq!(of("203.0.113.13/32")[0].kind, RouteKind::Throw);
    assert!(of("2001:db8:2::/64").iter().any(|route| route.kind == RouteKind::Prohibit));
}

#[tokio::test]
async fn neighbours_of_a_link() {
    let commands = format!(
        "{LINKS}
        ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev eth0 nud permanent
        ip neigh add 192.0.2.8 lladdr 02:00:00:00:00:08 dev eth0 nud stale
        ip neigh add 192.0.2.9 dev eth0 nud failed"
    );
    if !inside("neighbours_of_a_link", &commands) {
        return;
    }
    let outcome = neighbours::read().await;
    let all = &outcome.data().unwrap().neighbours;
    let of = |ip: &str| all.iter().find(|n| n.address.to_string() == ip).unwrap();
    assert_eq!(of("192.0.2.1").state, NeighbourState::Permanent);
    assert_eq!(of("192.0.2.8").mac.as_deref(), Some("02:00:00:00:00:08"));
    assert_eq!((of("192.0.2.9").state, of("192.0.2.9").interface.as_str()), (NeighbourState::Failed, "eth0"));
}

#[tokio::test]
async fn a_tunnel_with_halves_of_the_default_route() {
    // Of the kinds of tunnels every kernel has this one. It has no signal while no program holds its other end.
    let commands = format!(
        "{LINKS}
        ip tuntap add tun9 mode tun
        ip addr add 198.51.100.2/32 dev tun9
        ip link set tun9 up
        ip route add 0.0.0.0/1 dev tun9
        ip route add 128.0.0.0/1 dev tun9"
    );
    if !inside("a_tunnel_with_halves_of_the_default_route", &commands) {
        return;
    }
    let outcome = tunnels::read().await;
    let all = &outcome.data().unwrap().tunnels;
    assert_eq!(all.len(), 1, "a veth is no tunnel: {all:?}");
    let tunnel = &all[0];
    assert_eq!((tunnel.interface.as_str(), tunnel.kind.as_str()), ("tun9", "tun"));
    assert_eq!((tunnel.up, tunnel.carries_default, tunnel.routes.len()), (false, true, 2));
}

const RULES: &str = "
nft -f - <<'RULES'
table inet shield {
    chain out {
        type filter hook output priority 0; policy accept;
        ip daddr 203.0.113.10 tcp dport 8443 counter drop
    }
}
RULES
iptables -A OUTPUT -d 203.0.113.11/32 -p tcp -m tcp --dport 8443 -j REJECT
";

#[tokio::test]
async fn rules_of_both_tools_once() {
    if !inside("rules_of_both_tools_once", RULES) {
        return;
    }
    let outcome = firewall::read().await;
    let backends = &outcome.data().unwrap().backends;
    let backend = |name: &str| backends.iter().find(|b| b.name == name).unwrap();
    let seen = |backend: &FirewallBackend| -> Vec<(String, RuleVerdict, String)> {
        backend.rules.iter().map(|r| (r.chain.clone(), r.verdict, r.destinations[0].to_string())).collect()
    };
    let (nft, iptables) = (backend("nftables"), backend("iptables"));
    assert_eq!((nft.active, nft.unreadable.clone()), (Some(true), None));
    assert_eq!(seen(nft), [("inet shield out".to_owned(), RuleVerdict::Drop, "203.0.113.10/32".to_owned())]);
    assert_eq!(nft.rules[0].text, "ip daddr 203.0.113.10 tcp dport 8443 counter packets 0 bytes 0 drop");
    assert_eq!(seen(iptables), [("ip filter OUTPUT".to_owned(), RuleVerdict::Reject, "203.0.113.11/32".to_owned())]);
}
