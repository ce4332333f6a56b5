//! Weighing causes against each other.

use std::collections::BTreeMap;

use netmend_model::{CauseId, Stance, Support, SymptomKind};

use crate::rules::{self, BASE, Rule, Stage};
use crate::signs::{Sign, Signs};

/// From here on a cause is taken as found.
pub const FOUND: f64 = 0.5;
/// Causes below this are not worth naming.
const WORTH_NAMING: f64 = 0.03;
/// No measurement is beyond doubt.
const MOST: f64 = 0.99;

/// A cause with its probability and what speaks for and against it.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The cause.
    pub cause: CauseId,
    /// The part of the way that it breaks.
    pub stage: Stage,
    /// Probability, 0 to 1.
    pub confidence: f64,
    /// What speaks for and against, strongest first.
    pub support: Vec<Support>,
}

/// Causes in the order in which they should be dealt with: what must be repaired first, first.
pub fn rank(signs: &Signs, symptom: Option<SymptomKind>) -> Vec<Ranked> {
    let mut best: BTreeMap<CauseId, (f64, &Rule)> = BTreeMap::new();
    for rule in rules::all() {
        let Some(score) = score(rule, signs) else { continue };
        let score = score + prior(rule.cause, symptom);
        if best.get(&rule.cause).is_none_or(|(other, _)| score > *other) {
            best.insert(rule.cause, (score, rule));
        }
    }
    let mut ranked: Vec<Ranked> = best
        .iter()
        .map(|(cause, (score, rule))| Ranked {
            cause: *cause,
            stage: rule.stage,
            confidence: share(*score, rule.stage, best.values()),
            support: support(rule, signs),
        })
        .collect();
    hide_consequences(&mut ranked);
    ranked.retain(|ranked| ranked.confidence >= WORTH_NAMING);
    ranked.sort_by(|a, b| {
        let found = |r: &Ranked| r.confidence >= FOUND;
        found(b)
            .cmp(&found(a))
            .then(if found(a) && found(b) { a.stage.cmp(&b.stage) } else { std::cmp::Ordering::Equal })
            .then(b.confidence.total_cmp(&a.confidence))
            .then(a.cause.cmp(&b.cause))
    });
    ranked
}

/// Log-odds of a rule; `None` where it does not apply.
fn score(rule: &Rule, signs: &Signs) -> Option<f64> {
    if rule.excludes.iter().any(|sign| signs.has(*sign)) || !rule.needs.iter().all(|(sign, _)| signs.has(*sign)) {
        return None;
    }
    let needs: f64 = rule.needs.iter().map(|(_, weight)| weight).sum();
    let hints: f64 = rule.hints.iter().filter_map(|hint| Some(effect(hint, signs)?.1)).sum();
    Some(BASE + needs + hints)
}

/// What a hint does: the sign, and the signed weight; `None` where the sign is unknown.
fn effect(hint: &(Sign, f64, f64), signs: &Signs) -> Option<(Sign, f64)> {
    let (sign, present, absent) = *hint;
    let reading = signs.get(sign)?;
    let weight = if reading.present { present } else { -absent };
    (weight != 0.0).then_some((sign, weight))
}

/// Share of the probability among the causes that compete to explain the same failure, "none of them" included.
fn share<'r>(score: f64, stage: Stage, all: impl Iterator<Item = &'r (f64, &'r Rule)>) -> f64 {
    // Faults of the quality and of the certificate exist side by side: each competes with "not so" alone, softly with its like.
    let rivals: f64 = all.filter(|(_, rule)| rule.stage == stage).map(|(score, _)| score.exp()).sum();
    let alone = score.exp() / (1.0 + score.exp());
    let among = score.exp() / (1.0 + rivals);
    let confidence = if matches!(stage, Stage::Secure) { alone } else { among };
    confidence.min(MOST)
}

/// A found cause explains what fails behind it on the way.
fn hide_consequences(ranked: &mut Vec<Ranked>) {
    let first = ranked.iter().filter(|r| r.confidence >= FOUND && r.stage != Stage::Quality).map(|r| r.stage).min();
    if let Some(first) = first {
        ranked.retain(|r| r.stage <= first || (r.stage == Stage::Quality && first > Stage::Reach));
    }
}

fn support(rule: &Rule, signs: &Signs) -> Vec<Support> {
    let needs = rule.needs.iter().map(|(sign, weight)| (*sign, *weight));
    let hints = rule.hints.iter().filter_map(|hint| effect(hint, signs));
    let mut lines: Vec<Support> = needs.chain(hints).flat_map(|(sign, weight)| lines(sign, weight, signs)).collect();
    lines.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    lines
}

fn lines(sign: Sign, weight: f64, signs: &Signs) -> Vec<Support> {
    let Some(reading) = signs.get(sign) else { return Vec::new() };
    let stance = if weight > 0.0 { Stance::For } else { Stance::Against };
    let line = |id: &String| Support {
        id: id.clone(),
        sign: sign.id().to_owned(),
        present: reading.present,
        stance,
        weight: weight.abs(),
    };
    reading.evidence.iter().map(line).collect()
}

/// What the pasted message makes a little likelier. It never outweighs a measurement.
fn prior(cause: CauseId, symptom: Option<SymptomKind>) -> f64 {
    let fits = match symptom {
        Some(SymptomKind::ConnectTimeout) => matches!(
            cause,
            CauseId::FirewallDropped | CauseId::PathBlackhole | CauseId::PathHostSilent | CauseId::LocalAcceptQueueFull
        ),
        Some(SymptomKind::ConnectRefused) => matches!(cause, CauseId::ServiceRefused | CauseId::LocalNotListening),
        Some(SymptomKind::ReadTimeout) => matches!(cause, CauseId::ServiceNoResponse | CauseId::PathMtuBlackhole),
        Some(SymptomKind::HostUnreachable) => cause == CauseId::PathHostUnreachable,
        Some(SymptomKind::ConnectionReset) => cause == CauseId::ServiceClosedEarly,
        Some(SymptomKind::DnsNxdomain) => cause == CauseId::DnsNameNotFound,
        Some(SymptomKind::CaptivePortal) => cause == CauseId::NetCaptivePortal,
        _ => false,
    };
    if fits { 0.3 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(present: &[Sign], absent: &[Sign]) -> Signs {
        let mut signs = Signs::default();
        for sign in present {
            signs.note(*sign, true, ["e1"]);
        }
        for sign in absent {
            signs.note(*sign, false, ["e2"]);
        }
        signs
    }

    #[test]
    fn nothing_seen_names_nothing() {
        assert!(rank(&Signs::default(), Some(SymptomKind::ConnectTimeout)).is_empty());
    }

    #[test]
    fn silence_of_a_living_host_is_a_filter() {
        let ranked = rank(&signs(&[Sign::TargetSilent, Sign::HostAlive, Sign::DirectFails], &[]), None);
        assert_eq!(ranked[0].cause, CauseId::FirewallDropped);
        assert!(ranked[0].confidence > 0.9);
    }

    #[test]
    fn a_missing_route_hides_what_fails_behind_it() {
        let present = [Sign::NoDefaultRoute, Sign::RouteMissing, Sign::ResolversSilent, Sign::DirectFails];
        let ranked = rank(&signs(&present, &[Sign::ReferenceAnswers]), None);
        assert_eq!(ranked.iter().map(|r| r.cause).collect::<Vec<_>>(), [CauseId::IpNoDefaultRoute]);
    }

    #[test]
    fn a_local_rule_wins_over_the_silence_it_makes() {
        let present = [Sign::TargetSilent, Sign::HostAlive, Sign::DirectFails, Sign::FirstHopBlind];
        let ranked = rank(&signs(&present, &[]), None);
        assert_eq!(ranked[0].cause, CauseId::FirewallLocalOutbound);
    }
}
