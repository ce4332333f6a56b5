//! Wrong calls: a clear sentence, status 2, and nothing measured.

use crate::support::{Place, sample, stderr};

/// The call ends with 2, prints nothing on standard output, and its complaint has all these parts.
fn wrong(place: &Place, arguments: &[&str], parts: &[&str]) {
    let assert = place.netmend(arguments).assert().code(2).stdout("");
    let said = stderr(&assert);
    for part in parts {
        assert!(said.contains(part), "{arguments:?} said: {said}");
    }
    assert!(said.len() < 800 && !said.contains("panicked") && !said.contains("Error {"), "{arguments:?} said: {said}");
}

#[test]
fn targets_that_are_none() {
    let place = Place::new();
    wrong(&place, &["diagnose", "http://"], &["http://", "names no host"]);
    wrong(&place, &["diagnose", "example.test:70000"], &["70000", "1 to 65535"]);
    wrong(&place, &["connect", "example.test:0"], &["1 to 65535"]);
    wrong(&place, &["diagnose", ""], &["netmend:"]);
    wrong(&place, &["diagnose", "a b c"], &["netmend:"]);
    wrong(&place, &["dns", "example.test", "--server", "nonsense"], &["nonsense", "192.0.2.53"]);
}

#[test]
fn options_that_are_none() {
    let place = Place::new();
    wrong(&place, &["diagnose", "--nonsense"], &["--nonsense", "Usage:"]);
    wrong(&place, &["nonsense"], &["nonsense"]);
    wrong(&place, &["diagnose", "-4", "-6"], &["-4", "-6"]);
    wrong(&place, &["diagnose", "--json", "--ndjson"], &["--json", "--ndjson"]);
    wrong(&place, &["diagnose", "--budget", "5x"], &["5x", "500ms"]);
    wrong(&place, &["diagnose", "--client-timeout=-1s"], &["-1s", "between"]);
    wrong(&place, &["diagnose", "--expect", "gopher"], &["gopher", "postgres"]);
    wrong(&place, &["diagnose", "--redact", "some"], &["some", "strict"]);
    wrong(&place, &["ping"], &["TARGET"]);
    wrong(&place, &["ping", "-c", "0", "192.0.2.1"], &["0"]);
    wrong(&place, &["completions", "nonsense"], &["bash", "zsh"]);
}

#[test]
fn without_a_command_and_without_a_display_the_help_is_shown() {
    // Elsewhere there is always a display, and the window would open.
    if std::env::consts::OS == "linux" {
        let said = stderr(&Place::new().netmend([""; 0]).assert().code(2).stdout(""));
        assert!(said.contains("no display") && said.contains("Usage: netmend"), "{said}");
    }
}

#[test]
fn messages_that_say_nothing() {
    let place = Place::new();
    for empty in ["", "  \n\t "] {
        wrong(&place, &["diagnose", "--symptom", empty], &["message is empty"]);
        wrong(&place, &["diagnose", "example.test", "--symptom", empty], &["message is empty"]);
    }
    wrong(&place, &["diagnose", "--symptom", "it does not work"], &["names no host", "HOST:PORT"]);
    // Standard input is empty as well.
    wrong(&place, &["diagnose", "--symptom", "-"], &["message is empty"]);
}

#[test]
fn profiles_with_mistakes_name_the_line() {
    let place = Place::new();
    place.file("typo.toml", "name = \"x\"\n[reference]\nresolver = [\"192.0.2.53\"]\n");
    place.file("syntax.toml", "name = \"x\"\n[reference\n");
    place.file("value.toml", "[reference]\n\nresolvers = [\"nonsense\"]\n");
    for (file, line) in [("typo.toml", "line 3"), ("syntax.toml", "line 2"), ("value.toml", "line 3")] {
        wrong(&place, &["diagnose", "example.test", "--profile", file], &[file, line]);
    }
    wrong(&place, &["diagnose", "example.test", "--profile", "missing.toml"], &["missing.toml"]);
    let assert = place.netmend(["diagnose"]).env("NETMEND_PROFILE", place.path("typo.toml")).assert().code(2);
    assert!(stderr(&assert).contains("line 3"));
}

#[test]
fn files_that_are_no_reports() {
    let place = Place::new();
    place.file("text.json", "no JSON");
    place.file("other.json", "{\"a\": 1}");
    place.file("array.json", "[1, 2]");
    let newer = std::fs::read_to_string(sample()).unwrap().replace("netmend.report/1", "netmend.report/2");
    place.file("newer.json", newer);
    let files = [
        ("text.json", "not JSON"),
        ("other.json", "not a Netmend report"),
        ("newer.json", "newer Netmend"),
        ("missing.json", "cannot be read"),
        ("array.json", "not a Netmend report"),
    ];
    for (file, part) in files {
        wrong(&place, &["report", "show", file], &[file, part]);
        wrong(&place, &["report", "redact", file], &[file, part]);
        wrong(&place, &["report", "verify", file], &[file, part]);
        wrong(&place, &["fix", "firewall.dropped", "--report", file], &[file, part]);
    }
    wrong(&place, &["report", "show", "."], &["cannot be read"]);
}

#[test]
fn files_that_cannot_be_written_are_refused_before_anything_is_measured() {
    let place = Place::new();
    std::fs::create_dir(place.path("folder.json")).unwrap();
    for (file, part) in [
        ("a.txt", ".json, .html or .md"),
        ("a", ".json, .html or .md"),
        ("no/such/a.json", "cannot be written"),
        ("folder.json", "cannot be written"),
    ] {
        wrong(&place, &["diagnose", "192.0.2.1", "--output", file], &[file, part]);
        let sample = sample();
        wrong(&place, &["report", "redact", sample.to_str().unwrap(), "--output", file], &[file, part]);
    }
    place.file("file", "");
    wrong(&place, &["man", "file/below"], &["file/below", "cannot be written"]);
}
