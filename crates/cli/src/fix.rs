//! `netmend fix`: shows the repair of a cause that a report names.

use std::path::Path;
use std::process::ExitCode;

use netmend_model::CauseId;

use crate::exit::Wrong;
use crate::{output, report};

/// Shows the repair, with the steps for the report's system and the ready message for others.
pub fn run(cause: &str, file: &Path) -> anyhow::Result<ExitCode> {
    let words = output::words();
    let wanted = CauseId::from_id(cause)
        .ok_or_else(|| Wrong(format!("There is no cause \"{cause}\". netmend explain lists all causes.")))?;
    let mut report = report::load(file, &words)?;
    words.fill(&mut report);
    let Some(diagnosis) = report.diagnoses.iter().find(|diagnosis| diagnosis.cause == wanted) else {
        let named: Vec<_> = report.diagnoses.iter().map(|diagnosis| diagnosis.cause.id()).collect();
        let named = if named.is_empty() { "no cause".to_owned() } else { named.join(", ") };
        return Err(Wrong(format!(
            "The report {} does not name {cause}; it names {named}. Give one of these.",
            file.display()
        ))
        .into());
    };
    output::result(&netmend_report::text::remedies(&report, diagnosis, &words, output::style(true)));
    Ok(ExitCode::SUCCESS)
}
