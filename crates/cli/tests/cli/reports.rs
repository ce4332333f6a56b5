//! Saved reports: shown, redacted, checked, judged again, repaired.

use serde_json::Value;

use crate::support::{Place, json, sample, stderr, stdout};

/// A report whose evidence gives its diagnoses in this version.
fn judged(place: &Place) -> std::path::PathBuf {
    let sample = sample();
    let arguments = ["report", "show", "--rediagnose", "--json", sample.to_str().unwrap()];
    let text = stdout(&place.netmend(arguments).assert().code(0).stderr(""));
    place.file("judged.json", text)
}

#[test]
fn a_report_is_shown_for_people_and_for_programs() {
    let place = Place::new();
    let sample = sample();
    let file = sample.to_str().unwrap();
    let text = stdout(&place.netmend(["report", "show", file]).assert().code(0).stderr(""));
    assert!(text.contains("firewall.dropped") && text.contains("What to do"), "{text}");
    assert!(!text.contains('\x1b'), "no colour where there is no terminal");
    let detailed = stdout(&place.netmend(["report", "show", file, "--details"]).assert().code(0));
    assert!(detailed.len() > text.len() && detailed.contains("What was measured"));
    let report = json(&stdout(&place.netmend(["report", "show", file, "--json"]).assert().code(0).stderr("")));
    assert_eq!(report["schema"], "netmend.report/1");
}

#[test]
fn a_report_judged_again_is_judged_the_same() {
    let place = Place::new();
    let file = judged(&place);
    let file = file.to_str().unwrap();
    let assert = place.netmend(["report", "verify", file]).assert().code(0).stderr("");
    assert!(stdout(&assert).contains("well formed"));
    let again = json(&stdout(&place.netmend(["report", "show", "--rediagnose", "--json", file]).assert().code(0)));
    let once: Value = json(&std::fs::read_to_string(file).unwrap());
    assert_eq!(again["diagnoses"], once["diagnoses"]);
    assert!(!once["diagnoses"].as_array().unwrap().is_empty());
}

#[test]
fn a_report_whose_diagnoses_were_changed_is_found_out() {
    let place = Place::new();
    let mut report = json(&std::fs::read_to_string(judged(&place)).unwrap());
    report["verdict"] = "healthy".into();
    place.file("changed.json", report.to_string());
    let assert = place.netmend(["report", "verify", "changed.json", "judged.json"]).assert().code(1);
    let text = stdout(&assert);
    assert!(
        text.contains("changed.json: well formed, but") && text.contains("judged.json: well formed, and"),
        "{text}"
    );
    place.netmend(["report", "verify", "changed.json", "missing.json"]).assert().code(2);
}

#[test]
fn a_copy_is_redacted_in_the_form_of_its_ending() {
    let place = Place::new();
    let sample = sample();
    let file = sample.to_str().unwrap();
    for (level, name) in [("standard", "standard"), ("strict", "strict")] {
        let arguments = ["report", "redact", file, "--level", level];
        let report = json(&stdout(&place.netmend(arguments).assert().code(0).stderr("")));
        assert_eq!(report["redaction"], name);
        let host = report["target"]["host"].as_str().unwrap();
        assert_eq!(host.ends_with("corp.example"), level == "standard", "{host}");
    }
    for (out, begin) in [("a.html", "<!DOCTYPE html>"), ("a.md", "# "), ("a.json", "{")] {
        let assert = place.netmend(["report", "redact", file, "--output", out]).assert().code(0).stdout("");
        assert!(stderr(&assert).contains(out));
        assert!(std::fs::read_to_string(place.path(out)).unwrap().starts_with(begin), "{out}");
    }
}

#[test]
fn the_schema_is_the_published_one() {
    let printed = json(&stdout(&Place::new().netmend(["report", "schema"]).assert().code(0).stderr("")));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/report.schema.json");
    assert_eq!(printed, json(&std::fs::read_to_string(path).unwrap()));
}

#[test]
fn a_repair_is_shown_for_a_cause_that_the_report_names() {
    let place = Place::new();
    let sample = sample();
    let file = sample.to_str().unwrap();
    let text = stdout(&place.netmend(["fix", "firewall.dropped", "--report", file]).assert().code(0).stderr(""));
    assert!(text.contains("What to do") && text.contains("1.") && text.contains("| "), "{text}");
    let said = stderr(&place.netmend(["fix", "tls.expired", "--report", file]).assert().code(2).stdout(""));
    assert!(said.contains("does not name tls.expired") && said.contains("firewall.dropped"), "{said}");
    let said = stderr(&place.netmend(["fix", "nonsense", "--report", file]).assert().code(2).stdout(""));
    assert!(said.contains("no cause \"nonsense\""), "{said}");
    let healthy = sample.with_file_name("healthy.json");
    let said = stderr(&place.netmend(["fix", "tls.expired", "--report", healthy.to_str().unwrap()]).assert().code(2));
    assert!(said.contains("names no cause"), "{said}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    let sample = sample();
    for arguments in [&["report", "show", sample.to_str().unwrap(), "--json"][..], &["explain"], &["report", "schema"]]
    {
        let mut command = place.settled(crate::support::NETMEND, arguments);
        let mut child =
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()), "{arguments:?}");
    }
}
