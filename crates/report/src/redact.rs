//! Removes from a report what others must not see.
//!
//! `standard` removes what identifies a person or opens a door; `strict` also replaces host names and private addresses.
//! Two nets catch it. The first knows every field of the model ([`class`]); a field that is not classed fails a test. The second
//! looks for secrets by their form in every text ([`secrets`]), whatever the field. What is replaced keeps its relations: the
//! same name or address becomes the same pseudonym everywhere, a private address stays private and in its network, so that
//! the report still reads and still gives the same diagnosis.

mod address;
mod class;
mod name;
mod scrub;
mod secrets;

use netmend_model::{Redaction, Report};
use serde_json::Value;

use scrub::Scrubber;

/// A copy of the report from which the level's share is removed. A report that was redacted before is never less redacted
/// afterwards; what was replaced then is not replaced again.
pub fn redact(report: &Report, level: Redaction) -> Report {
    if level == Redaction::None {
        return report.clone();
    }
    let Ok(mut value) = serde_json::to_value(report) else { return emptied(report, level) };
    let mut scrubber = Scrubber::new(report, &value, level);
    walk(&mut value, "", &mut |path, text| scrubber.scrub(class::of(path), text));
    match serde_json::from_value::<Report>(value) {
        Ok(redacted) => Report { redaction: strongest(report.redaction, level), ..redacted },
        // Scrubbing keeps every form (the tests hold it to that); should it not, nothing is given away.
        Err(error) => {
            debug_assert!(false, "a redacted report no longer reads: {error}");
            emptied(report, level)
        }
    }
}

/// The report without anything measured: what is left when redacting fails.
fn emptied(report: &Report, level: Redaction) -> Report {
    Report {
        target: None,
        symptom: None,
        diagnoses: Vec::new(),
        evidence: Vec::new(),
        notes: Vec::new(),
        skipped: Vec::new(),
        steps: Vec::new(),
        host: netmend_model::Host::default(),
        schema: netmend_model::SCHEMA.to_owned(),
        started: String::new(),
        netmend: String::new(),
        language: String::new(),
        profile: netmend_model::Profile::default(),
        redaction: level,
        ..report.clone()
    }
}

fn strongest(one: Redaction, other: Redaction) -> Redaction {
    match (one, other) {
        (Redaction::Strict, _) | (_, Redaction::Strict) => Redaction::Strict,
        (Redaction::Standard, _) | (_, Redaction::Standard) => Redaction::Standard,
        (Redaction::None, Redaction::None) => Redaction::None,
    }
}

/// Calls `f` with the path and the text of every string, in the order of the document; its answer takes the text's place.
fn walk(value: &mut Value, path: &str, f: &mut impl FnMut(&str, &str) -> String) {
    match value {
        Value::String(text) => *text = f(path, text),
        Value::Array(items) => {
            let path = format!("{path}[]");
            if let [Value::String(name), Value::String(header)] = items.as_mut_slice()
                && path.ends_with("headers[][]")
            {
                // What a header's value may tell depends on its name.
                *header = f(&format!("{path}.{}", name.to_ascii_lowercase()), header);
                *name = f(&path, name);
                return;
            }
            for item in items {
                walk(item, &path, f);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(field, &path, f);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests;
