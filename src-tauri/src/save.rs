//! Where a report is saved. The page never names a path: the person does, in the system's own dialog, or it is the folder
//! for downloads.

use std::path::{Path, PathBuf};

use netmend_model::Report;
use serde::Deserialize;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;

use crate::error::Error;

/// Longest part of a file name that comes from the target, in characters.
const LONGEST_NAME: usize = 60;

/// A form that a report is given away in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One self-contained HTML file.
    Html,
    /// JSON, which can be opened again.
    Json,
    /// Markdown.
    Markdown,
    /// Plain text, for tickets.
    Text,
}

impl Format {
    /// The ending of a file's name, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }
}

/// Where to save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// The folder for downloads, beside what is there.
    Downloads,
    /// Where the person says, in the system's dialog.
    Choose,
}

/// Where a report is to be saved; `None` where the person changed their mind.
pub async fn path(app: &AppHandle, report: &Report, format: Format, to: Destination) -> Result<Option<PathBuf>, Error> {
    let name = file_name(report, format);
    match to {
        Destination::Downloads => {
            let paths = app.path();
            let folder = paths.download_dir().or_else(|_| paths.home_dir()).map_err(|_| Error::NoDownloads)?;
            Ok(Some(free(&folder, &name)))
        }
        Destination::Choose => {
            let dialog = app.dialog().file().set_file_name(&name).add_filter(format.ending(), &[format.ending()]);
            let (tell, told) = std::sync::mpsc::sync_channel(1);
            dialog.save_file(move |chosen| drop(tell.send(chosen)));
            let chosen = tauri::async_runtime::spawn_blocking(move || told.recv().ok().flatten()).await;
            Ok(chosen.ok().flatten().and_then(|file| file.into_path().ok()))
        }
    }
}

/// `netmend-api.example.test-2026-11-21.html`: what it is about and when, in characters that every file system takes.
fn file_name(report: &Report, format: Format) -> String {
    let host = report.target.as_ref().map_or("online", |target| target.host.as_str());
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '-' };
    let host: String = host.chars().map(plain).take(LONGEST_NAME).collect();
    let day: String = report.started.chars().filter(|c| c.is_ascii_digit() || *c == '-').take(10).collect();
    format!("netmend-{}-{day}.{}", host.trim_matches('.'), format.ending())
}

/// The name, with a number where there is such a file already: nothing is overwritten without being asked.
fn free(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (2..1000).map(|number| folder.join(format!("{stem}-{number}.{ending}")));
    let first = folder.join(name);
    let mut all = std::iter::once(first.clone()).chain(numbered);
    all.find(|path| !path.exists()).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::report;

    #[test]
    fn a_file_is_named_after_what_was_asked_and_when() {
        assert_eq!(
            file_name(&report(Some("api.example.test")), Format::Html),
            "netmend-api.example.test-2026-11-21.html"
        );
        assert_eq!(file_name(&report(None), Format::Json), "netmend-online-2026-11-21.json");
    }

    #[test]
    fn a_hostile_name_stays_in_the_folder() {
        let name = file_name(&report(Some("../../etc/passwd\0")), Format::Markdown);
        assert!(!name.contains(['/', '\\', '\0', ':']), "{name}");
        assert!(file_name(&report(Some(&"x".repeat(500))), Format::Html).len() < 100);
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let first = free(folder.path(), "a.html");
        std::fs::write(&first, "").unwrap();
        assert_eq!(free(folder.path(), "a.html"), folder.path().join("a-2.html"));
    }
}
