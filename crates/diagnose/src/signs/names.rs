//! Name look-ups: the system's own, each configured resolver's, the independent ones' and the hosts file.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use netmend_model::net::Lookup;
use netmend_model::{LookupRole, Request, Role};

use super::{Sign, Signs};
use crate::view::{Seen, View};

pub(super) fn read(view: View<'_>, signs: &mut Signs) {
    configured(view, signs);
    silence(view, signs);
    codes(view, signs);
    hosts(view, signs);
    differences(view, signs);
    random(view, signs);
    if let Some(seen) = view.target_lookup() {
        signs.note(Sign::NameResolves, !seen.data.addresses.is_empty(), [seen.id()]);
    }
}

fn configured(view: View<'_>, signs: &mut Signs) {
    if let Some(seen) = view.resolvers() {
        let none = !seen.data.servers.iter().any(|server| server.in_use || server.stub);
        signs.note(Sign::NoResolverConfigured, none, [seen.id()]);
    }
}

/// Look-ups at configured resolvers, whatever name was asked.
fn at_configured(view: View<'_>) -> Vec<(SocketAddr, Seen<'_, Lookup>)> {
    view.lookups_as(LookupRole::Configured)
        .chain(view.lookups_as(LookupRole::Control))
        .chain(view.lookups_as(LookupRole::Random))
        .collect()
}

fn silence(view: View<'_>, signs: &mut Signs) {
    let lookups = at_configured(view);
    let Some(settings) = view.resolvers() else { return };
    let asked: Vec<_> = settings
        .data
        .servers
        .iter()
        .filter(|server| lookups.iter().any(|(asked, _)| *asked == server.address))
        .collect();
    let ids = || lookups.iter().map(|(_, seen)| seen.id());
    let answers = |server: SocketAddr| lookups.iter().any(|(asked, seen)| *asked == server && seen.data.answered());
    if asked.is_empty() {
        return;
    }
    let answered = asked.iter().any(|server| answers(server.address));
    let pending = view.running_since(|request| {
        matches!(request, Request::Lookup { role: LookupRole::Configured | LookupRole::Control, .. })
    });
    if answered || pending.is_none() {
        signs.note(Sign::ResolversSilent, !answered, ids());
    }
    let direct: Vec<_> = asked.iter().filter(|server| server.in_use).collect();
    if let [first, rest @ ..] = direct.as_slice() {
        let dead = !answers(first.address);
        signs.note(Sign::FirstResolverDead, dead, of(&lookups, first.address));
        if !rest.is_empty() {
            let alive = rest.iter().find(|server| answers(server.address));
            signs.note(
                Sign::LaterResolverAnswers,
                alive.is_some(),
                alive.map_or_else(Vec::new, |server| of(&lookups, server.address)),
            );
        }
    }
}

fn of<'a>(lookups: &[(SocketAddr, Seen<'a, Lookup>)], server: SocketAddr) -> Vec<&'a str> {
    lookups.iter().filter(|(asked, _)| *asked == server).map(|(_, seen)| seen.id()).collect()
}

fn codes(view: View<'_>, signs: &mut Signs) {
    let configured: Vec<_> = view.lookups_as(LookupRole::Configured).filter(|(_, seen)| seen.data.answered()).collect();
    let code = |seen: &Seen<'_, Lookup>| seen.data.rcode.clone().unwrap_or_default();
    let every = |test: &dyn Fn(&Seen<'_, Lookup>) -> bool| {
        !configured.is_empty() && configured.iter().all(|(_, seen)| test(seen))
    };
    if !configured.is_empty() {
        let ids = || configured.iter().map(|(_, seen)| seen.id());
        signs.note(Sign::ResolverErrorCode, every(&|s| !matches!(code(s).as_str(), "NOERROR" | "NXDOMAIN")), ids());
        signs.note(
            Sign::NameDenied,
            configured.iter().any(|(_, s)| code(s) == "NXDOMAIN") && !knows(&configured),
            ids(),
        );
        signs.note(Sign::NameWithoutAddress, every(&|s| code(s) == "NOERROR" && s.data.addresses.is_empty()), ids());
    }
    for (_, seen) in view.lookups_as(LookupRole::Reference).filter(|(_, seen)| seen.data.answered()) {
        signs.note(Sign::NameDeniedElsewhere, code(&seen) == "NXDOMAIN", [seen.id()]);
        signs.note(Sign::NameKnownElsewhere, !seen.data.addresses.is_empty(), [seen.id()]);
    }
}

fn knows(lookups: &[(SocketAddr, Seen<'_, Lookup>)]) -> bool {
    lookups.iter().any(|(_, seen)| !seen.data.addresses.is_empty())
}

fn hosts(view: View<'_>, signs: &mut Signs) {
    let (Some(name), Some(seen)) = (view.target_name(), view.hosts()) else { return };
    let pinned: BTreeSet<IpAddr> = seen
        .data
        .entries
        .iter()
        .filter(|entry| entry.names.iter().any(|entry| entry == name))
        .map(|entry| entry.address)
        .collect();
    let local = name == "localhost" || name.ends_with(".localhost");
    signs.note(Sign::HostsPinsName, !pinned.is_empty() && !local, [seen.id()]);
}

fn addresses(view: View<'_>, role: LookupRole) -> (BTreeSet<IpAddr>, Vec<String>) {
    let mut all = BTreeSet::new();
    let mut ids = Vec::new();
    for (_, seen) in view.lookups_as(role).filter(|(_, seen)| !seen.data.addresses.is_empty()) {
        all.extend(seen.data.addresses.iter().copied());
        ids.push(seen.id().to_owned());
    }
    (all, ids)
}

fn differences(view: View<'_>, signs: &mut Signs) {
    let used: BTreeSet<IpAddr> = view.target_addresses().into_iter().collect();
    let (configured, mut ids) = addresses(view, LookupRole::Configured);
    let (reference, reference_ids) = addresses(view, LookupRole::Reference);
    if !used.is_empty() && !configured.is_empty() {
        signs.note(Sign::DnsGivesOther, configured.is_disjoint(&used), ids.iter().map(String::as_str));
    } else if !used.is_empty() && !reference.is_empty() {
        signs.note(Sign::DnsGivesOther, reference.is_disjoint(&used), reference_ids.iter().map(String::as_str));
    }
    if !configured.is_empty() && !reference.is_empty() {
        ids.extend(reference_ids);
        signs.note(Sign::AnswersDiffer, configured.is_disjoint(&reference), ids.iter().map(String::as_str));
    }
    for (_, seen) in view.connects_as(Role::OtherAnswer) {
        signs.note(Sign::OtherAnswerConnects, seen.data.connected().is_some(), [seen.id()]);
    }
    if view.address_from_message() && !view.goal_connects().is_empty() {
        let fails = view.goal_connects().iter().all(|(_, seen)| seen.data.connected().is_none());
        signs.note(Sign::AddressFromMessageFails, fails, view.goal_connects().iter().map(|(_, seen)| seen.id()));
    }
}

fn random(view: View<'_>, signs: &mut Signs) {
    for (_, seen) in view.lookups_as(LookupRole::Random).filter(|(_, seen)| seen.data.answered()) {
        signs.note(Sign::RandomNameAnswered, !seen.data.addresses.is_empty(), [seen.id()]);
    }
}
