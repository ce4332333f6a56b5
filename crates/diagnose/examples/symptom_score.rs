//! Measures the symptom parser on a labelled collection: one JSON object a line with `text`, `kind`, `host`, `ip`, `port`.
//!
//! ```text
//! cargo run -p netmend-diagnose --example symptom_score -- messages.jsonl
//! ```
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program for the terminal that reads a file and measures time; the library does neither"
)]

use std::process::ExitCode;
use std::time::Instant;

use netmend_diagnose::symptom;

use serde_json::Value;

/// The fields that are judged.
const FIELDS: [&str; 4] = ["kind", "host", "ip", "port"];

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("No collection was given. Call: symptom_score MESSAGES.jsonl");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path} cannot be read: {error}");
            return ExitCode::from(2);
        }
    };
    match measure(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{path}: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn measure(text: &str) -> Result<(), String> {
    let mut right = [0u32; 4];
    let (mut total, mut alarms, mut negatives) = (0u32, 0u32, 0u32);
    let started = Instant::now();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let label: Value = serde_json::from_str(line).map_err(|error| format!("line {}: {error}", index + 1))?;
        let message = label["text"].as_str().ok_or_else(|| format!("line {}: no text", index + 1))?;
        let said = serde_json::to_value(symptom::parse(message)).map_err(|error| error.to_string())?;
        total += 1;
        let negative = label["kind"] == "unknown_not_network";
        negatives += u32::from(negative);
        for (at, field) in FIELDS.iter().enumerate() {
            if accepts(&label, &said, field) {
                right[at] += 1;
            } else {
                alarms += u32::from(negative && *field == "kind");
                println!("{} {field}: {} instead of {}\n    {message:?}", label["id"], said[field], label[field]);
            }
        }
    }
    if total == 0 {
        return Err("holds no messages".to_owned());
    }
    println!("{total} messages in {:?}", started.elapsed());
    for (field, right) in FIELDS.iter().zip(right) {
        println!("{field:5} {right:4} right, {:5.1} %", f64::from(right) * 100.0 / f64::from(total));
    }
    println!("false alarms: {alarms} of {negatives}");
    Ok(())
}

/// Whether an answer is the label's or one that it allows.
fn accepts(label: &Value, said: &Value, field: &str) -> bool {
    let others = if field == "kind" { "alt".to_owned() } else { format!("alt_{field}") };
    let allowed = label[others.as_str()].as_array().is_some_and(|others| others.contains(&said[field]));
    let host_free = label["host_optional"] == true && matches!(field, "host" | "ip" | "port");
    let optional = host_free || label[format!("{field}_optional").as_str()] == true;
    let same = match (said[field].as_str(), label[field].as_str()) {
        (Some(one), Some(other)) if field != "kind" => one.eq_ignore_ascii_case(other),
        _ => said[field] == label[field],
    };
    same || allowed || said[field].is_null() && optional
}
