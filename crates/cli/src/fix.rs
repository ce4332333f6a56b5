//! `netmend fix`: shows the repair of a cause that a report names.

use std::path::Path;
use std::process::ExitCode;

use netmend_model::CauseId;

use crate::exit::Wrong;
use crate::{explain, output, report};

/// Shows the repair, with the steps for the report's system and the ready message for others.
pub fn run(cause: &str, file: &Path) -> anyhow::Result<ExitCode> {
    let words = output::words();
    let wanted = CauseId::from_id(&cause.to_ascii_lowercase()).ok_or_else(|| explain::unknown(cause, &words))?;
    let mut report = report::load(file, &words)?;
    words.fill(&mut report);
    let Some(diagnosis) = report.diagnoses.iter().find(|diagnosis| diagnosis.cause == wanted) else {
        let named: Vec<_> = report.diagnoses.iter().map(|diagnosis| diagnosis.cause.id()).collect();
        let key = if named.is_empty() { "cli-fix-none-named" } else { "cli-fix-not-named" };
        let (path, list) = (file.to_string_lossy(), named.join(", "));
        return Err(Wrong(words.with(key, &[("path", &path), ("cause", cause), ("list", &list)])).into());
    };
    output::result(&netmend_report::text::remedies(&report, diagnosis, &words, output::style(true)));
    Ok(ExitCode::SUCCESS)
}
