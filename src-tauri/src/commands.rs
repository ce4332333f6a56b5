//! The commands that the pages call, one function each. They translate; the work is done by the parts they name.
#![allow(clippy::needless_pass_by_value, reason = "Tauri hands each command values of its own")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use netmend_diagnose::way_of;
use netmend_model::{CauseId, Profile, Redaction, Report, Settings, Symptom, Target, Verification};
use netmend_report::{Words, redact};
use serde::{Deserialize, Serialize};
use tauri::ipc::Channel;
use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, Manager, State, Url, WebviewUrl, WebviewWindowBuilder};

use crate::error::Error;
use crate::events::{Told, told};
use crate::finding::{Finding, rediagnosed};
use crate::save::{Destination, Format};
use crate::shell::Shell;
use crate::understand::{Question, Understanding};
use crate::{recent, save};

/// What a run is about.
#[derive(Debug, Deserialize)]
pub struct Ask {
    target: Option<Target>,
    symptom: Option<Symptom>,
    settings: Settings,
}

/// A report from a file, diagnosed again.
#[derive(Debug, Serialize)]
pub struct Opened {
    finding: Finding,
    rediagnosed: Option<Finding>,
}

#[tauri::command(async)]
pub fn understand(question: Question, shell: State<'_, Shell>) -> Understanding {
    crate::understand::understand(&question, shell.profile_or_default())
}

#[tauri::command(async)]
pub fn profile(shell: State<'_, Shell>) -> Result<Profile, Error> {
    shell.profile()
}

#[tauri::command(async)]
pub fn recent() -> Vec<recent::Recent> {
    recent::read()
}

#[tauri::command]
pub async fn start(
    ask: Ask,
    language: String,
    channel: Channel<Told>,
    shell: State<'_, Shell>,
) -> Result<Finding, Error> {
    let cancel = shell.begin();
    if let Some(target) = &ask.target {
        recent::keep(target);
    }
    let Ask { target, symptom, settings } = ask;
    let ask = netmend_engine::Ask { target, symptom, settings, profile: shell.profile_or_default() };
    let words = Arc::new(Words::new(&language));
    let tell = Arc::clone(&words);
    let report = netmend_engine::run(ask, cancel, move |event| {
        if let Some(told) = told(event, &tell) {
            // A window that is closing takes no more; the run ends with it.
            let _ = channel.send(told);
        }
    })
    .await;
    Ok(Finding::new(report, &words))
}

#[tauri::command]
pub fn stop(shell: State<'_, Shell>) {
    shell.stop();
}

#[tauri::command(async)]
pub fn explain(cause: CauseId, language: String) -> String {
    Words::new(&language).meaning(cause)
}

#[tauri::command(async)]
pub fn message(report: Report, diagnosis: usize, remedy: usize, language: String) -> Result<String, Error> {
    let words = Words::new(&language);
    let report = shared(&report, Redaction::Standard, &words);
    let diagnosis = report.diagnoses.get(diagnosis).ok_or(Error::NoMessage)?;
    let remedy = diagnosis.fixes.get(remedy).ok_or(Error::NoMessage)?;
    words.message(&report, diagnosis, remedy).ok_or(Error::NoMessage)
}

#[tauri::command(async)]
pub fn render(report: Report, format: Format, redaction: Redaction, language: String) -> String {
    let words = Words::new(&language);
    rendered(&shared(&report, redaction, &words), format, &words)
}

#[tauri::command(async)]
pub fn preview(report: Report, redaction: Redaction, language: String, shell: State<'_, Shell>) -> String {
    shell.keep_preview(render(report, Format::Html, redaction, language));
    next_preview()
}

/// Opens the report in a window of its own, which may call nothing, and the system's dialog for printing over it.
#[tauri::command]
pub async fn print(report: Report, redaction: Redaction, language: String, app: AppHandle) -> Result<(), Error> {
    let url = preview(report, redaction, language, app.state());
    let url = Url::parse(&url).map_err(tauri::Error::InvalidUrl)?;
    if let Some(earlier) = app.get_webview_window("print") {
        earlier.destroy()?;
    }
    WebviewWindowBuilder::new(&app, "print", WebviewUrl::CustomProtocol(url))
        .title("Netmend")
        .inner_size(820.0, 720.0)
        .on_navigation(|url| crate::is_own(url.scheme(), url.host_str()))
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Finished {
                // Where the system cannot print, the page stands there to be read.
                let _ = window.print();
            }
        })
        .build()?;
    Ok(())
}

#[tauri::command]
pub async fn save(
    report: Report,
    format: Format,
    redaction: Redaction,
    to: Destination,
    language: String,
    app: AppHandle,
) -> Result<Option<String>, Error> {
    let words = Words::new(&language);
    let report = shared(&report, redaction, &words);
    let Some(path) = save::path(&app, &report, format, to).await? else { return Ok(None) };
    let shown = path.display().to_string();
    netmend_report::save(&path, &report, &way_of(&report), &words)
        .map_err(|error| Error::Save { path: shown.clone(), error })?;
    Ok(Some(shown))
}

#[tauri::command(async)]
pub fn open(contents: String, language: String) -> Result<Opened, Error> {
    let words = Words::new(&language);
    let report = netmend_report::parse(contents.as_bytes()).map_err(Error::Load)?;
    let rediagnosed = rediagnosed(&report).map(|report| Finding::new(report, &words));
    Ok(Opened { finding: Finding::new(report, &words), rediagnosed })
}

#[tauri::command(async)]
pub fn verify(before: Report, after: Report) -> Verification {
    netmend_diagnose::verify(&before, &after)
}

/// The report as others get it: less of it, and the words that then fit.
fn shared(report: &Report, redaction: Redaction, words: &Words) -> Report {
    let mut less = redact(report, redaction);
    words.fill(&mut less);
    less
}

fn rendered(report: &Report, format: Format, words: &Words) -> String {
    let way = way_of(report);
    match format {
        Format::Html => netmend_report::html::render(report, &way, words),
        Format::Json => netmend_report::json::render(report),
        Format::Markdown => netmend_report::markdown::render(report, &way, words),
        Format::Text => netmend_report::text::render(report, &way, words, netmend_report::text::Style::default()),
    }
}

fn next_preview() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    crate::preview::address(NUMBER.fetch_add(1, Ordering::Relaxed))
}
