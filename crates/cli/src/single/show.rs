//! Measurements for people: what is alike stands in one table.

mod facts;
mod net;
mod table;

use netmend_model::{Data, Evidence, Outcome, Request};

use crate::output;
use table::{Look, Table};

/// Every measurement; an empty line stands between those of different kinds.
pub fn all(evidence: &[Evidence]) -> String {
    let words = output::words();
    let look = Look { words: &words, colour: output::style(false).colour };
    let kind = |evidence: &Evidence| std::mem::discriminant(&evidence.request);
    let groups = evidence.chunk_by(|a, b| kind(a) == kind(b));
    groups.map(|group| show(look, group)).collect::<Vec<_>>().join("\n")
}

/// Measurements of one kind.
fn show(look: Look<'_>, group: &[Evidence]) -> String {
    match group.first().map(|evidence| &evidence.request) {
        Some(Request::Echo { .. }) => net::echoes(look, group),
        Some(Request::Connect { .. }) => net::connections(look, group),
        Some(Request::Lookup { .. }) => net::lookups(look, group),
        Some(Request::RouteTo { .. }) => facts::routes_to(look, group),
        _ => group.iter().map(|evidence| one(look, evidence)).collect::<Vec<_>>().join("\n"),
    }
}

/// One measurement: its result as a sentence, and what is behind it.
fn one(look: Look<'_>, evidence: &Evidence) -> String {
    let mut out = look.headline(&look.words.request(&evidence.request), &look.words.seen(evidence));
    let Outcome::Observed { data } = &evidence.outcome else { return out };
    out += &match data {
        Data::Trace(trace) => net::hops(look, trace),
        Data::Tls(tls) => net::handshake(look, tls),
        Data::Http(http) => net::exchange(look, http),
        Data::Interfaces(seen) => facts::interfaces(look, seen),
        Data::Routes(seen) => facts::routes(look, seen),
        Data::Listeners(seen) => facts::listeners(look, seen),
        Data::ProxySettings(seen) => facts::proxies(look, seen),
        Data::Firewall(seen) => facts::firewall(look, seen),
        Data::Resolvers(seen) => facts::resolvers(look, seen),
        _ => String::new(),
    };
    out
}

/// `up`, `blackhole`, `resolv_conf`: the exact code, as it stands in JSON.
fn code(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Text of something that may be missing.
fn maybe(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
