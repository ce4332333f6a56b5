//! `netmend report`: work on saved reports.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use netmend_diagnose::way_of;
use netmend_model::{Redaction, Report};
use netmend_report::{Format, Words, redact};

use crate::args::ReportCommand;
use crate::exit::Wrong;
use crate::output;

/// Runs the command.
pub fn run(command: &ReportCommand) -> anyhow::Result<ExitCode> {
    let words = output::words();
    match command {
        ReportCommand::Show { file, rediagnose, json, details } => show(file, *rediagnose, *json, *details, &words),
        ReportCommand::Redact { file, level, output } => copy(file, (*level).into(), output.as_deref(), &words),
        ReportCommand::Verify { files } => Ok(verify(files, &words)),
        ReportCommand::Schema => {
            output::result(&(serde_json::to_string_pretty(&netmend_report::schema())? + "\n"));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Reads a report; the error says what the file is and what to do.
pub fn load(file: &Path, words: &Words) -> anyhow::Result<Report> {
    netmend_report::load(file).map_err(|error| Wrong(error.say(&file.to_string_lossy(), words)).into())
}

fn show(file: &Path, rediagnose: bool, json: bool, details: bool, words: &Words) -> anyhow::Result<ExitCode> {
    let mut report = load(file, words)?;
    if rediagnose {
        report = netmend_diagnose::rediagnose(&report);
    }
    words.fill(&mut report);
    let text = if json {
        netmend_report::json::render(&report)
    } else {
        netmend_report::text::render(&report, &way_of(&report), words, output::style(details))
    };
    output::result(&text);
    Ok(ExitCode::SUCCESS)
}

fn copy(file: &Path, level: Redaction, to: Option<&Path>, words: &Words) -> anyhow::Result<ExitCode> {
    let report = redact(&load(file, words)?, level);
    match to {
        None => output::result(&netmend_report::render(Format::Json, &report, &way_of(&report), words)),
        Some(path) => {
            let name = path.to_string_lossy();
            netmend_report::save(path, &report, &way_of(&report), words)
                .map_err(|error| Wrong(error.say(&name, words)))?;
            output::say(&words.with("cli-saved", &[("path", &name)]));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// 0 when every report's evidence gives its diagnoses, 1 when one does not, 2 when one cannot be read.
fn verify(files: &[PathBuf], words: &Words) -> ExitCode {
    let mut status = 0;
    for file in files {
        let name = file.to_string_lossy();
        match netmend_report::load(file) {
            Err(error) => {
                output::say(&error.say(&name, words));
                status = crate::exit::WRONG_CALL;
            }
            Ok(report) if same_judgement(&report) => {
                output::result(&(words.with("cli-verify-same", &[("path", &name)]) + "\n"));
            }
            Ok(_) => {
                output::result(&(words.with("cli-verify-differs", &[("path", &name)]) + "\n"));
                status = status.max(1);
            }
        }
    }
    status.into()
}

/// Whether this version finds the same causes, equally probable, in the same order.
fn same_judgement(report: &Report) -> bool {
    let judged = |report: &Report| report.diagnoses.iter().map(|d| (d.cause, d.confidence)).collect::<Vec<_>>();
    let again = netmend_diagnose::rediagnose(report);
    again.verdict == report.verdict && judged(&again) == judged(report)
}
