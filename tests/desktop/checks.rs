//! What must be seen in the window, from a pasted message to a report that is opened again.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use netmend_model::{CauseId, Redaction, Report};
use tokio::time::timeout;

use crate::stage::Stage;
use crate::tally::Tally;
use crate::window::{RUN, Window};

/// The message that the person pastes; the case's target stands in it.
const MESSAGE: &str = "java.net.ConnectException: Connection timed out: getsockopt: api.example.test/203.0.113.10:8443";
const HOST: &str = "api.example.test";
const CAUSE: &str = "firewall.dropped";
/// WebDriver's keys (W3C WebDriver, 17.4.2).
const ENTER: char = '\u{e007}';
const TAB: char = '\u{e004}';
/// No check may take longer, two runs included.
const LONGEST: Duration = Duration::from_mins(1);
/// A step has fewer places for the focus.
const MOST_TABS: u32 = 80;

type Check = for<'a> fn(&'a Window<'a>, &'a Stage) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

macro_rules! checks {
    ($($function:ident $name:literal;)*) => {
        const CHECKS: &[(&str, Check)] = &[$(($name, |window, stage| Box::pin($function(window, stage))),)*];
    };
}

checks! {
    opens "the window opens with the first step";
    locked "the page may call nothing but the wizard's commands";
    understands "a pasted message is understood";
    finds "Enter starts the run, which finds the dropped port";
    explains "Tab and Enter open evidence to its raw data";
    repairs "Tab and Enter lead on: the repair has steps and a ready message";
    compares "checking again compares before and after";
    previews "the preview is the report as others see it";
    redacts "strict redaction shows in the preview";
    saves "the report is saved";
    opens_again "the saved report opens with the same cause";
    refuses "what is no report is refused in words";
    kept "nothing broke the content security policy";
}

/// How many checks there are.
pub const COUNT: usize = CHECKS.len();

/// Goes through the checks.
pub async fn run(stage: &Stage, pictures: &Path) -> Result<Tally> {
    let window = Window::new(&stage.client, pictures);
    let mut tally = Tally::default();
    for (name, check) in CHECKS {
        if tally.broken() {
            tally.skip(name);
            continue;
        }
        let began = Instant::now();
        let result = timeout(LONGEST, check(&window, stage)).await.unwrap_or_else(|_| Err(anyhow!("it does not end")));
        if result.is_err() {
            println!("picture: {}", window.picture("failed").await?.display());
        }
        tally.count(name, began, result);
    }
    Ok(tally)
}

async fn opens(window: &Window<'_>, _: &Stage) -> Result<()> {
    window.shows("h1", "What is going wrong?").await?;
    // Kept for the last check.
    window
        .script("window.broken = []; addEventListener('securitypolicyviolation', (e) => window.broken.push(e.violatedDirective + ' ' + e.blockedURI));")
        .await?;
    Ok(())
}

async fn locked(window: &Window<'_>, _: &Stage) -> Result<()> {
    ensure!(window.script("return typeof window.__TAURI__").await? == "undefined", "the Tauri API is global");
    for command in ["plugin:dialog|open", "plugin:event|listen", "plugin:window|close", "plugin:path|resolve_directory"]
    {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             window.__TAURI_INTERNALS__.invoke('{command}', {{}}).then(() => done('allowed'), (e) => done(String(e)));"
        );
        let answer = window.waiting_script(&script).await?;
        ensure!(answer.as_str().is_some_and(|answer| answer.contains("not allowed")), "{command} gives {answer}");
    }
    Ok(())
}

async fn understands(window: &Window<'_>, _: &Stage) -> Result<()> {
    window.type_into("#words", MESSAGE).await?;
    window.shows("[data-understood]", "connection time-out, api.example.test, port 8443").await?;
    window.picture("wizard-1").await?;
    Ok(())
}

async fn finds(window: &Window<'_>, _: &Stage) -> Result<()> {
    window.press(ENTER).await?;
    window.find("[data-step=checking][aria-current=step]").await?;
    window.find("[data-station=names][data-status=fine]").await?;
    window.picture("wizard-2").await?;
    window.find_within("[data-verdict]", RUN).await?;
    window.picture("wizard-3").await?;
    let (verdict, cause) = (
        window.attribute("[data-verdict]", "data-verdict").await?,
        window.attribute("[data-cause]", "data-cause").await?,
    );
    ensure!(verdict == "problem" && cause == CAUSE, "the window shows {verdict} {cause}");
    let focused = window.script("return document.activeElement.tagName").await?;
    ensure!(focused == "H1", "the focus is at {focused}, not at the heading of the new step");
    window.find("[data-station=path][data-status=broken], [data-station=service][data-status=broken]").await?;
    Ok(())
}

async fn explains(window: &Window<'_>, _: &Stage) -> Result<()> {
    tab_to(window, "section.for [aria-expanded]").await?;
    window.press(ENTER).await?;
    let raw = window.text("section.for .disclosure.open pre").await?;
    let evidence: serde_json::Value = serde_json::from_str(&raw).context("the raw data is no JSON")?;
    ensure!(evidence["id"].is_string() && evidence["request"].is_object(), "the raw data is {raw}");
    Ok(())
}

async fn repairs(window: &Window<'_>, _: &Stage) -> Result<()> {
    tab_to(window, "[data-action=repair]").await?;
    window.press(ENTER).await?;
    window.shows("[data-remedy] pre", HOST).await?;
    window.find("[data-remedy] ol li").await?;
    window.picture("wizard-4").await?;
    Ok(())
}

async fn compares(window: &Window<'_>, _: &Stage) -> Result<()> {
    window.click("[data-action=again]").await?;
    window.find_within("[data-outcome]", RUN).await?;
    let outcome = window.attribute("[data-outcome]", "data-outcome").await?;
    ensure!(outcome == "not_repaired", "nothing was repaired, and the window says {outcome}");
    window.find("tbody tr").await?;
    window.picture("wizard-5").await?;
    Ok(())
}

async fn previews(window: &Window<'_>, _: &Stage) -> Result<()> {
    window.click("[data-action=share]").await?;
    let text = window.frame_text().await?;
    ensure!(text.contains(CAUSE) && text.contains(HOST), "the preview shows {text:?}");
    window.picture("wizard-6").await?;
    Ok(())
}

async fn redacts(window: &Window<'_>, _: &Stage) -> Result<()> {
    let before = window.attribute("iframe", "src").await?;
    window.click("input[value=strict]").await?;
    window.find(&format!("iframe:not([src='{before}'])")).await?;
    let text = window.frame_text().await?;
    ensure!(text.contains(CAUSE) && !text.contains(HOST), "the strict preview shows {text:?}");
    window.click("input[value=standard]").await
}

async fn saves(window: &Window<'_>, stage: &Stage) -> Result<()> {
    window.click("input[value=json]").await?;
    window.click("[data-action=save]").await?;
    window.shows(".saved", "Saved as").await?;
    let report: Report =
        serde_json::from_slice(&std::fs::read(saved(stage)?)?).context("the saved file is no report")?;
    let cause = report.diagnoses.first().map(|diagnosis| diagnosis.cause);
    ensure!(cause == Some(CauseId::FirewallDropped), "the saved report says {cause:?}");
    ensure!(report.redaction == Redaction::Standard, "the saved report is not redacted");
    Ok(())
}

async fn opens_again(window: &Window<'_>, stage: &Stage) -> Result<()> {
    let file = saved(stage)?;
    window.type_into("header input[type=file]", &file.to_string_lossy()).await?;
    let shown = window.attribute("[data-file]", "data-file").await?;
    ensure!(file.file_name().is_some_and(|name| name == shown.as_str()), "the window shows {shown}");
    let cause = window.attribute("[data-cause]", "data-cause").await?;
    ensure!(cause == CAUSE, "the opened report shows {cause}");
    window.shows("[data-file]", "with the same result").await?;
    window.picture("wizard-opened").await?;
    Ok(())
}

async fn refuses(window: &Window<'_>, stage: &Stage) -> Result<()> {
    let file = stage.downloads().join("holiday.json");
    std::fs::write(&file, "sun, sea")?;
    window.type_into("header input[type=file]", &file.to_string_lossy()).await?;
    window.shows("[data-problem]", "holiday.json is not a Netmend report").await
}

async fn kept(window: &Window<'_>, _: &Stage) -> Result<()> {
    let broken = window.script("return window.broken").await?;
    ensure!(broken == serde_json::json!([]), "violations: {broken}");
    Ok(())
}

/// Moves the focus with the Tab key alone until it is at an element.
async fn tab_to(window: &Window<'_>, css: &str) -> Result<()> {
    let script = format!("const e = document.activeElement; return e.matches('{css}') || e.outerHTML.slice(0, 60)");
    let mut way = Vec::new();
    for _ in 0..MOST_TABS {
        let place = window.script(&script).await?;
        if place == true {
            return Ok(());
        }
        way.push(place.to_string());
        window.press(TAB).await?;
    }
    way.dedup();
    bail!("{MOST_TABS} times Tab does not lead to {css}, but to {}", way.join(", "))
}

/// The one report that was saved.
fn saved(stage: &Stage) -> Result<PathBuf> {
    let folder = stage.downloads();
    let mut files = std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("netmend-")));
    match files.as_slice() {
        [file] => Ok(file.clone()),
        _ => bail!("{} holds {files:?}", folder.display()),
    }
}
