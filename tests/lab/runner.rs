//! Runs cases side by side and judges what netmend said.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use crate::case::{Case, Truth};
use crate::lab::Lab;
use crate::launch::Rights;

/// What a run may take beyond its budget, to write the report and on a busy machine.
const GRACE: Duration = Duration::from_secs(1);
/// An interrupted run has ended by then (the promise), and is waited for a little longer to measure by how much.
const INTERRUPT_LIMIT: Duration = Duration::from_millis(200);

/// What the runner needs to know.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The program under test; without it only the proofs run.
    pub netmend: Option<PathBuf>,
    /// With which rights it runs.
    pub rights: Vec<Rights>,
    /// How many cases at a time.
    pub jobs: usize,
    /// Where each case's report is kept.
    pub keep_reports: Option<PathBuf>,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// netmend said the truth; for a plan without netmend: the fault was proved.
    Passed,
    /// netmend said something else, or ended badly.
    Failed(String),
    /// The lab could not build or prove the situation.
    LabError(String),
    /// This machine cannot build it.
    Skipped(String),
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Line {
    /// The case.
    pub id: String,
    /// What it was.
    pub truth: Truth,
    /// With which rights netmend ran.
    pub rights: Rights,
    /// Whether netmend ran at all.
    pub diagnosed: bool,
    /// The first cause named, or the verdict without one.
    pub got: String,
    /// Confidence of the first cause.
    pub confidence: Option<f64>,
    /// Wall time of the netmend process.
    pub elapsed: Duration,
    /// How it ended.
    pub outcome: Outcome,
}

/// Runs every case with every kind of rights; lines in the order of the cases. `each` sees a line when it is there.
pub fn run(cases: &[Case], plan: &Plan, each: impl Fn(&Line) + Sync) -> Vec<Line> {
    let work: Vec<(&Case, Rights)> =
        cases.iter().flat_map(|case| plan.rights.iter().map(move |&rights| (case, rights))).collect();
    let (next, lines) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..plan.jobs.max(1) {
            scope.spawn(|| {
                while let Some((index, &(case, rights))) = take(&next, &work) {
                    let line = run_one(case, rights, plan);
                    each(&line);
                    if let Ok(mut lines) = lines.lock() {
                        lines.push((index, line));
                    }
                }
            });
        }
    });
    let mut lines = lines.into_inner().unwrap_or_default();
    lines.sort_by_key(|(index, _)| *index);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn take<'a, T>(next: &AtomicUsize, work: &'a [T]) -> Option<(usize, &'a T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    work.get(index).map(|item| (index, item))
}

/// Marks an error as "this machine cannot do it".
#[derive(Debug)]
pub struct Unsupported(pub String);

impl std::fmt::Display for Unsupported {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unsupported {}

fn run_one(case: &Case, rights: Rights, plan: &Plan) -> Line {
    let mut line = Line {
        id: case.id.clone(),
        truth: case.truth,
        rights,
        diagnosed: plan.netmend.is_some(),
        got: String::new(),
        confidence: None,
        elapsed: Duration::ZERO,
        outcome: Outcome::Passed,
    };
    line.outcome = match build(case, rights) {
        Err(error) => lab_outcome(&error),
        Ok(lab) => match (case.proof)(&lab).context("the fault is not there") {
            Err(error) => lab_outcome(&error),
            Ok(()) => plan.netmend.as_ref().map_or(Outcome::Passed, |netmend| {
                diagnose(case, &lab, netmend, plan, &mut line)
                    .unwrap_or_else(|error| Outcome::Failed(format!("{error:#}")))
            }),
        },
    };
    line
}

fn lab_outcome(error: &anyhow::Error) -> Outcome {
    match error.downcast_ref::<Unsupported>() {
        Some(reason) => Outcome::Skipped(reason.0.clone()),
        None => Outcome::LabError(format!("{error:#}")),
    }
}

/// The network of a case with its fault in it.
pub fn build(case: &Case, rights: Rights) -> Result<Lab> {
    let mut lab = Lab::start(case.shape).context("cannot build the network")?;
    (case.build)(&mut lab, rights).context("cannot build the case")?;
    Ok(lab)
}

fn diagnose(case: &Case, lab: &Lab, netmend: &Path, plan: &Plan, line: &mut Line) -> Result<Outcome> {
    let start = Instant::now();
    let run = run_netmend(lab, case, line.rights, netmend)?;
    line.elapsed = start.elapsed();
    if let Some(folder) = &plan.keep_reports {
        let path = folder.join(format!("{}.{}.json", case.id, line.rights.name()));
        std::fs::write(&path, &run.stdout).with_context(|| format!("cannot keep {}", path.display()))?;
    }
    let report: Value = serde_json::from_slice(&run.stdout)
        .with_context(|| format!("no report (status {:?}): {}", run.status, run.stderr))?;
    is_whole(&report).context("the report is not whole")?;
    let first = &report["diagnoses"][0];
    let verdict = report["verdict"].as_str().context("the report has no verdict")?;
    first["cause"].as_str().unwrap_or(verdict).clone_into(&mut line.got);
    line.confidence = first["confidence"].as_f64();
    ensure!(line.elapsed < case.budget + GRACE, "the run took {:?}, longer than its budget allows", line.elapsed);
    if let Some(ending) = run.ending {
        ensure!(run.status == Some(130), "exit status {:?} after an interrupt", run.status);
        ensure!(ending <= INTERRUPT_LIMIT, "ended {ending:?} after the interrupt");
        return Ok(Outcome::Passed);
    }
    judge_status(verdict, run.status)?;
    Ok(judge(case.truth, verdict, &report, &line.got))
}

/// What the contract promises of every report.
fn is_whole(report: &Value) -> Result<()> {
    ensure!(report["schema"] == "netmend.report/1", "schema {}", report["schema"]);
    for list in ["diagnoses", "evidence", "notes", "skipped"] {
        ensure!(report[list].is_array(), "{list} is no list");
    }
    for part in ["verdict", "target", "host", "started", "elapsed_ms", "netmend"] {
        ensure!(!report[part].is_null() || part == "target", "{part} is missing");
    }
    let known: Vec<&Value> = report["evidence"].as_array().into_iter().flatten().map(|each| &each["id"]).collect();
    for diagnosis in report["diagnoses"].as_array().into_iter().flatten() {
        let confidence = diagnosis["confidence"].as_f64().context("a diagnosis without confidence")?;
        ensure!((0.0..=1.0).contains(&confidence), "confidence {confidence}");
        ensure!(diagnosis["cause"].is_string() && diagnosis["title"].is_string(), "a diagnosis without a name");
        let cited = diagnosis["evidence"].as_array().context("a diagnosis without evidence")?;
        let unknown = cited.iter().map(|each| each.get("id").unwrap_or(each)).find(|id| !known.contains(id));
        ensure!(unknown.is_none(), "a diagnosis cites {unknown:?}, which is not in the report");
    }
    Ok(())
}

fn judge(truth: Truth, verdict: &str, report: &Value, got: &str) -> Outcome {
    let causes = report["diagnoses"].as_array().map_or(0, Vec::len);
    let right = match truth {
        Truth::Cause(expected) => verdict == "problem" && got == expected,
        Truth::Healthy => verdict == "healthy" && causes == 0,
        Truth::Survives => true,
    };
    if right { Outcome::Passed } else { Outcome::Failed(format!("verdict {verdict}, first {got}")) }
}

/// The exit status must say the same as the report (contract: 0 healthy, 1 problem, 3 inconclusive).
fn judge_status(verdict: &str, status: Option<i32>) -> Result<()> {
    let expected = match verdict {
        "healthy" => 0,
        "problem" => 1,
        "inconclusive" => 3,
        other => bail!("unknown verdict {other:?}"),
    };
    ensure!(status == Some(expected), "verdict {verdict} but exit status {status:?}");
    Ok(())
}

/// What a netmend process left behind.
pub struct Run {
    /// Exit status, none when killed by a signal.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: String,
    /// From the interrupt to the end, where the case interrupts.
    pub ending: Option<Duration>,
}

/// The full command line for a case.
pub fn command(lab: &Lab, case: &Case, rights: Rights, netmend: &Path) -> Result<std::process::Command> {
    let mut command = lab.client_command(rights, netmend)?;
    command.arg("diagnose").args(&case.target).arg("--json");
    command.arg("--profile").arg(lab.folder().join("profile.toml")).args(&case.options);
    command.env_clear().envs(lab.client_environment());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Ok(command)
}

fn run_netmend(lab: &Lab, case: &Case, rights: Rights, netmend: &Path) -> Result<Run> {
    let mut command = command(lab, case, rights, netmend)?;
    let patience = case.budget + GRACE + Duration::from_secs(5);
    lab.in_client(|| {
        let child = command.spawn().context("cannot start netmend")?;
        let watchdog = Watchdog::start(child.id(), patience);
        let interrupted = case.interrupt_after.map(|time| interrupt(child.id(), time)).transpose()?;
        let output = child.wait_with_output().context("cannot read netmend's output")?;
        ensure!(!watchdog.fired(), "netmend had to be killed after {patience:?}");
        Ok(Run {
            status: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            ending: interrupted.map(|at| at.elapsed()),
        })
    })
}

/// Runs a command in the client's namespace to its end.
pub fn finish(lab: &Lab, mut command: std::process::Command) -> Result<std::process::Output> {
    lab.in_client(|| command.output().context("cannot start the program"))
}

/// Longest time that a program may take to begin listening for signals.
const UNTIL_LISTENING: Duration = Duration::from_secs(5);

/// Interrupts a process in the middle of its run, `after` it began to listen for SIGINT; returns when it did.
fn interrupt(process: u32, after: Duration) -> Result<Instant> {
    let begun = Instant::now();
    while !listens(process)? {
        ensure!(begun.elapsed() < UNTIL_LISTENING, "netmend does not handle SIGINT");
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(after);
    let at = Instant::now();
    kill(pid(process), Signal::SIGINT).context("the run was over before it could be interrupted")?;
    Ok(at)
}

fn pid(process: u32) -> Pid {
    Pid::from_raw(i32::try_from(process).unwrap_or(i32::MAX))
}

/// Kills a process that does not end by itself.
struct Watchdog {
    fired: Arc<AtomicBool>,
    _cancel: mpsc::Sender<()>,
}

impl Watchdog {
    fn start(process: u32, after: Duration) -> Self {
        let fired = Arc::new(AtomicBool::new(false));
        let (cancel, cancelled) = mpsc::channel::<()>();
        let flag = Arc::clone(&fired);
        std::thread::spawn(move || {
            if cancelled.recv_timeout(after) == Err(mpsc::RecvTimeoutError::Timeout) {
                flag.store(true, Ordering::SeqCst);
                let _ = kill(pid(process), Signal::SIGKILL);
            }
        });
        Self { fired, _cancel: cancel }
    }

    fn fired(&self) -> bool {
        self.fired.load(Ordering::SeqCst)
    }
}

/// Whether a process has a handler for SIGINT (proc_pid_status(5), SigCgt: bit 1 is signal 2).
fn listens(process: u32) -> Result<bool> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).context("netmend has ended by itself")?;
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or("0");
    Ok(u64::from_str_radix(caught.trim(), 16)? & 0b10 != 0)
}
