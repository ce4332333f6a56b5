//! Facts of this computer.

use netmend_model::facts::{
    Firewall, FirewallBackend, Interface, Interfaces, Listener, Listeners, ProxySettings, Resolvers, Route, RouteKind,
    Routes,
};
use netmend_model::{Data, Evidence, Request};
use netmend_report::Words;

use super::{Look, Table, code, maybe};

/// Interfaces; further addresses stand below the first.
pub fn interfaces(look: Look<'_>, seen: &Interfaces) -> String {
    let keys = ["table-interface", "table-state", "table-kind", "table-mtu", "table-hardware", "table-address"];
    let mut table = Table::new(look, keys);
    for interface in &seen.interfaces {
        let mut addresses = interface.addresses.iter().map(|own| format!("{}/{}", own.address, own.prefix));
        table.row([
            interface.name.clone(),
            look.words.text(state(interface)),
            code(interface.kind),
            interface.mtu.to_string(),
            maybe(interface.mac.as_ref()),
            addresses.next().unwrap_or_default(),
        ]);
        for address in addresses {
            table.ends(&"", &address);
        }
    }
    table.lines(look)
}

fn state(interface: &Interface) -> &'static str {
    match interface {
        Interface { up: false, .. } => "state-off",
        Interface { carrier: Some(false), .. } => "state-no-signal",
        other if other.usable() => "state-up",
        _ => "state-down",
    }
}

/// Routes; those to this computer's own addresses are counted only.
pub fn routes(look: Look<'_>, seen: &Routes) -> String {
    let own = |route: &&Route| {
        matches!(route.kind, RouteKind::Local | RouteKind::Broadcast | RouteKind::Multicast | RouteKind::Anycast)
    };
    let mut table = route_table(look);
    for route in seen.routes.iter().filter(|route| !own(route)) {
        table.row(route_row(route.destination.to_string(), route));
    }
    let hidden = seen.routes.iter().filter(own).count();
    let remark = match hidden {
        0 => String::new(),
        _ => look.remark(&look.words.with("table-own-routes", &[("count", &hidden.to_string())])),
    };
    table.lines(look) + &remark
}

/// The route to each address.
pub fn routes_to(look: Look<'_>, group: &[Evidence]) -> String {
    let mut table = route_table(look);
    for evidence in group {
        let Request::RouteTo { address } = &evidence.request else { continue };
        let found = match evidence.outcome.data() {
            Some(Data::RouteTo(seen)) => seen.route.as_ref().filter(|_| seen.error.is_none()),
            _ => None,
        };
        match found {
            Some(route) => table.row(route_row(address.to_string(), route)),
            None => table.ends(address, &look.words.seen(evidence)),
        }
    }
    look.headline(&look.words.text("topic-routes"), "") + &table.lines(look)
}

fn route_table(look: Look<'_>) -> Table<9> {
    let keys = [
        "table-destination",
        "table-via",
        "table-interface",
        "table-source",
        "table-metric",
        "table-mtu",
        "table-table",
        "table-kind",
        "table-result",
    ];
    Table::new(look, keys)
}

fn route_row(destination: String, route: &Route) -> [String; 9] {
    [
        destination,
        maybe(route.gateway),
        maybe(route.interface.as_ref()),
        maybe(route.source),
        maybe(route.metric),
        maybe(route.mtu),
        route.table.to_string(),
        code(route.kind),
        String::new(),
    ]
}

/// Listening sockets, their queues and owners.
pub fn listeners(look: Look<'_>, seen: &Listeners) -> String {
    let mut table = Table::new(look, ["table-protocol", "table-address", "table-queue", "table-owner"]);
    for listener in &seen.listeners {
        let queue = match (listener.queue, listener.backlog) {
            (Some(queue), Some(backlog)) => format!("{queue}/{backlog}"),
            _ => String::new(),
        };
        let protocol = listener.protocol.clone();
        table.row([protocol, listener.address.to_string(), queue, owner(look.words, listener)]);
    }
    let hidden = seen.listeners.iter().any(|listener| listener.process.is_none() && listener.user_id.is_some());
    let remark = if hidden { look.remark(&look.words.text("table-owner-hidden")) } else { String::new() };
    table.lines(look) + &remark
}

fn owner(words: &Words, listener: &Listener) -> String {
    match (&listener.process, listener.user_id) {
        (Some(process), _) => format!("{} ({})", process.name, process.pid),
        (None, Some(user)) => words.with("table-owner-user", &[("user", &user.to_string())]),
        (None, None) => String::new(),
    }
}

/// Proxies, automatic settings, and where they were looked for.
pub fn proxies(look: Look<'_>, seen: &ProxySettings) -> String {
    let mut table = Table::new(look, ["table-setting", "table-for", "table-proxy", "table-bypass"]);
    for setting in &seen.proxies {
        let proxy = &setting.proxy;
        let host = if proxy.host.contains(':') { format!("[{}]", proxy.host) } else { proxy.host.clone() };
        let address = format!("{}://{host}:{}", code(proxy.scheme), proxy.port);
        table.row([setting.setting.clone(), setting.applies_to.clone(), address, setting.bypass.join(", ")]);
    }
    let pac = seen.pac.iter().map(|pac| pac.url.clone()).collect::<Vec<_>>().join(", ");
    table.lines(look) + &look.labelled(&[("table-automatic", pac), ("table-read-from", seen.read_from.join(", "))])
}

/// Each firewall with its default policies and rules.
pub fn firewall(look: Look<'_>, seen: &Firewall) -> String {
    seen.backends.iter().map(|backend| rules(look, backend)).collect()
}

fn rules(look: Look<'_>, backend: &FirewallBackend) -> String {
    let state = match (&backend.unreadable, backend.active) {
        (Some(reason), _) => look.words.reason_with_detail(reason),
        (None, Some(true)) => look.words.text("seen-firewall-active"),
        (None, Some(false)) => look.words.text("seen-firewall-inactive"),
        (None, None) => look.words.text("seen-firewall-unknown"),
    };
    let mut table = Table::new(look, ["table-chain", "table-number", "table-packets", "table-rule"]);
    for policy in &backend.policies {
        table.row([policy.chain.clone(), String::new(), String::new(), format!("policy {}", code(policy.verdict))]);
    }
    for rule in &backend.rules {
        table.row([rule.chain.clone(), rule.id.clone(), maybe(rule.packets), rule.text.clone()]);
    }
    format!("\n{}{}", look.headline(&backend.name, &state), table.lines(look))
}

/// Configured resolvers.
pub fn resolvers(look: Look<'_>, seen: &Resolvers) -> String {
    let mut table = Table::new(look, ["table-server", "table-interface", "table-setting", "table-domains"]);
    for server in &seen.servers {
        let interface = maybe(server.interface.as_ref());
        table.row([server.address.to_string(), interface, code(server.source), server.domains.join(", ")]);
    }
    table.lines(look)
}
