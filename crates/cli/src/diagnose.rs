//! `netmend diagnose`.

use std::io::Read;
use std::process::ExitCode;

use netmend_diagnose::{symptom, target, way_of};
use netmend_engine::{Ask, CancellationToken};
use netmend_history::History;
use netmend_model::{Event, Family, Redaction, Report, Settings, Symptom, Target};
use netmend_report::{Words, redact};

use crate::args::DiagnoseArguments;
use crate::exit::{self, Wrong};
use crate::output;
use crate::progress::Progress;

/// No message that a person pastes is larger, in bytes.
const LARGEST_MESSAGE: u64 = 32 * 1024 * 1024;

/// Runs the command.
pub fn run(arguments: &DiagnoseArguments) -> anyhow::Result<ExitCode> {
    let words = output::words();
    if let Some(path) = &arguments.output {
        // Nobody should wait for a run whose report cannot be saved.
        netmend_report::check(path).map_err(|error| Wrong(error.say(&path.to_string_lossy(), &words)))?;
    }
    let ask = ask(arguments, &words)?;
    let mut report = measure(ask, arguments, &words)?;
    words.fill(&mut report);
    let saved = save(&report, arguments, &words);
    show(&report, arguments, &words);
    // After an interruption the person wants the prompt back, and half a run is nothing to compare with.
    if !report.interrupted {
        remember(&report, &words);
    }
    saved?;
    Ok(exit::of(&report).into())
}

fn measure(ask: Ask, arguments: &DiagnoseArguments, words: &Words) -> anyhow::Result<Report> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let cancel = CancellationToken::new();
    let mut progress = Progress::new(words, !arguments.ndjson);
    let level = arguments.redact.map_or(Redaction::Standard, Redaction::from);
    let on_event = |event: Event| {
        if arguments.ndjson {
            output::result(&line(event, words, level));
        } else {
            progress.show(&event);
        }
    };
    let report = runtime.block_on(until_interrupted(&cancel, netmend_engine::run(ask, cancel.clone(), on_event)));
    progress.end();
    // A look-up of the system may still hang on its thread; the report does not wait for it.
    runtime.shutdown_background();
    Ok(report)
}

/// Waits for `work`, which Ctrl-C asks to end by `cancel`.
pub async fn until_interrupted<T>(cancel: &CancellationToken, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    tokio::select! {
        // Listening for the signal begins with the first look at it: before the work does.
        biased;
        Ok(()) = tokio::signal::ctrl_c() => cancel.cancel(),
        done = &mut work => return done,
    }
    work.await
}

/// An event as a line of JSON. The report in the last one has its words and is redacted as `--json` is.
fn line(event: Event, words: &Words, level: Redaction) -> String {
    let event = match event {
        Event::Finished { mut report } => {
            words.fill(&mut report);
            Event::Finished { report: redact(&report, level) }
        }
        other => other,
    };
    serde_json::to_string(&event).unwrap_or_default() + "\n"
}

fn show(report: &Report, arguments: &DiagnoseArguments, words: &Words) {
    if arguments.json {
        let level = arguments.redact.map_or(Redaction::Standard, Redaction::from);
        output::result(&netmend_report::json::render(&redact(report, level)));
    } else if !arguments.ndjson {
        // On the person's own terminal nothing is hidden unless they ask for it.
        let shown = redact(report, arguments.redact.map_or(Redaction::None, Redaction::from));
        output::result(&netmend_report::text::render(&shown, &way_of(&shown), words, output::style(arguments.details)));
    }
}

fn save(report: &Report, arguments: &DiagnoseArguments, words: &Words) -> anyhow::Result<()> {
    let Some(path) = &arguments.output else { return Ok(()) };
    let redacted = redact(report, arguments.redact.map_or(Redaction::Standard, Redaction::from));
    let name = path.to_string_lossy();
    netmend_report::save(path, &redacted, &way_of(&redacted), words).map_err(|error| Wrong(error.say(&name, words)))?;
    output::say(&words.with("cli-saved", &[("path", &name)]));
    Ok(())
}

/// Keeps the run for later comparison. A full disk or a read-only home must not spoil the diagnosis.
fn remember(report: &Report, words: &Words) {
    let Some(path) = netmend_history::default_path() else { return };
    if let Err(error) =
        History::open(&path).and_then(|mut history| history.record(&redact(report, Redaction::Standard)))
    {
        output::say(&words.with("cli-history", &[("detail", &error.to_string())]));
    }
}

fn ask(arguments: &DiagnoseArguments, words: &Words) -> anyhow::Result<Ask> {
    let profile = netmend_engine::profile::load(arguments.profile.as_deref())?;
    let message = arguments.symptom.as_deref().map(|text| message(text, words)).transpose()?;
    if message.as_ref().is_some_and(|text| text.trim().is_empty()) {
        return Err(Wrong(words.text("cli-symptom-empty")).into());
    }
    let symptom = message.map(|text| symptom::parse(&text));
    let target = aim(arguments, symptom.as_ref(), words)?;
    let settings = Settings {
        client_timeout_ms: arguments.client_timeout.map(|timeout| timeout.as_secs_f64() * 1e3),
        family: family(arguments.ipv4, arguments.ipv6),
        external: !arguments.no_external,
        budget_ms: arguments.budget.as_secs_f64() * 1e3,
    };
    Ok(Ask { target, symptom, settings, profile })
}

/// The family that `-4` and `-6` ask for.
pub fn family(ipv4: bool, ipv6: bool) -> Option<Family> {
    match (ipv4, ipv6) {
        (true, _) => Some(Family::Ipv4),
        (_, true) => Some(Family::Ipv6),
        _ => None,
    }
}

/// A message from the command line, or from standard input for `-`.
pub fn message(text: &str, words: &Words) -> anyhow::Result<String> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LARGEST_MESSAGE)
        .read_to_end(&mut bytes)
        .map_err(|error| Wrong(words.with("cli-stdin-unreadable", &[("detail", &error.to_string())])))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The target as given; what it leaves open is completed from the message, where the message is about the same host.
fn aim(arguments: &DiagnoseArguments, symptom: Option<&Symptom>, words: &Words) -> anyhow::Result<Option<Target>> {
    let from_message = symptom.and_then(target::target_of);
    let mut target = match &arguments.target {
        Some(text) => Some(complete(parse(text)?, from_message)),
        None => from_message,
    };
    if arguments.target.is_none() && symptom.is_some() && target.is_none() {
        return Err(Wrong(words.text("cli-symptom-no-target")).into());
    }
    if let (Some(target), Some(expect)) = (&mut target, arguments.expect) {
        target.expect = expect;
    }
    Ok(target)
}

fn complete(target: Target, from_message: Option<Target>) -> Target {
    let Some(message) = from_message.filter(|message| message.host == target.host) else { return target };
    let expect = if target.port.is_none() && message.port.is_some() { message.expect } else { target.expect };
    Target { port: target.port.or(message.port), address: target.address.or(message.address), expect, ..target }
}

/// Reads a target; the error says what is wrong with it.
pub fn parse(text: &str) -> anyhow::Result<Target> {
    target::parse(text).map_err(|error| Wrong(error.to_string()).into())
}
