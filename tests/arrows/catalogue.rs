//! A cause that can be named is a cause that was seen: its rule is proven by a fault in the lab.
//!
//! That every cause has words and remedies is tested where those are (`crates/report`, `crates/diagnose`).

use super::assert_none;
use netmend_diagnose::rules;
use netmend_model::CauseId;
use netmend_tests::case::Truth;
use netmend_tests::cases;
use std::collections::BTreeSet;

/// Causes whose rules stand on evidence made by hand alone: the lab does not build their faults yet.
/// A cause leaves this list with its first case in `tests/lab/cases`; a new one is not to be added.
const NOT_BUILT_YET: &[CauseId] = &[CauseId::VpnTunnelStalled];

fn with_a_rule() -> BTreeSet<CauseId> {
    rules::all().map(|rule| rule.cause).collect()
}

fn in_the_lab() -> BTreeSet<CauseId> {
    let ids = cases::all().into_iter().filter_map(|case| match case.truth {
        Truth::Cause(id) => Some(CauseId::from_id(id).unwrap_or_else(|| panic!("{id} is not in the catalogue"))),
        Truth::Healthy | Truth::Survives => None,
    });
    ids.collect()
}

#[test]
fn every_rule_is_proven_in_the_lab() {
    let proven = in_the_lab();
    let unproven = with_a_rule().into_iter().filter(|cause| !proven.contains(cause) && !NOT_BUILT_YET.contains(cause));
    assert_none(
        &unproven.map(|cause| format!("{cause} has a rule but no case in tests/lab/cases")).collect::<Vec<_>>(),
    );
}

#[test]
fn every_fault_of_the_lab_has_a_rule() {
    let known = with_a_rule();
    let unknown = in_the_lab().into_iter().filter(|cause| !known.contains(cause));
    assert_none(&unknown.map(|cause| format!("{cause} is built in the lab but has no rule")).collect::<Vec<_>>());
}

#[test]
fn the_list_of_exceptions_is_not_longer_than_it_must_be() {
    let (ruled, proven) = (with_a_rule(), in_the_lab());
    let needless = NOT_BUILT_YET.iter().filter(|cause| proven.contains(cause) || !ruled.contains(cause));
    assert_none(&needless.map(|cause| format!("{cause} can leave NOT_BUILT_YET")).collect::<Vec<_>>());
}

#[test]
fn the_lab_has_ten_healthy_networks() {
    let healthy = cases::all().into_iter().filter(|case| case.truth == Truth::Healthy).count();
    assert!(healthy >= 10, "{healthy} healthy cases are too few to count false alarms by");
}
