use netmend_model::{Report, SCHEMA, Verdict};
use serde_json::{Value, json};

use crate::{
    Format, LoadError, SaveError, Words, html, json as json_form, load, markdown, parse, redact, sample, save, schema,
    text,
};

fn english() -> Words {
    Words::new("en")
}

#[test]
fn the_published_schema_is_the_codes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/report.schema.json");
    let published: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(published, schema(), "`cargo xtask schema` writes it");
}

#[test]
fn reports_are_valid_by_the_schema_and_mistakes_are_not() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for report in [sample::dropped(), sample::healthy(), redact(&sample::dropped(), netmend_model::Redaction::Strict)] {
        let value: Value = serde_json::from_str(&json_form::render(&report)).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let mut newer = serde_json::to_value(sample::dropped()).unwrap();
    newer["more"] = json!(1);
    newer["profile"]["more"] = json!(1);
    assert!(validator.is_valid(&newer), "fields of later versions are allowed");
    let mut wrong = newer.clone();
    wrong["verdict"] = json!("maybe");
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn what_was_saved_opens_again_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    for report in [sample::dropped(), sample::healthy()] {
        save(&path, &report, &[], &english()).unwrap();
        assert_eq!(load(&path).unwrap(), report);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
}

#[test]
fn the_ending_chooses_the_form() {
    let folder = tempfile::tempdir().unwrap();
    for (name, begin) in [("a.html", "<!DOCTYPE html>"), ("b.MD", "# "), ("c.json", "{")] {
        let path = folder.path().join(name);
        save(&path, &sample::dropped(), &sample::way(), &english()).unwrap();
        assert!(std::fs::read_to_string(path).unwrap().starts_with(begin), "{name}");
    }
    let none = save(&folder.path().join("report.txt"), &sample::dropped(), &[], &english()).unwrap_err();
    assert_eq!(none, SaveError::Ending);
    assert!(none.say("report.txt", &english()).contains(".json, .html or .md"));
    let missing = save(&folder.path().join("no/such/r.json"), &sample::dropped(), &[], &english()).unwrap_err();
    assert!(matches!(missing, SaveError::Unwritable { .. }));
    assert_eq!(Format::of(std::path::Path::new("noending")), None);
}

#[test]
fn what_is_no_report_is_refused_with_what_to_do() {
    let report = json_form::render(&sample::dropped());
    let with_schema = |schema: &str| report.replacen(SCHEMA, schema, 1);
    for (text, code, says) in [
        ("hello".to_owned(), "not_json", "not JSON"),
        (String::new(), "not_json", "not JSON"),
        (report[..report.len() / 2].to_owned(), "not_json", "not JSON"),
        ("[".repeat(5000), "not_json", "not JSON"),
        ("{}".to_owned(), "no_report", "not a Netmend report"),
        ("[1, 2]".to_owned(), "no_report", "not a Netmend report"),
        (r#"{"schema": "other/1"}"#.to_owned(), "no_report", "not a Netmend report"),
        (format!(r#"{{"schema": "{SCHEMA}"}}"#), "no_report", "not a Netmend report"),
        (with_schema("netmend.report/2"), "newer", "Update Netmend"),
        (with_schema("netmend.report/0"), "older", "older Netmend"),
    ] {
        let error = parse(text.as_bytes()).unwrap_err();
        let said = error.say("r.json", &english());
        assert_eq!(error.code(), code, "{said}");
        assert!(said.contains(says) && said.contains("r.json"), "{said}");
    }
}

#[test]
fn files_that_cannot_be_reports_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(load(folder.path()).unwrap_err().code(), "unreadable");
    assert_eq!(load(&folder.path().join("missing.json")).unwrap_err().code(), "unreadable");
    let huge = folder.path().join("huge.json");
    std::fs::File::create(&huge).unwrap().set_len(crate::LARGEST + 1).unwrap();
    assert_eq!(load(&huge).unwrap_err(), LoadError::TooLarge);
}

#[test]
fn fields_of_later_versions_are_ignored() {
    let mut value = serde_json::to_value(sample::dropped()).unwrap();
    value["more"] = json!({"a": 1});
    value["evidence"][0]["more"] = json!(1);
    value["profile"]["more"] = json!(1);
    value["profile"]["service"] = json!([{"name": "a", "target": "b", "internal": true, "expect": null, "more": 1}]);
    let read = parse(format!("\u{feff}{value}").as_bytes()).unwrap();
    assert_eq!(read.evidence, sample::dropped().evidence);
    assert_eq!(read.profile.services.len(), 1);
}

#[test]
fn a_report_reads_well_as_text() {
    let style = text::Style { width: 100, ..text::Style::default() };
    insta::assert_snapshot!("dropped.txt", text::render(&sample::dropped(), &sample::way(), &english(), style));
    insta::assert_snapshot!("healthy.txt", text::render(&sample::healthy(), &[], &english(), style));
    let details = text::Style { details: true, width: 72, ..text::Style::default() };
    insta::assert_snapshot!("details.txt", text::render(&sample::dropped(), &sample::way(), &english(), details));
}

#[test]
fn a_report_reads_well_as_markdown_and_html() {
    insta::assert_snapshot!("dropped.md", markdown::render(&sample::dropped(), &sample::way(), &english()));
    insta::assert_snapshot!("dropped.html", html::render(&sample::dropped(), &sample::way(), &english()));
}

#[test]
fn text_stays_within_its_width() {
    for width in [40, 60, 80, 120] {
        let style = text::Style { width, details: true, ..text::Style::default() };
        let text = text::render(&sample::dropped(), &sample::way(), &english(), style);
        for line in text.lines() {
            let long_word = line.split_whitespace().any(|word| word.chars().count() > width / 2);
            assert!(line.chars().count() <= width || long_word, "{width}: {line}");
        }
    }
}

/// A report whose every free text is hostile.
fn hostile() -> Report {
    let markup = "<img src=x onerror=alert(1)>\u{202e}\x1b[2J\"'&{{7*7}}{ $host }\u{0}";
    let mut report = sample::dropped();
    report.host.name = markup.into();
    report.profile.name = markup.into();
    report.diagnoses[0].title = markup.into();
    report.diagnoses[0].explanation = markup.into();
    report.diagnoses[0].place.as_mut().unwrap().name = markup.into();
    report.diagnoses[0].params.insert("target".into(), markup.into());
    report.diagnoses[0].fixes[0].title = markup.into();
    report.diagnoses[0].fixes[0].steps = vec![markup.into()];
    report.evidence[0].id = markup.into();
    report.diagnoses[0].evidence[0].id = markup.into();
    report.notes[0].text = markup.into();
    report.skipped[0].text = markup.into();
    report.started = markup.into();
    report.netmend = markup.into();
    if let Some(target) = &mut report.target {
        target.asked = markup.into();
        target.host = markup.into();
    }
    report
}

#[test]
fn hostile_text_is_shown_as_text_in_every_form() {
    let mut way = sample::way();
    way[0].detail = "<script>x</script>\u{202e}".into();
    let mut filled = hostile();
    english().fill(&mut filled);
    for report in [hostile(), filled] {
        let page = html::render(&report, &way, &english());
        for tag in ["<img", "<script", "onerror=alert(1)>"] {
            assert!(!page.contains(tag), "{tag}");
        }
        let ticket = markdown::render(&report, &way, &english());
        assert!(!outside_fences(&ticket).contains('<'), "{ticket}");
        let style = text::Style { colour: true, ..text::Style::default() };
        let terminal = text::render(&report, &way, &english(), style);
        assert!(!terminal.contains("\x1b[2J"));
        for form in [page, ticket, terminal] {
            assert!(!form.contains(['\u{202e}', '\u{0}']), "{form}");
        }
    }
}

fn outside_fences(markdown: &str) -> String {
    let mut fenced = false;
    let kept = markdown.lines().filter(|line| {
        fenced ^= line.starts_with("```");
        !fenced
    });
    kept.collect::<Vec<_>>().join("\n")
}

#[test]
fn html_loads_nothing_and_runs_nothing() {
    let page = html::render(&sample::dropped(), &sample::way(), &english());
    assert!(page.contains("default-src 'none'"));
    for part in [
        "<script",
        "<link",
        "<img",
        "<iframe",
        "<form",
        "@import",
        "url(",
        "http-equiv=\"refresh\"",
        " onclick",
        " href",
        " src=",
    ] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
}

#[test]
fn a_ready_message_has_what_the_other_side_needs() {
    let report = sample::dropped();
    let diagnosis = &report.diagnoses[0];
    let remedy = diagnosis.fixes.iter().find(|remedy| remedy.hand_over).unwrap();
    let message = english().message(&report, diagnosis, remedy).unwrap();
    for needed in ["203.0.113.10", "8443", "firewall.dropped", "2026-11-21 08:00:00 UTC", "[e6]", "198.51.100.1"] {
        assert!(message.contains(needed), "{needed}: {message}");
    }
    let own = diagnosis.fixes.iter().find(|remedy| !remedy.hand_over).unwrap();
    assert_eq!(english().message(&report, diagnosis, own), None);
}

#[test]
fn moments_are_written_for_people() {
    assert_eq!(crate::words::moment("2026-11-21T08:00:00.432722579Z"), "2026-11-21 08:00:00 UTC");
    for other in ["", "yesterday", "2026-11-21T08:00:00+01:00", "ééééééééééééééééééééZ"] {
        assert_eq!(crate::words::moment(other), other);
    }
}

#[test]
fn confidence_is_never_certainty() {
    let words = english();
    for (confidence, said) in
        [(1.0, "practically certain"), (0.95, "practically certain"), (0.94, "very likely"), (0.0, "unlikely")]
    {
        assert_eq!(words.confidence(confidence), said);
    }
    assert_eq!(words.confidence(f64::NAN), "unlikely");
    assert_eq!((crate::words::percent(1.0), crate::words::percent(0.0)), ("99".into(), "1".into()));
    assert_ne!(
        words.verdict(Verdict::Problem, Some(0.5), false, "a"),
        words.verdict(Verdict::Problem, Some(0.9), false, "a")
    );
}
