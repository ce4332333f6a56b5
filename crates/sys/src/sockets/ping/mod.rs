//! The system's own `ping`, which may do what an ordinary program may not (set-user-id, file capabilities).

mod output;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use netmend_model::net::Echo;
use netmend_model::{Outcome, ReasonCode};
use tokio::io::AsyncReadExt;
use tokio::process::Command;

use super::echo::Pings;
use output::Said;

/// Closer together some versions do not let ordinary users ping (older iputils 200 ms, macOS 100 ms).
const CAUTIOUS: Duration = Duration::from_millis(200);

/// How long the program itself may take to start and to end.
const OVERHEAD: Duration = Duration::from_millis(250);

/// Most bytes of output that are read.
const MOST: u64 = 64 * 1024;

/// Runs `ping`; `NotRun` when there is none, or when it may not either, or finds no route.
pub async fn echo(to: IpAddr, pings: Pings) -> Outcome<Echo> {
    let Some(program) = find(program(to)) else {
        return Outcome::not_run(ReasonCode::ToolMissing, "no ping command");
    };
    let cautious = Pings { gap: pings.gap.max(CAUTIOUS), ..pings };
    match attempt(&program, to, pings).await {
        Outcome::NotRun { .. } if cautious != pings => attempt(&program, to, cautious).await,
        outcome => outcome,
    }
}

async fn attempt(program: &Path, to: IpAddr, pings: Pings) -> Outcome<Echo> {
    let limit = pings.gap * pings.count + pings.patience + OVERHEAD;
    let (text, ended) = match read(program, arguments(to, pings.count, pings.gap), limit).await {
        Ok(read) => read,
        Err(error) => return Outcome::not_run(ReasonCode::ToolMissing, format!("ping: {error}")),
    };
    let said = output::read(&text, to);
    // One that still waited for replies when its time was over did send.
    if ended && said.sent.is_none() && said.rtt_ms.is_empty() && said.icmp.is_empty() {
        return Outcome::not_run(ReasonCode::NeedsAdministrator, refusal(&text));
    }
    Outcome::observed(summary(said, pings.count))
}

fn summary(said: Said, count: u32) -> Echo {
    let received = u32::try_from(said.rtt_ms.len()).unwrap_or(u32::MAX);
    Echo {
        sent: said.sent.unwrap_or(count).max(received),
        received,
        rtt_ms: said.rtt_ms,
        icmp: said.icmp,
        method: "system_ping".to_owned(),
    }
}

/// macOS keeps IPv6 in a program of its own.
fn program(to: IpAddr) -> &'static str {
    if cfg!(target_os = "macos") && to.is_ipv6() { "ping6" } else { "ping" }
}

fn find(program: &str) -> Option<PathBuf> {
    let usual = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "C:\\Windows\\System32"].map(PathBuf::from);
    let path =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let places = path.into_iter().chain(usual).filter(|place| place.is_absolute());
    places.map(|place| place.join(format!("{program}{}", std::env::consts::EXE_SUFFIX))).find(|file| file.is_file())
}

fn arguments(to: IpAddr, count: u32, gap: Duration) -> Vec<String> {
    let count = count.to_string();
    let mut arguments: Vec<String> = if cfg!(windows) {
        // Milliseconds; the time between requests is fixed at one second.
        vec!["-n".into(), count, "-w".into(), "1000".into()]
    } else {
        vec!["-c".into(), count, "-i".into(), format!("{:.3}", gap.as_secs_f64())]
    };
    // Seconds on Linux; ping6 of macOS has no such option, and the command is ended from here anyway.
    if cfg!(target_os = "linux") {
        arguments.extend(["-W".into(), "1".into()]);
    }
    arguments.push(to.to_string());
    arguments
}

/// Everything it writes to either output, and whether it ended by itself before `limit`.
async fn read(program: &Path, arguments: Vec<String>, limit: Duration) -> std::io::Result<(String, bool)> {
    let mut child = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let (mut words, mut complaints, mut ended) = (Vec::new(), Vec::new(), false);
    if let (Some(output), Some(errors)) = (child.stdout.take(), child.stderr.take()) {
        let (mut output, mut errors) = (output.take(MOST), errors.take(MOST));
        let both = async { tokio::join!(output.read_to_end(&mut words), errors.read_to_end(&mut complaints)) };
        ended = tokio::time::timeout(limit, both).await.is_ok();
    }
    words.extend(complaints);
    Ok((String::from_utf8_lossy(&words).into_owned(), ended))
}

/// The line in which it says why it cannot.
fn refusal(text: &str) -> String {
    let line = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("said nothing");
    format!("ping: {}", line.trim().chars().take(200).collect::<String>())
}
