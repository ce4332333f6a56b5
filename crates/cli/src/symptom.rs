//! `netmend symptom`.

use std::process::ExitCode;

use netmend_model::Symptom;
use netmend_report::visible;

use crate::{diagnose, output};

/// Says what a pasted message says.
pub fn run(text: &str, json: bool) -> anyhow::Result<ExitCode> {
    let symptom = netmend_diagnose::symptom::parse(&diagnose::message(text, &output::words())?);
    let out = if json { serde_json::to_string_pretty(&symptom)? + "\n" } else { table(&symptom)? };
    output::result(&out);
    Ok(ExitCode::SUCCESS)
}

/// Field by field what the text says; what it does not say is left out.
fn table(symptom: &Symptom) -> anyhow::Result<String> {
    let value = serde_json::to_value(symptom)?;
    let mut out = String::new();
    for (field, value) in value.as_object().into_iter().flatten() {
        let text = match value {
            serde_json::Value::Null => continue,
            serde_json::Value::Array(items) if items.is_empty() => continue,
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Array(items) => {
                items.iter().filter_map(|item| item.as_str()).collect::<Vec<_>>().join(", ")
            }
            other => other.to_string(),
        };
        out += &format!("{field:12} {}\n", visible(&text));
    }
    Ok(out)
}
