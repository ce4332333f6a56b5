//! Typed reading of a case's evidence.

use std::net::{IpAddr, SocketAddr};

use netmend_model::facts::{
    Clock, Firewall, Hosts, Interfaces, Limits, Listeners, Load, Neighbours, ProxySettings, Resolvers, RouteTo, Routes,
    Tunnels,
};
use netmend_model::net::{
    Connect, Connectivity, Echo, Egress, FirstHop, Greeting, Http, Lookup, Mtu, Pac, ProxyConnect, Samples,
    SystemLookup, Tls, Trace,
};
use netmend_model::{Case, Data, Evidence, Family, LookupRole, ReasonCode, Request, Role, Target, TraceMethod};

/// One observation of a known type, with the evidence it stands in.
#[derive(Debug)]
pub struct Seen<'a, T> {
    /// The evidence.
    pub evidence: &'a Evidence,
    /// What was seen.
    pub data: &'a T,
}

impl<T> Clone for Seen<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Seen<'_, T> {}

impl<'a, T> Seen<'a, T> {
    /// The evidence's id.
    pub fn id(&self) -> &'a str {
        &self.evidence.id
    }
    /// What was asked.
    pub fn request(&self) -> &'a Request {
        &self.evidence.request
    }
}

/// Whether the far end accepted a connection. A server that accepts and resets at once shows, by chance of timing, as a connection
/// or as ECONNRESET.
pub fn accepted(connect: &Connect) -> bool {
    connect.connected().is_some() || reset(connect)
}

/// Whether a connection ended in ECONNRESET, which only an accepted one can (a refused one is ECONNREFUSED).
pub fn reset(connect: &Connect) -> bool {
    connect.error().is_some_and(|error| matches!(error.symbol.as_str(), "ECONNRESET" | "WSAECONNRESET"))
}

/// A case, read by type.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The case.
    pub case: &'a Case,
}

macro_rules! readings {
    ($($one:ident $all:ident $variant:ident $type:ty;)*) => {
        $(
            #[doc = concat!("Every observed `", stringify!($variant), "`, in the order of arrival.")]
            pub fn $all(self) -> impl Iterator<Item = Seen<'a, $type>> + use<'a> {
                self.case.evidence.iter().filter_map(|evidence| match evidence.outcome.data() {
                    Some(Data::$variant(data)) => Some(Seen { evidence, data }),
                    _ => None,
                })
            }
            #[doc = concat!("The last observed `", stringify!($variant), "`.")]
            #[allow(dead_code, reason = "the pair is generated for every type")]
            pub fn $one(self) -> Option<Seen<'a, $type>> {
                self.$all().last()
            }
        )*
    };
}

impl<'a> View<'a> {
    readings! {
        interfaces all_interfaces Interfaces Interfaces;
        routes all_routes Routes Routes;
        route_to routes_to RouteTo RouteTo;
        neighbours all_neighbours Neighbours Neighbours;
        resolvers all_resolvers Resolvers Resolvers;
        hosts all_hosts Hosts Hosts;
        proxy_settings all_proxy_settings ProxySettings ProxySettings;
        firewall all_firewall Firewall Firewall;
        listeners all_listeners Listeners Listeners;
        tunnels all_tunnels Tunnels Tunnels;
        limits all_limits Limits Limits;
        load all_loads Load Load;
        clock all_clocks Clock Clock;
        lookup lookups Lookup Lookup;
        system_lookup system_lookups SystemLookup SystemLookup;
        connect connects Connect Connect;
        sample samples Samples Samples;
        egress egresses Egress Egress;
        first_hop first_hops FirstHop FirstHop;
        trace traces Trace Trace;
        echo echoes Echo Echo;
        mtu mtus Mtu Mtu;
        greeting greetings Greeting Greeting;
        tls handshakes Tls Tls;
        http https Http Http;
        proxy proxies Proxy ProxyConnect;
        pac pacs Pac Pac;
        connectivity connectivities Connectivity Connectivity;
    }

    /// Reads a case.
    pub fn new(case: &'a Case) -> Self {
        Self { case }
    }

    /// What is to be reached.
    pub fn target(self) -> Option<&'a Target> {
        self.case.target.as_ref()
    }

    /// The target's name, unless it is an address literal.
    pub fn target_name(self) -> Option<&'a str> {
        self.target().filter(|target| !target.is_literal()).map(|target| target.host.as_str())
    }

    /// The system's own look-up of the target's name.
    pub fn target_lookup(self) -> Option<Seen<'a, SystemLookup>> {
        let name = self.target_name()?;
        self.system_lookups()
            .find(|seen| matches!(seen.request(), Request::SystemLookup { name: asked } if asked == name))
    }

    /// The addresses of the target as a program here would use them: the literal, or what the system's look-up gives; failing
    /// that, the address that the pasted message named. Limited to the family asked for, at most eight.
    pub fn target_addresses(self) -> Vec<IpAddr> {
        let Some(target) = self.target() else { return Vec::new() };
        let mut addresses = match (target.is_literal(), self.target_lookup()) {
            (true, _) => target.address.or_else(|| target.host.parse().ok()).into_iter().collect(),
            (false, Some(lookup)) if !lookup.data.addresses.is_empty() => lookup.data.addresses.clone(),
            (false, Some(_)) => target.address.into_iter().collect(),
            (false, None) => Vec::new(),
        };
        let family = self.case.settings.family;
        addresses.retain(|address| family.is_none_or(|family| Family::of(*address) == family));
        let mut seen = std::collections::BTreeSet::new();
        addresses.retain(|address| seen.insert(*address));
        addresses.truncate(8);
        addresses
    }

    /// Whether the addresses come from the pasted message because the name does not resolve now.
    pub fn address_from_message(self) -> bool {
        self.target().is_some_and(|target| !target.is_literal() && target.address.is_some())
            && self.target_lookup().is_some_and(|lookup| lookup.data.addresses.is_empty())
    }

    /// Look-ups of the target's name (or another role's), with the server asked.
    pub fn lookups_as(self, role: LookupRole) -> impl Iterator<Item = (SocketAddr, Seen<'a, Lookup>)> + use<'a> {
        self.lookups().filter_map(move |seen| match seen.request() {
            Request::Lookup { server, role: asked, .. } if *asked == role => Some((*server, seen)),
            _ => None,
        })
    }

    /// Connections in a role, with the address connected to.
    pub fn connects_as(self, role: Role) -> impl Iterator<Item = (SocketAddr, Seen<'a, Connect>)> + use<'a> {
        self.connects().filter_map(move |seen| match seen.request() {
            Request::Connect { to, role: asked, .. } if *asked == role => Some((*to, seen)),
            _ => None,
        })
    }

    /// The target's connections on the port that counts: the first port that connects anywhere, else the first one asked for.
    pub fn goal_connects(self) -> Vec<(SocketAddr, Seen<'a, Connect>)> {
        let Some(port) = self.goal_port() else { return Vec::new() };
        self.connects_as(Role::Target).filter(|(to, _)| to.port() == port).collect()
    }

    /// The port that counts.
    pub fn goal_port(self) -> Option<u16> {
        let ports = self.target()?.ports();
        let open =
            |port: &u16| self.connects_as(Role::Target).any(|(to, seen)| to.port() == *port && accepted(seen.data));
        ports.iter().copied().find(open).or_else(|| ports.first().copied())
    }

    /// The address and port that the deeper probes go to: the first that connects, in the system's order, else the first tried.
    pub fn goal(self) -> Option<SocketAddr> {
        let port = self.goal_port()?;
        let connects = self.goal_connects();
        let addresses = self.target_addresses();
        let connected = |address: &IpAddr| connects.iter().any(|(to, seen)| to.ip() == *address && accepted(seen.data));
        let address = addresses.iter().copied().find(connected).or_else(|| addresses.first().copied())?;
        Some(SocketAddr::new(address, port))
    }

    /// Whether an address belongs to this computer.
    pub fn is_own(self, address: IpAddr) -> bool {
        address.is_loopback()
            || self.interfaces().is_some_and(|seen| {
                seen.data.interfaces.iter().flat_map(|interface| &interface.addresses).any(|own| own.address == address)
            })
    }

    /// Whether the target is this computer.
    pub fn target_is_own(self) -> bool {
        let addresses = self.target_addresses();
        !addresses.is_empty() && addresses.iter().all(|address| self.is_own(*address))
    }

    /// The trace to the target in a method.
    pub fn target_trace(self, method: TraceMethod) -> Option<Seen<'a, Trace>> {
        self.traces().find(|seen| {
            matches!(seen.request(), Request::Trace { method: asked, role: Role::Target, .. } if *asked == method)
        })
    }

    /// When a step was begun that has not ended, in milliseconds. What was cut off by the end of the run has not ended either.
    pub fn running_since(self, which: impl Fn(&Request) -> bool) -> Option<f64> {
        self.case
            .steps
            .iter()
            .filter(|step| which(&step.request))
            .find(|step| {
                !self.case.evidence.iter().any(|evidence| evidence.request == step.request && !cut_off(evidence))
            })
            .map(|step| step.at_ms)
    }

    /// Whether a request is done or under way.
    pub fn begun(self, request: &Request) -> bool {
        self.case.steps.iter().any(|step| step.request == *request)
    }
}

fn cut_off(evidence: &Evidence) -> bool {
    let reason = evidence.outcome.reason().map(|reason| reason.code);
    matches!(reason, Some(ReasonCode::Cancelled | ReasonCode::OutOfTime))
}
