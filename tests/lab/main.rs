//! `netmend-lab`: builds real faults in network namespaces and checks what netmend makes of them.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::{Parser, ValueEnum};
use netmend_tests::case::Case;
use netmend_tests::launch::Rights;
use netmend_tests::runner::{self, Line, Outcome, Plan};
use netmend_tests::{cases, confine, launch, local_process, net, speed, table};

/// Builds real faults in network namespaces and checks what netmend makes of them.
#[derive(Debug, Parser)]
#[command(name = "netmend-lab")]
struct Options {
    /// With which rights netmend runs.
    #[arg(long, value_enum, default_value_t = Mode::Both)]
    mode: Mode,
    /// Only these cases; `dns.` takes every case whose id begins so.
    #[arg(long = "case", value_name = "ID")]
    cases: Vec<String>,
    /// How many cases at a time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Writes the results as Markdown.
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// Keeps each case's JSON report.
    #[arg(long, value_name = "DIR")]
    keep_reports: Option<PathBuf>,
    /// The program under test; default: beside this program, the release build first.
    #[arg(long, value_name = "PATH")]
    netmend: Option<PathBuf>,
    /// Only builds and proves the cases, without netmend.
    #[arg(long)]
    proofs: bool,
    /// Also cases of causes that netmend cannot name yet.
    #[arg(long)]
    all: bool,
    /// Lists the cases, also those that only `--all` runs.
    #[arg(long)]
    list: bool,
    /// Opens a shell in the client's namespace of a case.
    #[arg(long, value_name = "CASE", conflicts_with = "exec")]
    shell: Option<String>,
    /// Runs a command in the client's namespace of a case: `--exec CASE -- COMMAND ARGUMENTS`.
    #[arg(long, value_name = "CASE", requires = "command")]
    exec: Option<String>,
    /// Measures whole runs on a path of 20 ms.
    #[arg(long)]
    speed: bool,
    /// The command for `--exec`.
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mode {
    /// User 0 with every capability.
    Root,
    /// An ordinary user without any.
    User,
    /// Each case once with each.
    Both,
}

impl Mode {
    fn rights(self) -> Vec<Rights> {
        match self {
            Mode::Root => vec![Rights::Root],
            Mode::User => vec![Rights::User],
            Mode::Both => vec![Rights::Root, Rights::User],
        }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let outcome = match arguments.first().and_then(|first| first.to_str()) {
        Some(launch::ENTER) => Err(launch::enter(&arguments[1..])),
        Some(local_process::LISTEN) => listen(&arguments[1..]),
        Some(launch::HOLD) => launch::hold().map(|()| ExitCode::SUCCESS),
        Some(confine::CONFINED) => confined(&arguments[1..]),
        _ => outside(),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("netmend-lab: {error:#}");
        ExitCode::from(2)
    })
}

fn listen(arguments: &[OsString]) -> Result<ExitCode> {
    let arguments: Vec<String> = arguments.iter().map(|each| each.to_string_lossy().into_owned()).collect();
    local_process::listen(&arguments).map(|()| ExitCode::SUCCESS)
}

/// Still in the machine's own network: reads the options, so that mistakes show at once, and leaves.
fn outside() -> Result<ExitCode> {
    let options = Options::parse();
    if options.list {
        for case in cases::everything() {
            println!("{:<40} {}", case.id, table::expected(case.truth));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let missing = net::missing_tools();
    let error =
        if missing.is_empty() { confine::reenter() } else { anyhow!("this machine lacks {}", missing.join(", ")) };
    if options.speed || options.exec.is_some() || options.shell.is_some() {
        return Err(error);
    }
    let count = select(&options)?.len() * options.mode.rights().len();
    println!("every case skipped: {error:#}");
    println!("0 passed, 0 failed, {count} skipped");
    Ok(ExitCode::SUCCESS)
}

fn confined(arguments: &[OsString]) -> Result<ExitCode> {
    let options = Options::parse_from(std::iter::once(OsString::from("netmend-lab")).chain(arguments.iter().cloned()));
    confine::assert_isolated()?;
    if let Some(case) = &options.exec {
        return inside(case, &options.command, options.mode);
    }
    if let Some(case) = &options.shell {
        let shell = std::env::var_os("SHELL").unwrap_or_else(|| "/bin/sh".into());
        return inside(case, &[shell], options.mode);
    }
    if options.speed {
        let netmend = netmend(&options).context("--speed needs a netmend program (--netmend PATH)")?;
        print!("{}", speed::report(&netmend)?);
        return Ok(ExitCode::SUCCESS);
    }
    run(&options)
}

fn run(options: &Options) -> Result<ExitCode> {
    let selected = select(options)?;
    let netmend = if options.proofs { None } else { Some(netmend(options)?) };
    if let Some(folder) = &options.keep_reports {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let plan =
        Plan { netmend, rights: options.mode.rights(), jobs: options.jobs, keep_reports: options.keep_reports.clone() };
    let lines = runner::run(&selected, &plan, print_line);
    confine::assert_isolated()?;
    if let Some(path) = &options.table {
        std::fs::write(path, table::markdown(&lines)).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let totals = table::totals(&lines);
    println!(
        "top-1 {} of {}, false alarms {} of {}",
        totals.top_one, totals.faults, totals.false_alarms, totals.healthy
    );
    println!("{} passed, {} failed, {} skipped", totals.passed, totals.failed, totals.skipped);
    Ok(if totals.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print_line(line: &Line) {
    let (mark, why) = match &line.outcome {
        Outcome::Passed => ("ok     ", String::new()),
        Outcome::Failed(why) => ("FAILED ", format!(": {why}")),
        Outcome::LabError(why) => ("LAB    ", format!(": {why}")),
        Outcome::Skipped(why) => ("skipped", format!(": {why}")),
    };
    let confidence = line.confidence.map_or_else(String::new, |value| format!(" {value:.2}"));
    let elapsed = line.elapsed.as_millis();
    println!("{mark} {} ({}) {}{confidence} {elapsed} ms{why}", line.id, line.rights.name(), line.got);
}

fn select(options: &Options) -> Result<Vec<Case>> {
    let all = cases::everything();
    let mut known = BTreeSet::new();
    if let Some(twice) = all.iter().find(|case| !known.insert(case.id.clone())) {
        bail!("two cases are called {}", twice.id);
    }
    if options.cases.is_empty() {
        return Ok(if options.all { all } else { cases::all() });
    }
    let wanted = |case: &Case| {
        options.cases.iter().any(|id| case.id == *id || (id.ends_with('.') && case.id.starts_with(id.as_str())))
    };
    let selected: Vec<Case> = all.into_iter().filter(wanted).collect();
    ensure!(!selected.is_empty(), "no case is called {}; see --list", options.cases.join(", "));
    Ok(selected)
}

fn netmend(options: &Options) -> Result<PathBuf> {
    if let Some(path) = &options.netmend {
        return path.canonicalize().with_context(|| format!("there is no {}", path.display()));
    }
    let own = std::env::current_exe()?;
    let target = own.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    ["release", "debug"]
        .iter()
        .map(|profile| target.join(profile).join("netmend"))
        .find(|path| path.is_file())
        .ok_or_else(|| anyhow!("netmend is not built; build it, name it with --netmend PATH, or run with --proofs"))
}

/// Builds a case and runs a command where its client is, with this terminal and this environment except for what leads
/// out of the lab. `NETMEND_LAB_TARGET` is what the case diagnoses.
fn inside(id: &str, command: &[OsString], mode: Mode) -> Result<ExitCode> {
    let case = cases::everything().into_iter().find(|case| case.id == id).with_context(|| format!("no case {id}"))?;
    let rights = if matches!(mode, Mode::User) { Rights::User } else { Rights::Root };
    let [program, rest @ ..] = command else { bail!("no command") };
    let lab = runner::build(&case, rights)?;
    (case.proof)(&lab).context("the fault is not there")?;
    let mut started = lab.client_command(rights, Path::new(program))?;
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_proxy(&name.to_string_lossy())) {
        started.env_remove(name);
    }
    started.args(rest).envs(lab.client.environment.iter().cloned());
    let home = lab.folder().join("home");
    started.env("HOME", &home).env("XDG_RUNTIME_DIR", &home).env_remove("DBUS_SYSTEM_BUS_ADDRESS");
    started.env("NETMEND_PROFILE", lab.folder().join("profile.toml"));
    started.env("NETMEND_LAB_TARGET", case.target.unwrap_or_default());
    started.stdin(Stdio::inherit());
    let status = lab.in_client(|| started.status().context("cannot start the command"))?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

fn is_proxy(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("_proxy")
}
