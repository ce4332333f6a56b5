//! What can go wrong between the window and the engine: a code and values; the words are `error-<code>` in `locales/`.

use std::collections::BTreeMap;

use netmend_diagnose::target::TargetError;
use netmend_report::{LARGEST, LoadError, SaveError};
use serde::{Serialize, Serializer};

/// What can go wrong between the window and the engine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The words cannot be a target.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The organisation's settings cannot be read.
    #[error("{detail}")]
    Profile {
        /// What is wrong with them, in English.
        detail: String,
    },
    /// What was opened is no report that this version reads.
    #[error("no report: {0:?}")]
    Load(LoadError),
    /// The report cannot be saved.
    #[error("not saved at {path}: {error:?}")]
    Save {
        /// Where it was to be saved.
        path: String,
        /// Why it was not.
        error: SaveError,
    },
    /// The system names no folder to save in.
    #[error("no folder for downloads")]
    NoDownloads,
    /// A report has no diagnosis or remedy at this place, or the remedy is not for somebody else.
    #[error("no message for this remedy")]
    NoMessage,
    /// A window could not be opened.
    #[error(transparent)]
    Window(#[from] tauri::Error),
}

/// An error as the window gets it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Problem {
    /// The words are `error-<code>`, with hyphens.
    pub code: String,
    /// Values for the words.
    pub params: BTreeMap<&'static str, String>,
}

impl Error {
    /// The code and the values for its words.
    pub fn problem(&self) -> Problem {
        Problem { code: self.code(), params: self.params().into_iter().collect() }
    }

    fn code(&self) -> String {
        match self {
            Self::Target(error) => format!("target_{}", error.code()),
            Self::Profile { .. } => "profile".to_owned(),
            Self::Load(error) => format!("load_{}", error.code()),
            Self::Save { error: SaveError::Ending, .. } => "save_ending".to_owned(),
            Self::Save { .. } => "save".to_owned(),
            Self::NoDownloads => "downloads".to_owned(),
            Self::NoMessage => "unexpected".to_owned(),
            Self::Window(_) => "window".to_owned(),
        }
    }

    fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Target(error) => vec![("given", error.given())],
            Self::Load(error) => load_params(error),
            Self::Save { path, error: SaveError::Unwritable { detail } } => {
                vec![("path", path.clone()), ("detail", detail.clone())]
            }
            Self::Save { path, .. } => vec![("path", path.clone())],
            Self::NoDownloads => Vec::new(),
            Self::Profile { .. } | Self::NoMessage | Self::Window(_) => vec![("detail", self.to_string())],
        }
    }
}

fn load_params(error: &LoadError) -> Vec<(&'static str, String)> {
    let (detail, schema) = match error {
        LoadError::Unreadable { detail } | LoadError::NotJson { detail } | LoadError::NoReport { detail } => {
            (detail.clone(), String::new())
        }
        LoadError::Newer { schema } | LoadError::Older { schema } => (String::new(), schema.clone()),
        LoadError::TooLarge => (String::new(), String::new()),
    };
    vec![("detail", detail), ("schema", schema), ("limit", format!("{} MiB", LARGEST >> 20))]
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.problem().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str =
        concat!(include_str!("../../locales/en/wizard.ftl"), "\n", include_str!("../../locales/en/report.ftl"), "\n");

    fn every() -> Vec<Error> {
        let text = || "x".to_owned();
        let targets = [
            TargetError::Empty,
            TargetError::TooLong { length: 9000 },
            TargetError::NoHost { given: text(), prefix: text() },
            TargetError::PortRange { given: text() },
            TargetError::PortNotNumber { given: text() },
            TargetError::Host { given: text() },
            TargetError::Ipv4 { given: text() },
            TargetError::Ipv6 { given: text() },
            TargetError::Zone { given: text() },
            TargetError::UnknownScheme { scheme: text() },
        ];
        let loads = [
            LoadError::Unreadable { detail: text() },
            LoadError::TooLarge,
            LoadError::NotJson { detail: text() },
            LoadError::NoReport { detail: text() },
            LoadError::Newer { schema: text() },
            LoadError::Older { schema: text() },
        ];
        let saves = [SaveError::Ending, SaveError::Unwritable { detail: text() }];
        targets
            .map(Error::from)
            .into_iter()
            .chain(loads.map(Error::Load))
            .chain(saves.map(|error| Error::Save { path: text(), error }))
            .chain([Error::Profile { detail: text() }, Error::NoDownloads, Error::NoMessage])
            .collect()
    }

    #[test]
    fn every_error_has_words() {
        for error in every() {
            let key = format!("\nerror-{} =", error.code().replace('_', "-"));
            assert!(WORDS.contains(&key), "no words for{key}");
        }
    }

    #[test]
    fn the_window_gets_code_and_values() {
        let error = Error::from(TargetError::PortRange { given: "70000".to_owned() });
        let json = serde_json::to_value(&error).unwrap();
        assert_eq!(json, serde_json::json!({ "code": "target_port_range", "params": { "given": "70000" } }));
    }
}
