//! Opens saved reports. A file may come from anybody: size and depth are bounded, and every refusal says what to do.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use netmend_model::{Profile, Report, SCHEMA};
use serde_json::Value;

use crate::{Words, visible};

/// Largest report that is read, in bytes. A long run has about one mebibyte.
pub const LARGEST: u64 = 64 << 20;

/// The schema's name before its version.
const NAME: &str = "netmend.report/";

/// Why a report cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// The file cannot be read.
    Unreadable {
        /// What the system said.
        detail: String,
    },
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// It is not JSON.
    NotJson {
        /// Where and why.
        detail: String,
    },
    /// It is JSON, but no report.
    NoReport {
        /// What is missing or wrong.
        detail: String,
    },
    /// A newer version wrote it.
    Newer {
        /// Its schema.
        schema: String,
    },
    /// An older version wrote it, whose reports are no longer read.
    Older {
        /// Its schema.
        schema: String,
    },
}

impl LoadError {
    /// Stable code for front ends.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::TooLarge => "too_large",
            Self::NotJson { .. } => "not_json",
            Self::NoReport { .. } => "no_report",
            Self::Newer { .. } => "newer",
            Self::Older { .. } => "older",
        }
    }

    /// What happened, what it means and what to do, for the file `name`.
    pub fn say(&self, name: &str, words: &Words) -> String {
        let key = match self {
            Self::Unreadable { .. } => "error-load-unreadable",
            Self::TooLarge => "error-load-too-large",
            Self::NotJson { .. } => "error-load-not-json",
            Self::NoReport { .. } => "error-load-no-report",
            Self::Newer { .. } => "error-load-newer",
            Self::Older { .. } => "error-load-older",
        };
        let limit = format!("{} MiB", LARGEST >> 20);
        let (detail, schema) = match self {
            Self::Unreadable { detail } | Self::NotJson { detail } | Self::NoReport { detail } => (detail.as_str(), ""),
            Self::Newer { schema } | Self::Older { schema } => ("", schema.as_str()),
            Self::TooLarge => ("", ""),
        };
        words.with(key, &[("path", name), ("detail", detail), ("schema", schema), ("limit", &limit)])
    }
}

/// Opens a report saved as JSON. Fields that this version does not know are ignored.
///
/// # Errors
/// [`LoadError`]; [`LoadError::say`] turns it into a sentence.
pub fn load(path: &Path) -> Result<Report, LoadError> {
    let unreadable = |error: std::io::Error| LoadError::Unreadable { detail: error.to_string() };
    // Opening a pipe or a device could wait for ever.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(LoadError::Unreadable { detail: "not a regular file".into() });
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    parse(&bytes)
}

/// Reads a report from JSON.
///
/// # Errors
/// As [`load`].
pub fn parse(bytes: &[u8]) -> Result<Report, LoadError> {
    if bytes.len() as u64 > LARGEST {
        return Err(LoadError::TooLarge);
    }
    // Editors on Windows may have put a byte order mark before it.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut value: Value =
        serde_json::from_slice(bytes).map_err(|error| LoadError::NotJson { detail: error.to_string() })?;
    version(&value)?;
    known_profile(&mut value);
    serde_json::from_value(value).map_err(|error| LoadError::NoReport { detail: visible(&error.to_string()).into() })
}

/// Whether this version reads that schema.
fn version(value: &Value) -> Result<(), LoadError> {
    let Some(schema) = value.get("schema").and_then(Value::as_str) else {
        return Err(LoadError::NoReport { detail: "no field \"schema\"".into() });
    };
    let number = |schema: &str| schema.strip_prefix(NAME).and_then(|version| version.parse::<u32>().ok());
    let Some(found) = number(schema) else {
        let shown: String = visible(schema).chars().take(80).collect();
        return Err(LoadError::NoReport { detail: format!("schema \"{shown}\"") });
    };
    match found.cmp(&number(SCHEMA).unwrap_or_default()) {
        std::cmp::Ordering::Greater => Err(LoadError::Newer { schema: schema.to_owned() }),
        std::cmp::Ordering::Less => Err(LoadError::Older { schema: schema.to_owned() }),
        std::cmp::Ordering::Equal => Ok(()),
    }
}

/// Drops what a newer profile says more: the profile's own type refuses unknown fields, as befits a file written by hand,
/// but a report must be readable all the same.
fn known_profile(value: &mut Value) {
    let Some(profile) = value.get_mut("profile") else { return };
    let sample = Profile {
        services: vec![netmend_model::Service {
            name: String::new(),
            target: String::new(),
            internal: false,
            expect: None,
        }],
        ..Profile::default()
    };
    retain_known(profile, &serde_json::to_value(sample).unwrap_or_default());
}

/// Keeps the fields that the sample has, at every depth.
fn retain_known(value: &mut Value, sample: &Value) {
    match (value, sample) {
        (Value::Object(fields), Value::Object(known)) => {
            fields.retain(|name, _| known.contains_key(name));
            for (name, field) in fields {
                retain_known(field, &known[name]);
            }
        }
        (Value::Array(items), Value::Array(known)) => {
            if let Some(sample) = known.first() {
                for item in items {
                    retain_known(item, sample);
                }
            }
        }
        _ => {}
    }
}
