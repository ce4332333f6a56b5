//! A report, the picture of its way, and the words that the report does not hold itself.

use std::collections::BTreeMap;

use netmend_diagnose::way_of;
use netmend_model::{Diagnosis, Evidence, Report, StationState};
use netmend_report::Words;
use serde::Serialize;

/// A measurement in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// What was asked.
    pub request: String,
    /// What was seen; empty while it is under way.
    pub seen: String,
}

impl Said {
    /// A measurement that has ended.
    pub fn of(evidence: &Evidence, words: &Words) -> Self {
        Self { request: words.request(&evidence.request), seen: words.seen(evidence) }
    }
}

/// A diagnosis in words, beside those that the report itself holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DiagnosisWords {
    /// How sure, such as "very likely".
    pub sure: String,
    /// The same as a whole number of percent, without its sign.
    pub percent: String,
    /// The place with its kind; empty where none is known.
    pub place: String,
    /// One sentence for each entry of `evidence`, in the same order.
    pub signs: Vec<String>,
}

/// The words beside a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingWords {
    /// The first sentence: what the verdict means.
    pub headline: String,
    /// In the order of the report's diagnoses.
    pub diagnoses: Vec<DiagnosisWords>,
    /// By id of the evidence.
    pub evidence: BTreeMap<String, Said>,
}

/// A report, the picture of its way, and the words that the report does not hold itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The report, its words filled.
    pub report: Report,
    /// The picture.
    pub stations: Vec<StationState>,
    /// The words.
    pub words: FindingWords,
}

impl Finding {
    /// Fills a report's words and draws its picture.
    pub fn new(mut report: Report, words: &Words) -> Self {
        words.fill(&mut report);
        let first = report.diagnoses.first().map(|diagnosis| diagnosis.confidence);
        let target = report.target.as_ref().map_or("", |target| target.host.as_str());
        let spoken = FindingWords {
            headline: words.verdict(report.verdict, first, report.interrupted, target),
            diagnoses: report.diagnoses.iter().map(|diagnosis| diagnosis_words(diagnosis, words)).collect(),
            evidence: report.evidence.iter().map(|seen| (seen.id.clone(), Said::of(seen, words))).collect(),
        };
        Self { stations: way_of(&report), words: spoken, report }
    }
}

fn diagnosis_words(diagnosis: &Diagnosis, words: &Words) -> DiagnosisWords {
    DiagnosisWords {
        sure: words.confidence(diagnosis.confidence),
        // Neither 0 nor 100: nothing here is beyond doubt.
        percent: format!("{:.0}", (diagnosis.confidence * 100.0).clamp(1.0, 99.0)),
        place: diagnosis.place.as_ref().map(|place| words.place(place)).unwrap_or_default(),
        signs: diagnosis.evidence.iter().map(|support| words.sign(support, &diagnosis.params)).collect(),
    }
}

/// What this version makes of the same evidence, where verdict or causes are others than in the report.
pub fn rediagnosed(report: &Report) -> Option<Report> {
    let again = netmend_diagnose::rediagnose(report);
    let causes = |report: &Report| report.diagnoses.iter().map(|diagnosis| diagnosis.cause).collect::<Vec<_>>();
    (again.verdict != report.verdict || causes(&again) != causes(report)).then_some(again)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::report;
    use netmend_model::{
        CauseId, Outcome, Place, PlaceKind, ReasonCode, Request, Stance, Support, Topic, Verdict, Why,
    };

    /// A report with one diagnosis that rests on one measurement.
    fn with_cause() -> Report {
        let mut report = report(Some("api.example.test"));
        report.verdict = Verdict::Problem;
        report.evidence.push(Evidence {
            id: "e1".to_owned(),
            probe: "interfaces".to_owned(),
            request: Request::Fact { topic: Topic::Interfaces },
            why: Why::Basis,
            started_ms: 0.0,
            elapsed_ms: 1.0,
            outcome: Outcome::not_run(ReasonCode::OutOfTime, ""),
        });
        let support = |present| Support {
            id: "e1".to_owned(),
            sign: "no_usable_interface".to_owned(),
            present,
            stance: Stance::For,
            weight: 2.0,
        };
        report.diagnoses.push(Diagnosis {
            cause: CauseId::LinkDown,
            confidence: 0.999,
            title: String::new(),
            explanation: String::new(),
            place: Some(Place { kind: PlaceKind::Interface, name: "eth0".to_owned() }),
            who: CauseId::LinkDown.who(),
            evidence: vec![support(true), support(false)],
            fixes: Vec::new(),
            params: netmend_model::Params::new(),
        });
        report
    }

    #[test]
    fn a_finding_has_words_for_all_that_the_report_has_none_for() {
        let finding = Finding::new(with_cause(), &Words::new("en"));
        let words = &finding.words.diagnoses[0];
        assert!(!finding.report.diagnoses[0].title.is_empty() && !finding.words.headline.is_empty());
        assert_eq!((words.percent.as_str(), words.place.contains("eth0")), ("99", true));
        assert_eq!(words.signs.len(), 2);
        assert_ne!(words.signs[0], words.signs[1]);
        assert!(!finding.words.evidence["e1"].seen.is_empty());
    }

    #[test]
    fn the_page_gets_what_its_types_say() {
        let json = serde_json::to_value(Finding::new(with_cause(), &Words::new("en"))).unwrap();
        let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&json), ["report", "stations", "words"]);
        assert_eq!(keys(&json["words"]), ["diagnoses", "evidence", "headline"]);
        assert_eq!(keys(&json["words"]["diagnoses"][0]), ["percent", "place", "signs", "sure"]);
        assert_eq!(keys(&json["words"]["evidence"]["e1"]), ["request", "seen"]);
    }

    #[test]
    fn a_report_that_says_what_its_evidence_does_not_is_told_apart() {
        let saved = with_cause();
        assert!(rediagnosed(&saved).is_some());
        let again = netmend_diagnose::rediagnose(&saved);
        assert_eq!(rediagnosed(&again), None);
    }
}
