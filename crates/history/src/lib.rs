//! Past runs, kept in one SQLite file on this computer and nowhere else.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod folder;
mod migrate;

use std::path::{Path, PathBuf};
use std::time::Duration;

use netmend_model::{Redaction, Report, Verdict};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub use folder::{default_path, default_path_from};

/// Largest number of runs that are kept.
pub const MOST_RUNS: u32 = 500;

/// How long runs are kept, in days.
pub const LONGEST_DAYS: u32 = 180;

/// How long a statement waits for another Netmend that writes.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why the history cannot be used. A run goes on without it.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// A newer Netmend wrote the file; it is left as it is.
    #[error(
        "The history {path} was written by a newer Netmend (version {found}). Update Netmend to see it; nothing was changed."
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
    /// The file is no history, or is damaged.
    #[error("{path} is not a Netmend history or is damaged ({detail}). Move it away, and a new one is begun.")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        detail: String,
    },
    /// The folder or the file cannot be made or written.
    #[error("The history {path} cannot be opened ({detail}). Check the folder's rights and the free space.")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// A report that still holds what must not be kept.
    #[error("Only redacted reports are kept in the history. Redact the report first.")]
    NotRedacted,
    /// Reading or writing failed.
    #[error("The history could not be read or written ({0}). Another program may hold it; try again.")]
    Failed(#[from] rusqlite::Error),
    /// A kept report cannot be read or written as JSON.
    #[error("A report in the history could not be read or written ({0}). The other runs are not affected.")]
    Report(#[from] serde_json::Error),
}

/// A past run in one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// Begin (RFC 3339, UTC).
    pub started: String,
    /// What was asked; empty for "is this computer online".
    pub target: String,
    /// The answer.
    pub verdict: Verdict,
    /// Id of the first cause, if one was found.
    pub cause: Option<String>,
    /// Its probability, 0 to 1.
    pub confidence: Option<f64>,
}

/// Past runs.
#[derive(Debug)]
pub struct History {
    connection: Connection,
}

impl History {
    /// Opens the history, and makes it (with its folder) where there is none.
    ///
    /// # Errors
    /// When the file is of a newer version, damaged, or cannot be made.
    pub fn open(path: &Path) -> Result<Self, HistoryError> {
        let unusable = |detail: String| HistoryError::Unusable { path: path.to_path_buf(), detail };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| unusable(error.to_string()))?;
        }
        let mut connection = Connection::open(path).map_err(|error| unusable(error.to_string()))?;
        connection.busy_timeout(PATIENCE)?;
        migrate::run(&mut connection, path)?;
        Ok(Self { connection })
    }

    /// Keeps a run, which must be redacted, and drops those that are too old or too many. Gives its number.
    ///
    /// # Errors
    /// When the report is not redacted, or the file cannot be written.
    pub fn record(&mut self, report: &Report) -> Result<i64, HistoryError> {
        if report.redaction == Redaction::None {
            return Err(HistoryError::NotRedacted);
        }
        let first = report.diagnoses.first().filter(|_| report.verdict == Verdict::Problem);
        let target = report.target.as_ref().map_or("", |target| target.asked.as_str());
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "INSERT INTO run (started, target, verdict, cause, confidence, report) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                report.started,
                target,
                name(report.verdict),
                first.map(|diagnosis| diagnosis.cause.id()),
                first.map(|diagnosis| diagnosis.confidence),
                serde_json::to_string(report)?,
            ],
        )?;
        let id = transaction.last_insert_rowid();
        transaction.commit()?;
        self.prune(MOST_RUNS, LONGEST_DAYS)?;
        Ok(id)
    }

    /// The targets asked last, each once, the latest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn recent_targets(&self, most: u32) -> Result<Vec<String>, HistoryError> {
        let mut statement = self
            .connection
            .prepare("SELECT target FROM run WHERE target <> '' GROUP BY target ORDER BY max(id) DESC LIMIT ?1")?;
        let targets = statement.query_map([most], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(targets)
    }

    /// The last runs, the latest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn runs(&self, most: u32) -> Result<Vec<Run>, HistoryError> {
        let mut statement = self
            .connection
            .prepare("SELECT id, started, target, verdict, cause, confidence FROM run ORDER BY id DESC LIMIT ?1")?;
        let runs = statement.query_map([most], run)?.collect::<Result<_, _>>()?;
        Ok(runs)
    }

    /// The report of a run; `None` where there is no such run.
    ///
    /// # Errors
    /// When the file or the report in it cannot be read.
    pub fn report(&self, id: i64) -> Result<Option<Report>, HistoryError> {
        let json: Option<String> =
            self.connection.query_row("SELECT report FROM run WHERE id = ?1", [id], |row| row.get(0)).optional()?;
        Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
    }

    /// Drops runs beyond the newest `most`, and those that began more than `days` days ago. Gives how many went.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn prune(&mut self, most: u32, days: u32) -> Result<usize, HistoryError> {
        let gone = self.connection.execute(
            "DELETE FROM run WHERE id NOT IN (SELECT id FROM run ORDER BY id DESC LIMIT ?1)
             OR julianday(started) < julianday('now') - ?2",
            params![most, days],
        )?;
        Ok(gone)
    }

    /// Drops one run. Gives whether there was one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn delete(&mut self, id: i64) -> Result<bool, HistoryError> {
        Ok(self.connection.execute("DELETE FROM run WHERE id = ?1", [id])? > 0)
    }

    /// Drops every run, so that nothing of them is left in the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn delete_all(&mut self) -> Result<(), HistoryError> {
        // secure_delete overwrites the pages; VACUUM and the checkpoint leave no copy in the file nor in its log.
        self.connection
            .execute_batch("PRAGMA secure_delete = ON; DELETE FROM run; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }
}

fn run(row: &Row<'_>) -> rusqlite::Result<Run> {
    let verdict: String = row.get(3)?;
    Ok(Run {
        id: row.get(0)?,
        started: row.get(1)?,
        target: row.get(2)?,
        verdict: serde_json::from_value(verdict.into()).unwrap_or(Verdict::Inconclusive),
        cause: row.get(4)?,
        confidence: row.get(5)?,
    })
}

/// A verdict as it stands in JSON.
fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Healthy => "healthy",
        Verdict::Problem => "problem",
        Verdict::Inconclusive => "inconclusive",
    }
}

#[cfg(test)]
mod tests;
