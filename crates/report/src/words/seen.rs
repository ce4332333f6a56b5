//! What a measurement saw, in one line, raw codes kept.

mod facts;
mod net;

use netmend_model::{Data, Evidence, OsError, Outcome};

use super::Words;

/// As many names or addresses as one line takes; the rest is counted.
const LISTED: usize = 4;

impl Words {
    /// What a piece of evidence saw: "ECONNREFUSED (111) after 20 ms".
    pub fn seen(&self, evidence: &Evidence) -> String {
        match &evidence.outcome {
            Outcome::Observed { data } => self.data(data),
            Outcome::NotRun { reason } => self.with("seen-not-run", &[("reason", &self.reason_with_detail(reason))]),
            Outcome::Errored { reason } => self.with("seen-errored", &[("reason", &self.reason_with_detail(reason))]),
        }
    }

    fn data(&self, data: &Data) -> String {
        match data {
            Data::Interfaces(seen) => facts::interfaces(self, seen),
            Data::Routes(seen) => facts::routes(self, seen),
            Data::RouteTo(seen) => facts::route_to(self, seen),
            Data::Neighbours(seen) => facts::neighbours(self, seen),
            Data::Resolvers(seen) => facts::resolvers(self, seen),
            Data::Hosts(seen) => facts::hosts(self, seen),
            Data::ProxySettings(seen) => facts::proxy_settings(self, seen),
            Data::Firewall(seen) => facts::firewall(self, seen),
            Data::Listeners(seen) => facts::listeners(self, seen),
            Data::Tunnels(seen) => facts::tunnels(self, seen),
            Data::Limits(seen) => facts::limits(self, seen),
            Data::Load(seen) => facts::load(self, seen),
            Data::Clock(seen) => facts::clock(self, seen),
            Data::Lookup(seen) => net::lookup(self, seen),
            Data::SystemLookup(seen) => net::system_lookup(self, seen),
            Data::Connect(seen) => net::connect(self, seen),
            Data::Samples(seen) => net::samples(self, seen),
            Data::Egress(seen) => net::egress(self, seen),
            Data::FirstHop(seen) => net::first_hop(self, seen),
            Data::Trace(seen) => net::trace(self, seen),
            Data::Echo(seen) => net::echo(self, seen),
            Data::Mtu(seen) => net::mtu(self, seen),
            Data::Greeting(seen) => net::greeting(self, seen),
            Data::Tls(seen) => net::tls(self, seen),
            Data::Http(seen) => net::http(self, seen),
            Data::Proxy(seen) => net::proxy(self, seen),
            Data::Pac(seen) => net::pac(self, seen),
            Data::Connectivity(seen) => net::connectivity(self, seen),
        }
    }
}

/// `ECONNREFUSED (111)`.
fn os_error(error: &OsError) -> String {
    format!("{} ({})", error.symbol, error.code)
}

/// The first few with commas, and how many more there are.
fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    let all: Vec<_> = items.into_iter().map(|item| item.to_string()).collect();
    let more = all.len().saturating_sub(LISTED);
    let mut text = all.into_iter().take(LISTED).collect::<Vec<_>>().join(", ");
    if more > 0 {
        text.push_str(&format!(", +{more}"));
    }
    text
}

/// Milliseconds for people: `0.04 ms`, `0.4 ms`, `21 ms`, `1.2 s`.
pub fn ms(milliseconds: f64) -> String {
    match milliseconds {
        value if !value.is_finite() => "?".into(),
        value if value > 0.0 && value < 0.095 => format!("{value:.2} ms"),
        value if value < 10.0 => format!("{value:.1} ms"),
        value if value < 1000.0 => format!("{value:.0} ms"),
        value => format!("{:.1} s", value / 1000.0),
    }
}

fn maybe_ms(milliseconds: Option<f64>) -> String {
    milliseconds.map_or_else(|| "?".into(), ms)
}

/// The middle value, `None` of none.
fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}
