//! `netmend symptom`.

use std::process::ExitCode;

use netmend_model::Symptom;
use netmend_report::visible;
use serde_json::Value;

use crate::{diagnose, output};

/// Says what a pasted message says.
pub fn run(text: &str, json: bool) -> anyhow::Result<ExitCode> {
    let symptom = netmend_diagnose::symptom::parse(&diagnose::message(text, &output::words())?);
    let out = if json { serde_json::to_string_pretty(&symptom)? + "\n" } else { table(&symptom)? };
    output::result(&out);
    Ok(ExitCode::SUCCESS)
}

/// The fields in the order in which they are read.
const FIELDS: [&str; 10] =
    ["kind", "alternatives", "host", "ip", "port", "error_code", "runtime", "local", "resolver", "proxied"];

/// Field by field what the text says, under the names of `--json`; what it does not say is left out.
fn table(symptom: &Symptom) -> anyhow::Result<String> {
    let value = serde_json::to_value(symptom)?;
    let said = FIELDS.into_iter().filter_map(|field| Some((field, text(&value[field])?)));
    Ok(said.map(|(field, text)| format!("{field:12}  {}\n", visible(&text))).collect())
}

/// `None` for what the text does not say.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_shown() {
        let symptom = netmend_diagnose::symptom::parse("");
        let value = serde_json::to_value(symptom).unwrap();
        let mut keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let mut fields = FIELDS;
        keys.sort_unstable();
        fields.sort_unstable();
        assert_eq!(keys, fields);
    }
}
