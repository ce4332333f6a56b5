//! What to measure next, and when enough is known.
//!
//! The plan is not a list made in advance: each time something was seen, [`next`] says what is worth measuring now. What is cheap
//! and independent comes at once; what places a failure comes when something fails or is late; what separates two causes
//! comes when both are possible.

mod exchange;
mod locate;
mod names;
mod proxy;

use netmend_model::facts::Resolver;
use netmend_model::{Case, Request, Role, Topic, Why};

use crate::rank::{FOUND, Ranked, rank};
use crate::rules::Stage;
use crate::signs::{Sign, Signs};
use crate::view::{View, accepted};

/// A look-up that takes longer than this is looked into, milliseconds.
const LOOKUP_LATE_MS: f64 = 300.0;
/// A connection that takes longer than this is looked into, milliseconds. Round trips on earth stay below.
const CONNECT_LATE_MS: f64 = 200.0;
/// An answer on a connection that takes longer than this is looked into, milliseconds.
const EXCHANGE_LATE_MS: f64 = 900.0;
/// A verdict this sure ends the run when nothing under way could change it.
const SURE: f64 = 0.9;

/// What is worth measuring now and was not begun yet. `now_ms` is the time since the start of the run.
pub fn next(case: &Case, now_ms: f64) -> Vec<(Request, Why)> {
    let view = View::new(case);
    let signs = Signs::read(view);
    let mut plan = Plan { view, signs, now_ms, wishes: Vec::new() };
    plan.basis();
    names::wish(&mut plan);
    plan.connect();
    proxy::wish(&mut plan);
    exchange::wish(&mut plan);
    locate::wish(&mut plan);
    plan.wishes
}

/// How long the run may still go on, in milliseconds from the moment this is first said; `None` as long as something that is
/// under way, or not begun, could change the verdict. Ask only when [`next`] has nothing to add.
pub fn enough(case: &Case) -> Option<f64> {
    let view = View::new(case);
    let signs = Signs::read(view);
    let ranked = rank(&signs, None);
    let first = ranked.first().filter(|first| first.confidence >= FOUND);
    let decides = match first {
        None => signs.has(Sign::GoalWorks),
        Some(first) => first.confidence >= SURE && (first.stage != Stage::Quality || signs.has(Sign::GoalWorks)),
    };
    let living = signs.has(Sign::HostAlive) || signs.has(Sign::TargetConnects) || signs.has(Sign::GatewayUnresolved);
    // A packet that the first hop saw has left this computer.
    let left = signs.has(Sign::FirstHopSees);
    let open = |request: &Request| {
        (must_end(request, living) && !(left && matches!(request, Request::Egress { .. })))
            || (past_names(first) && is_target_lookup(request))
    };
    if !decides || view.running_since(open).is_some() {
        return None;
    }
    let healthy = first.is_none();
    match view.running_since(|request| should_end(request, healthy)) {
        None => Some(0.0),
        Some(_) => (!healthy).then_some(400.0),
    }
}

/// Whether the verdict is about something behind the name look-up, which then must have ended.
fn past_names(first: Option<&Ranked>) -> bool {
    first.is_none_or(|first| first.stage > Stage::Names)
}

fn is_target_lookup(request: &Request) -> bool {
    matches!(request, Request::SystemLookup { .. })
}

/// What can turn the verdict round: the run waits for it. Patience for a dead host's router is needless once the host lives.
fn must_end(request: &Request, living: bool) -> bool {
    if let Request::Connect { wait_ms: Some(_), .. } = request {
        return !living;
    }
    matches!(
        request,
        Request::Connect { role: Role::Target | Role::OtherAnswer, .. }
            | Request::Tls { .. }
            | Request::Http { .. }
            | Request::Greeting { .. }
            | Request::Samples { .. }
            | Request::Proxy { .. }
            | Request::Pac { .. }
            | Request::FirstHop { .. }
            | Request::Egress { .. }
            | Request::Mtu { .. }
            | Request::Fact {
                topic: Topic::ProxySettings | Topic::Interfaces | Topic::Routes | Topic::Resolvers | Topic::Listeners
            }
    )
}

/// What may add to it: the run waits a little.
fn should_end(request: &Request, healthy: bool) -> bool {
    match request {
        Request::Lookup { role, .. } => !healthy || *role == netmend_model::LookupRole::Configured,
        Request::Fact { .. } | Request::RouteTo { .. } => true,
        Request::Trace { method: netmend_model::TraceMethod::Tcp, .. }
        | Request::Connect { wait_ms: None, .. }
        | Request::Connectivity { .. } => !healthy,
        _ => false,
    }
}

/// A plan being made.
struct Plan<'a> {
    view: View<'a>,
    signs: Signs,
    now_ms: f64,
    wishes: Vec<(Request, Why)>,
}

impl Plan<'_> {
    fn want(&mut self, request: Request, why: Why) {
        if !self.view.begun(&request) && !self.wishes.iter().any(|(wish, _)| *wish == request) {
            self.wishes.push((request, why));
        }
    }

    fn basis(&mut self) {
        for topic in [
            Topic::Interfaces,
            Topic::Routes,
            Topic::Resolvers,
            Topic::Hosts,
            Topic::ProxySettings,
            Topic::Tunnels,
            Topic::Limits,
            Topic::Load,
            Topic::Clock,
        ] {
            self.want(Request::Fact { topic }, Why::Basis);
        }
        if self.view.target().is_none() {
            self.connectivity(Why::Goal);
        }
    }

    fn connect(&mut self) {
        let Some(target) = self.view.target() else { return };
        let mut addresses = self.view.target_addresses();
        if self.view.target_is_own() {
            self.want(Request::Fact { topic: Topic::Listeners }, Why::Goal);
        }
        for address in addresses.drain(..) {
            self.want(Request::RouteTo { address }, Why::Basis);
            for port in target.ports() {
                let to = (address, port).into();
                self.want(Request::Connect { to, role: Role::Target, wait_ms: None }, Why::Goal);
            }
        }
    }

    fn connectivity(&mut self, why: Why) {
        if self.view.case.settings.external {
            for url in self.view.case.profile.reference.connectivity.iter().take(3) {
                self.want(Request::Connectivity { url: url.clone() }, why);
            }
        }
    }

    fn late(&self, after_ms: f64, which: impl Fn(&Request) -> bool) -> bool {
        self.view.running_since(which).is_some_and(|since| self.now_ms - since >= after_ms)
    }

    /// The name does not resolve, or takes long to.
    fn names_trouble(&self) -> bool {
        self.signs.lacks(Sign::NameResolves)
            || self.late(LOOKUP_LATE_MS, |request| matches!(request, Request::SystemLookup { .. }))
            || (self.view.target().is_none() && self.online_trouble())
    }

    /// Without a target: a connectivity check failed or is late.
    fn online_trouble(&self) -> bool {
        self.signs.lacks(Sign::GoalWorks)
            || self.late(2.0 * CONNECT_LATE_MS, |request| matches!(request, Request::Connectivity { .. }))
    }

    /// No connection stands, or one is late.
    fn connect_trouble(&self) -> bool {
        let any_failed = self.view.goal_connects().iter().any(|(_, seen)| !accepted(seen.data));
        let target = |request: &Request| matches!(request, Request::Connect { role: Role::Target, wait_ms: None, .. });
        any_failed || self.late(CONNECT_LATE_MS, target)
    }

    /// What is spoken on the connection fails, or is late.
    fn exchange_trouble(&self) -> bool {
        let late = |request: &Request| {
            matches!(request, Request::Tls { .. } | Request::Http { .. } | Request::Greeting { .. })
        };
        (self.signs.has(Sign::TargetConnects) && self.signs.lacks(Sign::GoalWorks)) || self.late(EXCHANGE_LATE_MS, late)
    }

    /// Resolvers that are asked directly, in the system's order: at most four, a stub first.
    fn resolvers(&self) -> Vec<Resolver> {
        let Some(seen) = self.view.resolvers() else { return Vec::new() };
        let mut servers: Vec<Resolver> = Vec::new();
        for server in seen.data.servers.iter().filter(|server| server.in_use || server.stub) {
            if !servers.iter().any(|known| known.address == server.address) {
                servers.push(server.clone());
            }
        }
        servers.truncate(4);
        servers
    }
}
