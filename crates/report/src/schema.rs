//! The published JSON schema of reports (`docs/report.schema.json`).

use netmend_model::Report;
use serde_json::{Value, json};

/// Where the schema is published.
const ID: &str = "https://github.com/netmend/netmend/raw/main/docs/report.schema.json";

/// The JSON schema (draft 2020-12) of `netmend.report/1`. Fields that it does not know are allowed: they are ignored when read.
pub fn schema() -> Value {
    let mut schema = serde_json::to_value(schemars::schema_for!(Report)).unwrap_or_default();
    open(&mut schema);
    if let Some(root) = schema.as_object_mut() {
        root.insert("$id".into(), json!(ID));
        root.insert("title".into(), json!("Netmend report"));
    }
    schema
}

/// A profile file refuses unknown fields; a profile inside a report must not.
fn open(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, value| !(name == "additionalProperties" && *value == json!(false)));
            fields.values_mut().for_each(open);
        }
        Value::Array(items) => items.iter_mut().for_each(open),
        _ => {}
    }
}
