//! The targets checked last, kept on this computer alone: a convenience of the first step.

use std::fs;
use std::path::{Path, PathBuf};

use netmend_model::Target;
use serde::{Deserialize, Serialize};

/// As many as fit on one or two lines.
const KEPT: usize = 6;

/// A target of an earlier run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// The words as they were given, without credentials.
    pub asked: String,
    /// When it was checked last (RFC 3339).
    pub at: String,
}

fn file() -> Option<PathBuf> {
    Some(netmend_engine::data_folder()?.join("recent.json"))
}

/// The targets checked last, the latest first; none where none can be read.
pub fn read() -> Vec<Recent> {
    file().map(|file| read_from(&file)).unwrap_or_default()
}

/// Puts a target first. That it could not be kept is no reason to hold up a check.
pub fn keep(target: &Target) {
    if let Some(file) = file() {
        let _ = keep_in(&file, &words(target));
    }
}

/// What to type to ask the same again.
fn words(target: &Target) -> String {
    let host = &target.host;
    match (&target.scheme, target.port) {
        (Some(_), _) => target.asked.clone(),
        (None, Some(port)) if host.contains(':') => format!("[{host}]:{port}"),
        (None, Some(port)) => format!("{host}:{port}"),
        (None, None) => host.clone(),
    }
}

fn read_from(file: &Path) -> Vec<Recent> {
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn keep_in(file: &Path, asked: &str) -> std::io::Result<()> {
    let mut all = read_from(file);
    all.retain(|recent| recent.asked != asked);
    all.insert(0, Recent { asked: asked.to_owned(), at: jiff::Timestamp::now().to_string() });
    all.truncate(KEPT);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    // Written beside and moved over, so that the file is whole at any time.
    let beside = file.with_extension("json.new");
    fs::write(&beside, serde_json::to_vec(&all)?)?;
    fs::rename(beside, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_stands_first_and_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deeper/recent.json");
        for asked in ["a.example", "b.example", "a.example"] {
            keep_in(&file, asked).unwrap();
        }
        let asked: Vec<_> = read_from(&file).into_iter().map(|recent| recent.asked).collect();
        assert_eq!(asked, ["a.example", "b.example"]);
    }

    #[test]
    fn only_a_few_are_kept_and_a_broken_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("recent.json");
        fs::write(&file, "not json").unwrap();
        assert_eq!(read_from(&file), []);
        for number in 0..20 {
            keep_in(&file, &format!("{number}.example")).unwrap();
        }
        assert_eq!(read_from(&file).len(), KEPT);
    }
}
