//! `netmend diagnose`.

use std::io::Read;
use std::process::ExitCode;

use anyhow::Context;
use netmend_diagnose::{symptom, target};
use netmend_engine::{Ask, CancellationToken};
use netmend_model::{Event, Family, Settings, Symptom, Target};

use crate::args::DiagnoseArguments;
use crate::exit::{self, Wrong};
use crate::output;

/// No message that a person pastes is larger, in bytes.
const LARGEST_MESSAGE: u64 = 32 * 1024 * 1024;

/// Runs the command.
pub fn run(arguments: DiagnoseArguments) -> anyhow::Result<ExitCode> {
    let ask = ask(&arguments)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let cancel = CancellationToken::new();
    let on_event = |event: Event| {
        if arguments.ndjson {
            output::result(&(serde_json::to_string(&event).unwrap_or_default() + "\n"));
        }
    };
    let report = runtime.block_on(async {
        let stop = cancel.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                stop.cancel();
            }
        });
        netmend_engine::run(ask, cancel, on_event).await
    });
    // A look-up of the system may still hang on its thread; the report does not wait for it.
    runtime.shutdown_background();
    if arguments.json {
        output::result(&netmend_report::json::render(&report));
    }
    Ok(exit::of(&report).into())
}

fn ask(arguments: &DiagnoseArguments) -> anyhow::Result<Ask> {
    let profile = netmend_engine::profile::load(arguments.profile.as_deref())?;
    let symptom = arguments.symptom.as_deref().map(message).transpose()?.map(|text| symptom::parse(&text));
    let target = aim(arguments, symptom.as_ref())?;
    let family = match (arguments.ipv4, arguments.ipv6) {
        (true, _) => Some(Family::Ipv4),
        (_, true) => Some(Family::Ipv6),
        _ => None,
    };
    let settings = Settings {
        client_timeout_ms: arguments.client_timeout.map(|timeout| timeout.as_secs_f64() * 1e3),
        family,
        external: !arguments.no_external,
        budget_ms: arguments.budget.as_secs_f64() * 1e3,
    };
    Ok(Ask { target, symptom, settings, profile })
}

fn message(text: &str) -> anyhow::Result<String> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LARGEST_MESSAGE)
        .read_to_end(&mut bytes)
        .context("The message could not be read from standard input.")?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The target as given, completed from the message where it does not say.
fn aim(arguments: &DiagnoseArguments, symptom: Option<&Symptom>) -> anyhow::Result<Option<Target>> {
    let from_message = symptom.and_then(target::target_of);
    let mut target = match (&arguments.target, from_message) {
        (Some(text), _) => Some(target::parse(text).map_err(|error| Wrong(error.to_string()))?),
        (None, from_message) => from_message,
    };
    if let (Some(target), Some(expect)) = (&mut target, arguments.expect) {
        target.expect = expect;
    }
    Ok(target)
}
