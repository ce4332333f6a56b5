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
    let serve = |lab: &mut Lab| lab.https(Reply::status(200));
    let far = |lab: &Lab| {
        let (outcome, time) = proof::connect_timed(lab, "203.0.113.10:443", proof::PATIENCE)?;
        let right = time >= 2 * ONE_WAY && time < 3 * ONE_WAY;
        ensure!(outcome == Connect::Open && right, "{outcome:?} after {time:?}");
        Ok(())
    };
    let healthy = Case::healthy("https").shape(shape).build(serve).proof(far);
    let refused = Case::cause("service.refused", "").shape(shape).target("api.example.test:8443");
    let refused = refused.build(serve).proof(move |lab| {
        far(lab)?;
        proof::expect_refused(lab, "203.0.113.10:8443")
    });
    let dropped = Case::cause("firewall.dropped", "").shape(shape).target("api.example.test:8443");
    let dropped = dropped
        .build(move |lab| {
            serve(lab)?;
            lab.filter(Node::R4, "forward", "tcp dport 8443 counter name hits drop")
        })
        .proof(move |lab| {
            far(lab)?;
            proof::expect_silent(lab, "203.0.113.10:8443")
        });
    let ms = Duration::from_millis;
    [(healthy, ms(500)), (refused, ms(500)), (dropped, ms(1500))]
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
