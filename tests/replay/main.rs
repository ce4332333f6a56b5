//! Replay: evidence in, diagnoses out, without a network.
//!
//! Each file of `recorded/` is a report that a lab case gave (`netmend-lab --keep-reports`), with the evidence of that run. Its name
//! is the case's id, so that the truth is the lab's own. Ranking can be changed and checked in a second.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use netmend_model::{Redaction, Report, Verdict};
use netmend_tests::case::Truth;
use netmend_tests::cases;

/// The share of recorded faults that must be named first (issue: at least 95 in 100).
const TOP_ONE: f64 = 0.95;

struct Recorded {
    name: String,
    truth: Truth,
    report: Report,
}

fn recorded() -> Vec<Recorded> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("replay/recorded");
    let truths = cases::everything();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    files.iter().map(|path| read(path, &truths)).collect()
}

fn read(path: &Path, truths: &[netmend_tests::case::Case]) -> Recorded {
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    // firewall.dropped.v4_literal.user: the rights it was measured with come last.
    let (id, _rights) = name.rsplit_once('.').expect("id.rights.json");
    let case = truths.iter().find(|case| case.id == id).unwrap_or_else(|| panic!("{name}: the lab has no case {id}"));
    let text = std::fs::read(path).expect("a readable file");
    let report = serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    Recorded { truth: case.truth, report, name }
}

fn is_right(truth: Truth, report: &Report) -> bool {
    match truth {
        Truth::Cause(cause) => {
            report.verdict == Verdict::Problem
                && report.diagnoses.first().is_some_and(|first| first.cause.id() == cause)
        }
        Truth::Healthy => report.verdict == Verdict::Healthy && report.diagnoses.is_empty(),
        Truth::Survives => true,
    }
}

fn said(report: &Report) -> String {
    let first = report.diagnoses.first();
    first.map_or_else(|| format!("{:?}", report.verdict), |first| format!("{} {}", first.cause, first.confidence))
}

#[test]
fn recorded_faults_are_named_and_healthy_networks_left_in_peace() {
    let all = recorded();
    let (mut faults, mut wrong) = (0, Vec::new());
    for Recorded { name, truth, report } in &all {
        let again = netmend_diagnose::rediagnose(report);
        let right = is_right(*truth, &again);
        assert!(right || *truth != Truth::Healthy, "{name}: a healthy network is blamed: {}", said(&again));
        faults += u32::from(matches!(truth, Truth::Cause(_)));
        if !right {
            wrong.push(format!("{name}: {}", said(&again)));
        }
    }
    assert!(faults >= 100, "{faults} recorded faults are too few to go by");
    let share = 1.0 - f64::from(u32::try_from(wrong.len()).expect("few files")) / f64::from(faults);
    assert!(share >= TOP_ONE, "{:.1} % right first; wrong: {wrong:#?}", share * 100.0);
}

#[test]
fn every_promised_cause_is_recorded() {
    let all = recorded();
    let missing: Vec<_> = cases::all()
        .into_iter()
        .filter_map(|case| match case.truth {
            Truth::Cause(cause) => Some(cause),
            Truth::Healthy | Truth::Survives => None,
        })
        .filter(|cause| !all.iter().any(|recorded| recorded.truth == Truth::Cause(cause)))
        .collect();
    assert!(missing.is_empty(), "no recorded run of {missing:?}");
}

#[test]
fn diagnosing_again_gives_the_same_every_time() {
    for Recorded { name, report, .. } in recorded() {
        let once = netmend_diagnose::rediagnose(&report);
        assert_eq!(once, netmend_diagnose::rediagnose(&once), "{name}");
    }
}

#[test]
fn redaction_keeps_the_diagnosis() {
    for Recorded { name, report, .. } in recorded() {
        let before = netmend_diagnose::rediagnose(&report);
        for level in [Redaction::Standard, Redaction::Strict] {
            let after = netmend_diagnose::rediagnose(&netmend_report::redact(&before, level));
            let judged = |r: &Report| r.diagnoses.iter().map(|d| (d.cause, d.confidence)).collect::<Vec<_>>();
            assert_eq!((before.verdict, judged(&before)), (after.verdict, judged(&after)), "{name} {level:?}");
        }
    }
}

/// Whatever is missing (a probe that could not run, a run cut short), nothing panics and probabilities stay probabilities.
#[test]
fn missing_evidence_is_no_error() {
    for Recorded { name, report, .. } in recorded() {
        for leave_out in 0..report.evidence.len() {
            let mut less = report.clone();
            less.evidence.remove(leave_out);
            check(&name, &netmend_diagnose::rediagnose(&less));
        }
        for keep in (0..report.evidence.len()).step_by(3) {
            let mut less = report.clone();
            less.evidence.truncate(keep);
            check(&name, &netmend_diagnose::rediagnose(&less));
        }
    }
}

fn check(name: &str, report: &Report) {
    for diagnosis in &report.diagnoses {
        assert!((0.0..=1.0).contains(&diagnosis.confidence), "{name}: {}", diagnosis.confidence);
        for support in &diagnosis.evidence {
            assert!(report.evidence.iter().any(|evidence| evidence.id == support.id), "{name}: cites {}", support.id);
        }
    }
}
