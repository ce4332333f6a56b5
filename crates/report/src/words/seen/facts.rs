//! Facts of this computer, one line each.

use netmend_model::facts::{
    Clock, Firewall, FirewallBackend, Hosts, InterfaceKind, Interfaces, Limits, Listeners, Load, NeighbourState,
    Neighbours, ProxySettings, Resolvers, RouteKind, RouteTo, Routes, Tunnels,
};

use super::{list, os_error};
use crate::words::{Words, names::code, say::endpoint};

pub(super) fn interfaces(words: &Words, seen: &Interfaces) -> String {
    let beyond: Vec<_> = seen.interfaces.iter().filter(|i| i.kind != InterfaceKind::Loopback).collect();
    let usable: Vec<_> = beyond.iter().filter(|interface| interface.usable()).map(|i| i.name.as_str()).collect();
    if usable.is_empty() {
        return words.text("seen-interfaces-none");
    }
    words.with(
        "seen-interfaces",
        &[("usable", &usable.len().to_string()), ("count", &beyond.len().to_string()), ("names", &list(usable.iter()))],
    )
}

pub(super) fn routes(words: &Words, seen: &Routes) -> String {
    let defaults = seen.routes.iter().filter(|r| r.destination.prefix_len() == 0 && r.kind == RouteKind::Unicast);
    let through: Vec<_> =
        defaults.filter_map(|r| r.gateway.map(|g| g.to_string()).or_else(|| r.interface.clone())).collect();
    let count = seen.routes.len().to_string();
    if through.is_empty() {
        return words.with("seen-routes-none", &[("count", &count)]);
    }
    words.with("seen-routes", &[("count", &count), ("gateway", &list(through))])
}

pub(super) fn route_to(words: &Words, seen: &RouteTo) -> String {
    if let Some(error) = &seen.error {
        return words.with("seen-route-to-error", &[("error", &os_error(error))]);
    }
    let Some(route) = &seen.route else { return words.text("seen-mtu-unknown") };
    let interface = route.interface.clone().unwrap_or_default();
    match (route.kind, route.gateway) {
        (RouteKind::Unicast | RouteKind::Local, Some(gateway)) => {
            words.with("seen-route-to", &[("gateway", &gateway.to_string()), ("interface", &interface)])
        }
        (RouteKind::Unicast | RouteKind::Local, None) => words.with("seen-route-to-link", &[("interface", &interface)]),
        (kind, _) => words.with("seen-route-to-kind", &[("kind", &code(kind))]),
    }
}

pub(super) fn neighbours(words: &Words, seen: &Neighbours) -> String {
    let silent = |state| matches!(state, NeighbourState::Failed | NeighbourState::Incomplete);
    let failed = seen.neighbours.iter().filter(|neighbour| silent(neighbour.state)).count();
    words.with("seen-neighbours", &[("count", &seen.neighbours.len().to_string()), ("failed", &failed.to_string())])
}

pub(super) fn resolvers(words: &Words, seen: &Resolvers) -> String {
    if seen.servers.is_empty() {
        return words.text("seen-resolvers-none");
    }
    words.with("seen-resolvers", &[("servers", &list(seen.servers.iter().map(|server| server.address)))])
}

pub(super) fn hosts(words: &Words, seen: &Hosts) -> String {
    words.with("seen-hosts", &[("count", &seen.entries.len().to_string()), ("path", &seen.path)])
}

pub(super) fn proxy_settings(words: &Words, seen: &ProxySettings) -> String {
    let proxies = seen.proxies.iter().map(|setting| endpoint(&setting.proxy));
    let mut all: Vec<_> = proxies.chain(seen.pac.iter().map(|pac| pac.url.clone())).collect();
    all.dedup();
    if all.is_empty() {
        return words.text("seen-proxy-settings-none");
    }
    words.with("seen-proxy-settings", &[("proxies", &list(all))])
}

pub(super) fn firewall(words: &Words, seen: &Firewall) -> String {
    if seen.backends.is_empty() {
        return words.text("seen-firewall-none");
    }
    let all = list(seen.backends.iter().map(|found| backend(words, found)));
    words.with("seen-firewall", &[("backends", &all)])
}

fn backend(words: &Words, found: &FirewallBackend) -> String {
    let state = words.text(match found.active {
        Some(true) => "seen-firewall-active",
        Some(false) => "seen-firewall-inactive",
        None => "seen-firewall-unknown",
    });
    let key = if found.unreadable.is_some() { "seen-firewall-backend-unreadable" } else { "seen-firewall-backend" };
    words.with(key, &[("name", &found.name), ("state", &state), ("rules", &found.rules.len().to_string())])
}

pub(super) fn listeners(words: &Words, seen: &Listeners) -> String {
    words.with("seen-listeners", &[("count", &seen.listeners.len().to_string())])
}

pub(super) fn tunnels(words: &Words, seen: &Tunnels) -> String {
    if seen.tunnels.is_empty() {
        return words.text("seen-tunnels-none");
    }
    let names = seen.tunnels.iter().map(|tunnel| format!("{} ({})", tunnel.interface, tunnel.kind));
    words.with("seen-tunnels", &[("names", &list(names))])
}

pub(super) fn limits(words: &Words, seen: &Limits) -> String {
    let files = seen.open_files.as_ref().map_or_else(|| "?".into(), |f| format!("{}/{}", f.used, f.limit));
    let ports = seen.ephemeral.as_ref().map_or_else(|| "?".into(), |e| format!("{}–{}", e.first, e.last));
    words.with("seen-limits", &[("files", &files), ("ports", &ports)])
}

pub(super) fn load(words: &Words, seen: &Load) -> String {
    let share = if seen.memory_total == 0 {
        "?".into()
    } else {
        format!("{:.0} %", seen.memory_available as f64 * 100.0 / seen.memory_total as f64)
    };
    words.with(
        "seen-load",
        &[("load", &format!("{:.1}", seen.load_1m)), ("processors", &seen.processors.to_string()), ("memory", &share)],
    )
}

pub(super) fn clock(words: &Words, seen: &Clock) -> String {
    words.text(match seen.synchronised {
        Some(true) => "seen-clock-yes",
        Some(false) => "seen-clock-no",
        None => "seen-clock-unknown",
    })
}
