//! Whole runs in network namespaces of their own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Place, SILENT, json, quiet_profile};

/// Behind the interface of [`SILENT`] there is nobody.
const NOBODY: &str = "192.0.2.77:8443";

struct Done {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(mut command: Command) -> Done {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Done { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn without_a_network_the_link_is_down() {
    let place = Place::new();
    let Some(command) = place.apart("exec \"$0\" diagnose --json") else { return };
    let done = run(command);
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    let report = json(&done.stdout);
    assert_eq!(report["diagnoses"][0]["cause"], "link.down");
    assert_eq!(report["redaction"], "standard");
    assert!(!report["diagnoses"][0]["title"].as_str().unwrap().is_empty(), "words are filled in");
    let text = run(place.apart("exec \"$0\" diagnose example.test").unwrap());
    assert_eq!(text.code, Some(1));
    assert!(text.stdout.contains("link.down") && !text.stdout.contains('\x1b'), "{}", text.stdout);
    assert_eq!(text.stderr, "", "without a terminal nothing moves");
}

#[test]
fn events_are_lines_of_json_and_the_last_has_the_report() {
    let place = Place::new();
    let Some(command) = place.apart("exec \"$0\" diagnose --ndjson --output r.json") else { return };
    let done = run(command);
    let events: Vec<netmend_model::Event> =
        done.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect();
    assert!(matches!(events.first(), Some(netmend_model::Event::Started { .. })));
    let Some(netmend_model::Event::Finished { report }) = events.last() else { panic!("{}", done.stdout) };
    assert_eq!(report.diagnoses[0].cause.id(), "link.down");
    assert!(done.stderr.contains("r.json"), "{}", done.stderr);
    let saved = json(&std::fs::read_to_string(place.path("r.json")).unwrap());
    assert_eq!(saved["verdict"], "problem");
    place.netmend(["report", "verify", "r.json"]).assert().code(0);
}

#[test]
fn options_reach_the_run() {
    let place = Place::new();
    let script = format!(
        "{SILENT} exec \"$0\" diagnose {NOBODY} -4 --no-external --expect postgres --client-timeout 250ms --budget 1500ms --ndjson"
    );
    let Some(command) = place.apart(&script) else { return };
    let done = run(command);
    let first = json(done.stdout.lines().next().unwrap());
    assert_eq!(first["contacts"], Value::Array(Vec::new()));
    let report = json(done.stdout.lines().last().unwrap())["report"].clone();
    assert_eq!(report["settings"]["client_timeout_ms"], 250.0);
    assert_eq!(report["settings"]["family"], "ipv4");
    assert_eq!(report["settings"]["external"], false);
    assert_eq!(report["settings"]["budget_ms"], 1500.0);
    assert_eq!(report["target"]["expect"], "postgres");
}

#[test]
fn a_message_completes_the_target() {
    let place = Place::new();
    let script = "exec \"$0\" diagnose 192.0.2.77 --symptom 'connect ETIMEDOUT 192.0.2.77:5432' --json";
    let Some(command) = place.apart(script) else { return };
    let report = json(&run(command).stdout);
    assert_eq!(report["target"]["host"], "192.0.2.77");
    assert_eq!(report["target"]["port"], 5432);
    assert_eq!(report["symptom"]["kind"], "connect_timeout");
}

/// Begins a run whose target never answers, and waits for its first line.
fn begun(place: &Place, options: &str) -> Option<(Child, impl Iterator<Item = String> + use<>)> {
    let profile = quiet_profile(place);
    let script = format!("{SILENT} exec \"$0\" diagnose {NOBODY} --ndjson --profile {} {options}", profile.display());
    let mut child = place.apart(&script)?.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let first = lines.next().expect("a first event");
    assert_eq!(json(&first)["event"], "started", "{first}");
    Some((child, lines))
}

#[test]
fn a_run_ends_with_its_budget() {
    let place = Place::new();
    let Some((mut child, lines)) = begun(&place, "--budget 1s") else { return };
    let began = Instant::now();
    let last = lines.last().unwrap();
    let code = child.wait().unwrap().code();
    let took = began.elapsed();
    assert!(took < Duration::from_millis(1300), "{took:?}");
    let report = json(&last)["report"].clone();
    let expected = if report["verdict"] == "inconclusive" { 3 } else { 1 };
    assert_eq!(code, Some(expected), "{}", report["verdict"]);
}

#[test]
fn a_run_without_time_says_so() {
    let place = Place::new();
    let script = format!("{SILENT} exec \"$0\" diagnose {NOBODY} --no-external --budget 30ms");
    let Some(command) = place.apart(&script) else { return };
    let done = run(command);
    assert_eq!(done.code, Some(3), "{}", done.stdout);
    assert!(done.stdout.contains("time ran out") && done.stdout.contains("--budget"), "{}", done.stdout);
    assert!(!done.stdout.contains("checking"), "{}", done.stdout);
}

#[test]
fn ctrl_c_ends_a_run_at_once_with_what_is_known() {
    let place = Place::new();
    let Some((mut child, mut lines)) = begun(&place, "--output r.json") else { return };
    let measured = lines.by_ref().find(|line| line.contains("\"event\":\"measured\""));
    assert!(measured.is_some());
    let began = Instant::now();
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let last = lines.last().unwrap();
    let code = child.wait().unwrap().code();
    let took = began.elapsed();
    assert_eq!(code, Some(130));
    assert!(took < Duration::from_millis(200), "{took:?}");
    let event = json(&last);
    assert_eq!((&event["event"], &event["report"]["interrupted"]), (&"finished".into(), &true.into()));
    place.netmend(["report", "verify", "r.json"]).assert().code(0);
    place.netmend(["report", "show", "r.json"]).assert().code(0);
}

#[test]
fn single_diagnostics_print_tables_or_json() {
    let place = Place::new();
    for call in ["interfaces", "routes", "listeners", "firewall", "proxy", "connect 192.0.2.77:80 --budget 1s"] {
        let Some(command) = place.apart(&format!("{SILENT} exec \"$0\" {call} --json")) else { return };
        let done = run(command);
        let evidence = json(&done.stdout);
        assert_eq!(evidence[0]["id"], "e1", "{call}: {}", done.stdout);
        let text = run(place.apart(&format!("{SILENT} exec \"$0\" {call}")).unwrap());
        assert_eq!(text.code, done.code, "{call}");
        assert!(!text.stdout.is_empty() && !text.stdout.contains(['\x1b', '{']), "{call}: {}", text.stdout);
        assert!(!text.stdout.contains("table-") && !text.stdout.contains("state-"), "{call}: {}", text.stdout);
    }
    let text = run(place.apart(&format!("{SILENT} exec \"$0\" interfaces")).unwrap()).stdout;
    let lo = text.lines().find(|line| line.trim().starts_with("lo ")).unwrap();
    assert!(lo.contains("65536") && lo.contains("127.0.0.1/8"), "{text}");
}

#[test]
fn a_name_without_an_address_gives_nothing_to_measure() {
    let place = Place::new();
    let Some(command) = place.apart("exec \"$0\" connect no-such-name.invalid:80 --budget 3s") else { return };
    let done = run(command);
    assert_eq!(done.code, Some(3), "{}", done.stdout);
    assert!(done.stderr.contains("No address of no-such-name.invalid"), "{}", done.stderr);
}
