//! From a case to its verdict.

use netmend_model::{Case, CauseId, Diagnosis, Note, Outcome, Params, Report, Skipped, Verdict, Who};

use crate::rank::{FOUND, Ranked, rank};
use crate::signs::{Sign, Signs};
use crate::view::View;
use crate::{notes, places, remedy};

/// Other possible causes that are named beside the first.
const NAMED: usize = 5;

/// What the evidence of a case says.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// The answer in one word.
    pub verdict: Verdict,
    /// Most probable first; empty when healthy.
    pub diagnoses: Vec<Diagnosis>,
    /// Observed, not at fault.
    pub notes: Vec<Note>,
    /// What could not be measured.
    pub skipped: Vec<Skipped>,
}

/// Diagnoses a case.
pub fn diagnose(case: &Case) -> Findings {
    let view = View::new(case);
    let signs = Signs::read(view);
    let ranked = rank(&signs, case.symptom.as_ref().map(|symptom| symptom.kind));
    let verdict = verdict(&signs, &ranked);
    let diagnoses = match verdict {
        Verdict::Healthy => Vec::new(),
        _ => ranked.into_iter().take(NAMED).map(|ranked| in_full(view, &signs, ranked)).collect(),
    };
    let notes = notes::read(view, &signs, &diagnoses);
    Findings { verdict, diagnoses, notes, skipped: skipped(case) }
}

/// Diagnoses a saved report again: the same evidence, this version's judgement.
pub fn rediagnose(report: &Report) -> Report {
    let Findings { verdict, diagnoses, notes, skipped } = diagnose(&Case::from(report));
    Report { verdict, diagnoses, notes, skipped, ..report.clone() }
}

fn verdict(signs: &Signs, ranked: &[Ranked]) -> Verdict {
    if ranked.first().is_some_and(|first| first.confidence >= FOUND) {
        Verdict::Problem
    } else if signs.has(Sign::GoalWorks) {
        Verdict::Healthy
    } else {
        Verdict::Inconclusive
    }
}

fn in_full(view: View<'_>, signs: &Signs, ranked: Ranked) -> Diagnosis {
    let place = places::place(view, ranked.cause);
    let mut params = places::params(view, ranked.cause);
    params.insert("place".into(), place.as_ref().map(|place| place.name.clone()).unwrap_or_default());
    Diagnosis {
        cause: ranked.cause,
        confidence: (ranked.confidence * 1000.0).round() / 1000.0,
        title: String::new(),
        explanation: String::new(),
        place,
        who: who(ranked.cause, signs),
        evidence: ranked.support,
        fixes: remedy::remedies(ranked.cause),
        params,
    }
}

/// Who can act, where the evidence says more than the catalogue.
fn who(cause: CauseId, signs: &Signs) -> Who {
    match cause {
        CauseId::DnsStaleAnswer if signs.has(Sign::AnswersDiffer) || signs.has(Sign::NameDenied) => Who::Network,
        CauseId::ProxyUnreachable if signs.has(Sign::DirectFails) => Who::Network,
        _ => cause.who(),
    }
}

fn skipped(case: &Case) -> Vec<Skipped> {
    case.evidence
        .iter()
        .filter_map(|evidence| match &evidence.outcome {
            Outcome::Observed { .. } => None,
            Outcome::NotRun { reason } | Outcome::Errored { reason } => {
                Some(Skipped { request: evidence.request.clone(), reason: reason.clone(), text: String::new() })
            }
        })
        .collect()
}

/// Values that every sentence may use; empty where nothing is known.
pub(crate) fn common_params(case: &Case) -> Params {
    let mut params = Params::new();
    let view = View::new(case);
    let target = case.target.as_ref();
    let goal = view.goal();
    let port = goal.map(|to| to.port()).or(target.and_then(|target| target.port));
    params.insert("target".into(), target.map(|target| target.asked.clone()).unwrap_or_default());
    params.insert("host".into(), target.map(|target| target.host.clone()).unwrap_or_default());
    params.insert("port".into(), port.map(|port| port.to_string()).unwrap_or_default());
    params.insert("address".into(), goal.map(|to| to.ip().to_string()).unwrap_or_default());
    params
}
