//! The picture of the way: this computer, local network, names, proxy or tunnel, path, service.

use netmend_model::{
    Case, Diagnosis, LookupRole, Report, Request, Role, Station, StationState, StationStatus, TraceMethod,
};

use crate::findings::diagnose;
use crate::signs::{Sign, Signs};
use crate::view::View;

/// The stations as the evidence so far shows them.
pub fn way(case: &Case) -> Vec<StationState> {
    let view = View::new(case);
    let signs = Signs::read(view);
    let findings = diagnose(case);
    let first = findings.diagnoses.first().filter(|diagnosis| diagnosis.confidence >= crate::rank::FOUND);
    let mut stations: Vec<StationState> = stations(view)
        .into_iter()
        .map(|station| StationState {
            station,
            status: status(view, &signs, station),
            detail: detail(view, station).unwrap_or_default(),
        })
        .collect();
    if let Some(first) = first {
        mark(&mut stations, first, signs.has(Sign::GoalWorks));
    }
    stations
}

/// The stations of a run that has ended: nothing is being checked any more.
pub fn way_of(report: &Report) -> Vec<StationState> {
    let mut way = way(&Case::from(report));
    for state in &mut way {
        if matches!(state.status, StationStatus::Checking | StationStatus::Waiting) {
            state.status = StationStatus::Unknown;
        }
    }
    way
}

fn stations(view: View<'_>) -> Vec<Station> {
    let literal = view.target().is_some_and(netmend_model::Target::is_literal);
    let own = view.target_is_own();
    let proxy = view.proxies().next().is_some()
        || view.tunnels().is_some_and(|seen| seen.data.tunnels.iter().any(|tunnel| tunnel.up));
    let mut stations = vec![Station::Computer];
    if !own {
        stations.push(Station::LocalNetwork);
    }
    if !literal {
        stations.push(Station::Names);
    }
    if proxy {
        stations.push(Station::ProxyOrVpn);
    }
    if !own {
        stations.push(Station::Path);
    }
    stations.push(Station::Service);
    stations
}

fn status(view: View<'_>, signs: &Signs, station: Station) -> StationStatus {
    let through = signs.has(Sign::TargetConnects) || signs.has(Sign::TargetRefuses);
    let known = match station {
        Station::Computer => signs.lacks(Sign::NoUsableInterface).then_some(StationStatus::Fine),
        Station::LocalNetwork => (through || signs.has(Sign::ReferenceAnswers) || signs.lacks(Sign::GatewayUnresolved))
            .then_some(StationStatus::Fine),
        Station::Names => (signs.has(Sign::NameResolves) || resolver_answers(view)).then_some(StationStatus::Fine),
        Station::ProxyOrVpn => signs.has(Sign::ProxyWorks).then_some(StationStatus::Fine),
        Station::Path => {
            (through || signs.has(Sign::HostAlive) || signs.has(Sign::GoalWorks)).then_some(StationStatus::Fine)
        }
        Station::Service => signs.has(Sign::GoalWorks).then_some(StationStatus::Fine),
    };
    known.unwrap_or_else(|| {
        if view.running_since(|request| belongs(request) == station).is_some() {
            StationStatus::Checking
        } else if view.running_since(|_| true).is_some() {
            // Something else is under way that may still tell.
            StationStatus::Waiting
        } else if view.case.steps.iter().any(|step| belongs(&step.request) == station) {
            StationStatus::Unknown
        } else {
            StationStatus::Waiting
        }
    })
}

/// Without a target's name to look up: a configured resolver knows another one.
fn resolver_answers(view: View<'_>) -> bool {
    view.target().is_none() && view.lookups_as(LookupRole::Control).any(|(_, seen)| !seen.data.addresses.is_empty())
}

/// The station that a request looks at.
fn belongs(request: &Request) -> Station {
    match request {
        Request::Fact { .. } => Station::Computer,
        Request::RouteTo { .. } | Request::FirstHop { .. } | Request::Egress { .. } => Station::LocalNetwork,
        Request::Lookup { .. } | Request::SystemLookup { .. } => Station::Names,
        Request::Proxy { .. } | Request::Pac { .. } => Station::ProxyOrVpn,
        Request::Connect { role: Role::Target, .. }
        | Request::Tls { .. }
        | Request::Http { .. }
        | Request::Greeting { .. }
        | Request::Samples { .. } => Station::Service,
        _ => Station::Path,
    }
}

fn detail(view: View<'_>, station: Station) -> Option<String> {
    match station {
        Station::Computer => {
            let interfaces = &view.interfaces()?.data.interfaces;
            let usable = |i: &&netmend_model::facts::Interface| {
                i.kind != netmend_model::facts::InterfaceKind::Loopback && i.usable() && !i.addresses.is_empty()
            };
            interfaces.iter().find(usable).map(|interface| interface.name.clone())
        }
        Station::LocalNetwork => {
            view.routes_to().find_map(|seen| seen.data.route.as_ref()?.gateway).map(|gateway| gateway.to_string())
        }
        Station::Names => {
            let addresses = view.target_addresses();
            let first = addresses.first().map(ToString::to_string);
            first.or_else(|| view.lookups_as(LookupRole::Configured).next().map(|(server, _)| server.ip().to_string()))
        }
        Station::ProxyOrVpn => view.proxies().find_map(|seen| match seen.request() {
            Request::Proxy { proxy, .. } => Some(format!("{}:{}", proxy.host, proxy.port)),
            _ => None,
        }),
        Station::Path => {
            view.target_trace(TraceMethod::Tcp)?.data.last_answer().map(|(ttl, hop)| format!("{ttl}: {hop}"))
        }
        Station::Service => view.goal().map(|to| to.to_string()),
    }
}

/// Marks the place of the first cause and leaves open what lies behind it.
fn mark(stations: &mut [StationState], first: &Diagnosis, works: bool) {
    let broken = station_of(first);
    let at = stations.iter().position(|state| state.station >= broken).unwrap_or(stations.len().saturating_sub(1));
    for (index, state) in stations.iter_mut().enumerate() {
        if index == at {
            state.status = if works { StationStatus::Attention } else { StationStatus::Broken };
        } else if index > at && !works && state.status != StationStatus::Fine {
            state.status = StationStatus::Unknown;
        }
    }
}

fn station_of(diagnosis: &Diagnosis) -> Station {
    use netmend_model::CauseId as C;
    match diagnosis.cause {
        C::IpGatewayUnreachable | C::NetCaptivePortal | C::IpIpv6Broken => Station::LocalNetwork,
        C::FirewallLocalOutbound | C::FirewallLocalInbound | C::ClientTimeoutTooShort => Station::Computer,
        cause => match cause.layer() {
            "link" | "ip" | "host" | "client" => Station::Computer,
            "dns" => Station::Names,
            "proxy" | "vpn" => Station::ProxyOrVpn,
            "firewall" | "path" => Station::Path,
            _ => Station::Service,
        },
    }
}
