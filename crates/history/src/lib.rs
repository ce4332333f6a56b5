//! Past runs, kept in SQLite.
