use netmend_model::{CauseId, Diagnosis, Host, Params, Profile, Protocol, SCHEMA, Settings, Target};

use super::*;

fn report(target: &str, started: &str) -> Report {
    Report {
        schema: SCHEMA.into(),
        verdict: Verdict::Problem,
        target: Some(Target {
            asked: target.into(),
            host: target.into(),
            address: None,
            port: None,
            scheme: None,
            path: String::new(),
            expect: Protocol::Https,
        }),
        symptom: None,
        diagnoses: vec![Diagnosis {
            cause: CauseId::FirewallDropped,
            confidence: 0.9,
            title: String::new(),
            explanation: String::new(),
            place: None,
            who: CauseId::FirewallDropped.who(),
            evidence: Vec::new(),
            fixes: Vec::new(),
            params: Params::new(),
        }],
        evidence: Vec::new(),
        notes: Vec::new(),
        skipped: Vec::new(),
        host: Host::default(),
        started: started.into(),
        elapsed_ms: 1.0,
        netmend: "0.1.0".into(),
        settings: Settings::default(),
        profile: Profile::default(),
        steps: Vec::new(),
        interrupted: false,
        redaction: Redaction::Standard,
        language: "en".into(),
    }
}

/// Far enough ahead that no run is pruned for its age.
const LATER: &str = "2999-01-01T00:00:00Z";

fn opened() -> (tempfile::TempDir, PathBuf, History) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/history.sqlite");
    let history = History::open(&path).unwrap();
    (folder, path, history)
}

#[test]
fn a_run_comes_back_as_it_was() {
    let (_folder, path, mut history) = opened();
    let run = report("api.example.test", LATER);
    let id = history.record(&run).unwrap();
    drop(history);
    let history = History::open(&path).unwrap();
    assert_eq!(history.report(id).unwrap(), Some(run));
    assert_eq!(history.report(id + 1).unwrap(), None);
    let runs = history.runs(10).unwrap();
    assert_eq!((runs.len(), runs[0].verdict, runs[0].target.as_str()), (1, Verdict::Problem, "api.example.test"));
    assert_eq!((runs[0].cause.as_deref(), runs[0].confidence), (Some("firewall.dropped"), Some(0.9)));
}

#[test]
fn recent_targets_stand_once_the_latest_first() {
    let (_folder, _path, mut history) = opened();
    for target in ["a.test", "b.test", "a.test", "c.test"] {
        history.record(&report(target, LATER)).unwrap();
    }
    history.record(&Report { target: None, ..report("", LATER) }).unwrap();
    assert_eq!(history.recent_targets(2).unwrap(), ["c.test", "a.test"]);
    assert_eq!(history.recent_targets(9).unwrap(), ["c.test", "a.test", "b.test"]);
}

#[test]
fn old_and_surplus_runs_are_dropped() {
    let (_folder, _path, mut history) = opened();
    history.record(&report("old.test", "2001-01-01T00:00:00Z")).unwrap();
    assert!(history.runs(9).unwrap().is_empty(), "too old");
    for target in ["a.test", "b.test", "c.test"] {
        history.record(&report(target, LATER)).unwrap();
    }
    assert_eq!(history.prune(2, LONGEST_DAYS).unwrap(), 1);
    assert_eq!(history.recent_targets(9).unwrap(), ["c.test", "b.test"]);
}

#[test]
fn what_is_deleted_is_gone_from_the_disk() {
    let (folder, _path, mut history) = opened();
    let id = history.record(&report("one.test", LATER)).unwrap();
    assert!(history.delete(id).unwrap() && !history.delete(id).unwrap());
    history.record(&report("secret-name.test", LATER)).unwrap();
    history.delete_all().unwrap();
    drop(history);
    for file in std::fs::read_dir(folder.path().join("deep")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(11).any(|window| window == b"secret-name"));
    }
}

#[test]
fn a_report_that_is_not_redacted_is_refused() {
    let (_folder, _path, mut history) = opened();
    let open = Report { redaction: Redaction::None, ..report("a.test", LATER) };
    assert!(matches!(history.record(&open), Err(HistoryError::NotRedacted)));
    assert!(history.runs(9).unwrap().is_empty());
}

#[test]
fn a_newer_history_is_left_untouched() {
    let (_folder, path, history) = opened();
    history.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(history);
    let before = std::fs::read(&path).unwrap();
    let error = History::open(&path).unwrap_err();
    assert!(matches!(error, HistoryError::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().contains("Update Netmend"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn other_files_are_not_taken_for_a_history() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.sqlite");
    std::fs::write(&text, "not a database, but long enough to be read as one ".repeat(20)).unwrap();
    assert!(matches!(History::open(&text), Err(HistoryError::Damaged { .. })));
    let foreign = folder.path().join("foreign.sqlite");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    assert!(matches!(History::open(&foreign), Err(HistoryError::Damaged { .. })));
    assert!(matches!(History::open(folder.path()), Err(HistoryError::Unusable { .. })));
}

#[test]
fn two_programs_write_one_after_the_other() {
    let (_folder, path, mut first) = opened();
    let mut second = History::open(&path).unwrap();
    first.record(&report("a.test", LATER)).unwrap();
    second.record(&report("b.test", LATER)).unwrap();
    assert_eq!(first.runs(9).unwrap().len(), 2);
}
