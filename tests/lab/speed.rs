//! Whole-process wall time on a path with a 20 ms round trip, against the targets.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::case::Case;
use crate::lab::Lab;
use crate::launch::Rights;
use crate::proof::{self, Connect};
use crate::runner;
use crate::servers::http::Reply;
use crate::servers::tcp::Behaviour;
use crate::topology::{Node, Shape};

/// Odd, so that the median is a run that happened.
const RUNS: usize = 7;
const ONE_WAY: Duration = Duration::from_millis(10);

/// Measures and reports as a Markdown table.
pub fn report(netmend: &Path) -> Result<String> {
    let mut page = format!("On a path of 20 ms, median of {RUNS} runs as an ordinary user, {}:\n\n", netmend.display());
    page.push_str("| target | verdict | median ms | least | most | goal ms | |\n|---|---|---|---|---|---|---|\n");
    for (case, goal) in situations() {
        let measured = measure(&case, netmend).with_context(|| case.id.clone())?;
        let median = measured.times[RUNS / 2];
        let mark = if median <= goal { "met" } else { "**missed**" };
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {mark} |",
            case.id,
            measured.got,
            median.as_millis(),
            measured.times[0].as_millis(),
            measured.times[RUNS - 1].as_millis(),
            goal.as_millis()
        );
    }
    let _ = writeln!(page, "\nStarting a process in the lab costs {} ms of each.", launch_cost()?.as_millis());
    Ok(page)
}

fn situations() -> [(Case, Duration); 3] {
    let shape = Shape { delay: ONE_WAY, ..Shape::default() };
    let healthy = Case::healthy("https").shape(shape).build(|lab| lab.https(Reply::status(200))).proof(is_far(443));
    // Nothing but SSH there: another open web port would be a different cause.
    let refused = Case::cause("service.refused", "").shape(shape).build(ssh).proof(|lab| {
        is_far(22)(lab)?;
        proof::expect_refused(lab, "203.0.113.10:443")
    });
    let dropped = Case::cause("firewall.dropped", "").shape(shape).proof(|lab| {
        is_far(22)(lab)?;
        proof::expect_silent(lab, "203.0.113.10:443")
    });
    let dropped = dropped.build(|lab| {
        ssh(lab)?;
        lab.filter(Node::R4, "forward", "tcp dport 443 counter name hits drop")
    });
    let ms = Duration::from_millis;
    [(healthy, ms(500)), (refused, ms(500)), (dropped, ms(1500))]
}

fn ssh(lab: &mut Lab) -> Result<()> {
    lab.serve_both(22, &Behaviour::Banner(b"SSH-2.0-OpenSSH_9.9\r\n"))
}

/// The round trip to this port is the promised one. The first connect only makes the neighbours known.
fn is_far(port: u16) -> impl Fn(&Lab) -> Result<()> + Send + Sync + 'static {
    move |lab| {
        let address = format!("203.0.113.10:{port}");
        proof::expect_open(lab, &address)?;
        let (outcome, time) = proof::connect_timed(lab, &address, proof::PATIENCE)?;
        let right = time >= 2 * ONE_WAY && time < 3 * ONE_WAY;
        ensure!(outcome == Connect::Open && right, "{outcome:?} after {time:?}");
        Ok(())
    }
}

struct Measured {
    got: String,
    times: Vec<Duration>,
}

/// Each run in a network of its own: the kernel remembers paths and peers.
fn measure(case: &Case, netmend: &Path) -> Result<Measured> {
    let mut measured = Measured { got: String::new(), times: Vec::new() };
    for _ in 0..RUNS {
        let lab = runner::build(case, Rights::User)?;
        (case.proof)(&lab).context("the situation is not there")?;
        let start = Instant::now();
        let output = runner::finish(&lab, runner::command(&lab, case, Rights::User, netmend)?)?;
        measured.times.push(start.elapsed());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).context("no report")?;
        let got = report["diagnoses"][0]["cause"].as_str().or(report["verdict"].as_str()).context("no verdict")?;
        got.clone_into(&mut measured.got);
    }
    measured.times.sort();
    Ok(measured)
}

/// What the stage before the program itself takes.
fn launch_cost() -> Result<Duration> {
    let lab = Lab::start(Shape::default())?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let command = lab.client_command(Rights::User, Path::new("/bin/true"))?;
        let start = Instant::now();
        runner::finish(&lab, command)?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(times[RUNS / 2])
}
