//! Saves reports so that a file is either the old or the new one, never half of one.

use std::io::Write;
use std::path::{Path, PathBuf};

use netmend_model::{Report, StationState};

use crate::{Words, html, json, markdown};

/// A form that a report can be saved in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, which can be opened again.
    Json,
    /// One self-contained HTML file.
    Html,
    /// Markdown.
    Markdown,
}

impl Format {
    /// The form that a file's ending asks for: `.json`, `.html`, `.htm`, `.md`, whatever their case.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// Why a report could not be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveError {
    /// The file's ending names no form.
    Ending,
    /// The file cannot be written.
    Unwritable {
        /// What the system said.
        detail: String,
    },
}

impl SaveError {
    /// Stable code for front ends.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ending => "ending",
            Self::Unwritable { .. } => "unwritable",
        }
    }

    /// What happened, what it means and what to do, for the file `name`.
    pub fn say(&self, name: &str, words: &Words) -> String {
        match self {
            Self::Ending => words.with("error-save-ending", &[("path", name)]),
            Self::Unwritable { detail } => words.with("error-save", &[("path", name), ("detail", detail)]),
        }
    }
}

/// Renders a report in one of the forms.
pub fn render(format: Format, report: &Report, way: &[StationState], words: &Words) -> String {
    match format {
        Format::Json => json::render(report),
        Format::Html => html::render(report, way, words),
        Format::Markdown => markdown::render(report, way, words),
    }
}

/// Whether a report could be saved there: the ending is known and its folder can be written to.
///
/// # Errors
/// As of [`save`].
pub fn check(path: &Path) -> Result<(), SaveError> {
    Format::of(path).ok_or(SaveError::Ending)?;
    let beside = target(path).and_then(|(_, folder)| tempfile::NamedTempFile::new_in(folder));
    beside.map(drop).map_err(|error| SaveError::Unwritable { detail: error.to_string() })
}

/// Saves a report in the form that the file's ending asks for. It is saved as it is: redact it before.
///
/// # Errors
/// [`SaveError`]; [`SaveError::say`] turns it into a sentence.
pub fn save(path: &Path, report: &Report, way: &[StationState], words: &Words) -> Result<(), SaveError> {
    let format = Format::of(path).ok_or(SaveError::Ending)?;
    let text = render(format, report, way, words);
    write(path, text.as_bytes()).map_err(|error| SaveError::Unwritable { detail: error.to_string() })
}

/// Writes a file beside the wanted one and then puts it in its place. Only its owner may read it: a report is private until
/// it is given away.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let (path, folder) = target(path)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|failed| failed.error)?;
    Ok(())
}

/// The file to replace, and its folder.
fn target(path: &Path) -> std::io::Result<(PathBuf, PathBuf)> {
    // A link stays a link: what it points to is replaced.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if path.is_dir() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    };
    Ok((path, folder))
}
