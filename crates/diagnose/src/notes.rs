//! What was observed and is not at fault.

use netmend_model::net::TraceEnd;
use netmend_model::{Diagnosis, LookupRole, Note, Params, Request, Role, TraceMethod};

use crate::findings::common_params;
use crate::signs::{Sign, Signs};
use crate::view::View;

/// Codes of all notes, so that each has its words.
pub const CODES: &[&str] = &[
    "echo_ignored",
    "silent_hops",
    "slow_resolver",
    "ipv6_absent",
    "private_answer",
    "proxy_in_use",
    "name_does_not_resolve_now",
    "reference_silent",
];

pub(crate) fn read(view: View<'_>, signs: &Signs, diagnoses: &[Diagnosis]) -> Vec<Note> {
    let mut notes = Notes { notes: Vec::new(), params: common_params(view.case) };
    path(view, signs, &mut notes);
    names(view, signs, &mut notes);
    proxy(view, signs, diagnoses, &mut notes);
    if signs.lacks(Sign::Ipv6Configured) && view.target().is_some() {
        notes.add("ipv6_absent", view.interfaces().map(|seen| seen.evidence.id.as_str()));
    }
    if signs.lacks(Sign::ReferenceAnswers) && signs.has(Sign::GoalWorks) {
        let ids = signs.get(Sign::ReferenceAnswers).map(|reading| reading.evidence.clone()).unwrap_or_default();
        notes.add("reference_silent", ids.iter().map(String::as_str));
    }
    notes.notes
}

struct Notes {
    notes: Vec<Note>,
    params: Params,
}

impl Notes {
    fn add<'e>(&mut self, code: &str, evidence: impl IntoIterator<Item = &'e str>) {
        let evidence = evidence.into_iter().map(str::to_owned).collect();
        self.notes.push(Note { code: code.to_owned(), text: String::new(), evidence, params: self.params.clone() });
    }
}

fn path(view: View<'_>, signs: &Signs, notes: &mut Notes) {
    let target_echo = |r: &Request| matches!(r, Request::Echo { role: Role::Target, .. });
    for seen in view.echoes().filter(|seen| target_echo(seen.request())) {
        if seen.data.received == 0 && seen.data.sent > 0 && signs.has(Sign::TargetConnects) {
            notes.add("echo_ignored", [seen.id()]);
        }
    }
    if let Some(seen) = view.target_trace(TraceMethod::Tcp)
        && matches!(seen.data.end, TraceEnd::Reached { .. })
        && seen.data.hops.iter().any(|hop| hop.sent > 0 && hop.replies.is_empty())
    {
        notes.add("silent_hops", [seen.id()]);
    }
}

fn names(view: View<'_>, signs: &Signs, notes: &mut Notes) {
    let slow =
        view.lookups_as(LookupRole::Configured).find(|(_, seen)| seen.data.answer_ms.is_some_and(|ms| ms > 500.0));
    if let Some((_, seen)) = slow {
        notes.add("slow_resolver", [seen.id()]);
    }
    let private = view.lookups_as(LookupRole::Configured).find(|(_, seen)| {
        seen.data.addresses.iter().any(|address| match address {
            std::net::IpAddr::V4(v4) => v4.is_private(),
            std::net::IpAddr::V6(v6) => v6.is_unique_local(),
        })
    });
    if let Some((_, seen)) = private {
        notes.add("private_answer", [seen.id()]);
    }
    if view.address_from_message() && !signs.has(Sign::NameResolves) {
        notes.add("name_does_not_resolve_now", view.target_lookup().map(|seen| seen.evidence.id.as_str()));
    }
}

fn proxy(view: View<'_>, signs: &Signs, diagnoses: &[Diagnosis], notes: &mut Notes) {
    let blamed = diagnoses.iter().any(|diagnosis| diagnosis.cause.layer() == "proxy");
    if !signs.has(Sign::ProxyWorks) || blamed {
        return;
    }
    let ids: Vec<_> = view.proxies().map(|seen| seen.evidence.id.as_str()).collect();
    notes.add("proxy_in_use", ids);
}
