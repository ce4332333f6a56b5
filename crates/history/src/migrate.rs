//! Brings the file to this version's layout, step by step. `user_version` counts the steps done.

use std::path::Path;

use rusqlite::{Connection, Error, ErrorCode, TransactionBehavior};

use crate::HistoryError;

/// Marks the file as ours ("NtMd"), so that another program's database is never touched.
const APPLICATION: i32 = 0x4e74_4d64;

/// One step each; a step is never changed once released.
const STEPS: &[&str] = &["
    CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started TEXT NOT NULL,
        target TEXT NOT NULL,
        verdict TEXT NOT NULL,
        cause TEXT,
        confidence REAL,
        report TEXT NOT NULL
    ) STRICT;
    CREATE INDEX run_target ON run (target, id);
"];

/// Brings the file to this version's layout.
pub(crate) fn run(connection: &mut Connection, path: &Path) -> Result<(), HistoryError> {
    migrate(connection, path).map_err(|error| match error {
        HistoryError::Failed(error) if is_damage(&error) => {
            HistoryError::Damaged { path: path.to_path_buf(), detail: error.to_string() }
        }
        HistoryError::Failed(error @ Error::SqliteFailure(..)) => {
            HistoryError::Unusable { path: path.to_path_buf(), detail: error.to_string() }
        }
        error => error,
    })
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), HistoryError> {
    refuse_foreign(connection, path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Two programs may open a new file at once: the version is read again inside the write lock.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.iter().skip(done as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", newest())?;
    transaction.commit()?;
    Ok(())
}

/// Refuses a newer file and other programs' databases before anything is written.
fn refuse_foreign(connection: &Connection, path: &Path) -> Result<(), HistoryError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (tables > 0 || found > 0) {
        return Err(HistoryError::Damaged { path: path.to_path_buf(), detail: "another program's database".into() });
    }
    if found > newest() {
        return Err(HistoryError::Newer { path: path.to_path_buf(), found });
    }
    Ok(())
}

/// The version that this program writes.
fn newest() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

fn is_damage(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}
