//! JSON: the report as it is, indented.

use netmend_model::Report;

/// The report as JSON, ending with a line feed. Numbers that JSON cannot hold become `null`.
pub fn render(report: &Report) -> String {
    // Every part of the model has string keys; writing to memory cannot fail otherwise.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
