//! One run, from the question to the report.

use std::time::{Duration, Instant};

use netmend_diagnose::{Findings, diagnose, plan, way, way_of};
use netmend_model::{
    Case, Data, Event, Evidence, Outcome, ReasonCode, Redaction, Report, Request, SCHEMA, StationState, Step, Why,
};
use netmend_probes::Context;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::ask::{Ask, contacts};

/// How often the plan is asked again while nothing comes in, so that lateness is noticed.
const TICK: Duration = Duration::from_millis(25);

/// Entries of the hosts file that a report keeps beside those of the target.
const HOSTS_KEPT: usize = 200;

/// Runs a diagnosis: measures until enough is known, the budget ends or `cancel` fires, and reports what was found. Words are not
/// filled in. The last event is `Finished`. Ends within a few milliseconds of `cancel`.
pub async fn run(ask: Ask, cancel: CancellationToken, on_event: impl FnMut(Event) + Send) -> Report {
    let mut run = Run::begin(ask, &cancel, on_event);
    let end = run.measure(&cancel).await;
    run.finish(end)
}

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Enough is known, or nothing is left to measure.
    Done,
    /// The person stopped it.
    Stopped,
    /// The budget is used up.
    OutOfTime,
}

struct Run<F> {
    case: Case,
    context: Context,
    began: Instant,
    started: jiff::Timestamp,
    tasks: JoinSet<(Step, Evidence)>,
    steps: Vec<(Id, Step)>,
    way: Vec<StationState>,
    enough_since: Option<Instant>,
    on_event: F,
}

impl<F: FnMut(Event) + Send> Run<F> {
    fn begin(ask: Ask, cancel: &CancellationToken, mut on_event: F) -> Self {
        let budget = Duration::from_secs_f64((ask.settings.budget_ms / 1e3).clamp(0.0, 86_400.0));
        let mut context = Context::new(budget);
        context.cancel = cancel.child_token();
        on_event(Event::Started {
            target: ask.target.clone(),
            contacts: contacts(&ask),
            budget_ms: ask.settings.budget_ms,
        });
        Self {
            case: ask.into_case(),
            context,
            began: Instant::now(),
            started: jiff::Timestamp::now(),
            tasks: JoinSet::new(),
            steps: Vec::new(),
            way: Vec::new(),
            enough_since: None,
            on_event,
        }
    }

    fn now_ms(&self) -> f64 {
        millis(self.began.elapsed())
    }

    async fn measure(&mut self, cancel: &CancellationToken) -> End {
        let deadline = tokio::time::Instant::from_std(self.context.deadline);
        loop {
            let began_any = self.begin_next();
            if self.tasks.is_empty() || (!began_any && self.knows_enough()) {
                return End::Done;
            }
            tokio::select! {
                biased;
                () = cancel.cancelled() => return End::Stopped,
                () = tokio::time::sleep_until(deadline) => return End::OutOfTime,
                Some(done) = self.tasks.join_next_with_id() => self.take(done),
                () = tokio::time::sleep(TICK) => {}
            }
            // Whatever came in at the same time belongs to the same picture.
            while let Some(done) = self.tasks.try_join_next_with_id() {
                self.take(done);
            }
        }
    }

    fn begin_next(&mut self) -> bool {
        let wishes = plan::next(&self.case, self.now_ms());
        let any = !wishes.is_empty();
        for (request, why) in wishes {
            self.begin_step(request, why);
        }
        if any {
            self.enough_since = None;
            self.show_way();
        }
        any
    }

    fn begin_step(&mut self, request: Request, why: Why) {
        let step = Step { request, why, at_ms: self.now_ms() };
        self.case.steps.push(step.clone());
        (self.on_event)(Event::Step(step.clone()));
        let (context, began, kept) = (self.context.clone(), self.began, step.clone());
        let task = self.tasks.spawn(async move {
            let started = Instant::now();
            let outcome = netmend_probes::run(&context, &step.request).await;
            let evidence = evidence(&step, millis(started - began), millis(started.elapsed()), outcome);
            (step, evidence)
        });
        self.steps.push((task.id(), kept));
    }

    fn take(&mut self, done: Result<(Id, (Step, Evidence)), tokio::task::JoinError>) {
        let evidence = match done {
            Ok((id, (_, evidence))) => {
                self.steps.retain(|(other, _)| *other != id);
                evidence
            }
            Err(error) => {
                let Some(at) = self.steps.iter().position(|(id, _)| *id == error.id()) else { return };
                let (_, step) = self.steps.swap_remove(at);
                let outcome = Outcome::errored(ReasonCode::SystemError, format!("the measurement broke off: {error}"));
                evidence(&step, step.at_ms, self.now_ms() - step.at_ms, outcome)
            }
        };
        self.keep(evidence);
        self.show_way();
    }

    fn keep(&mut self, mut evidence: Evidence) {
        self.shorten(&mut evidence);
        evidence.id = format!("e{}", self.case.evidence.len() + 1);
        self.case.evidence.push(evidence.clone());
        (self.on_event)(Event::Measured { evidence });
    }

    /// Block lists make hosts files of a hundred thousand lines: what is about the target stays, and a first part of the rest.
    fn shorten(&self, evidence: &mut Evidence) {
        let Outcome::Observed { data: Data::Hosts(hosts) } = &mut evidence.outcome else { return };
        let name = self.case.target.as_ref().map(|target| target.host.as_str()).unwrap_or_default();
        let mut kept = 0;
        hosts.entries.retain(|entry| {
            kept += 1;
            kept <= HOSTS_KEPT || entry.names.iter().any(|entry| entry == name)
        });
    }

    fn show_way(&mut self) {
        let way = way(&self.case);
        if way != self.way {
            self.way.clone_from(&way);
            (self.on_event)(Event::Way { stations: way });
        }
    }

    fn knows_enough(&mut self) -> bool {
        let Some(grace_ms) = plan::enough(&self.case) else {
            self.enough_since = None;
            return false;
        };
        let since = *self.enough_since.get_or_insert_with(Instant::now);
        millis(since.elapsed()) >= grace_ms
    }

    fn finish(mut self, end: End) -> Report {
        self.tasks.abort_all();
        let reason = match end {
            End::Done => None,
            End::Stopped => Some(ReasonCode::Cancelled),
            End::OutOfTime => Some(ReasonCode::OutOfTime),
        };
        if let Some(code) = reason {
            for (_, step) in std::mem::take(&mut self.steps) {
                let elapsed_ms = self.now_ms() - step.at_ms;
                self.keep(evidence(&step, step.at_ms, elapsed_ms, Outcome::not_run(code, "")));
            }
        }
        let report = self.report(end);
        (self.on_event)(Event::Way { stations: way_of(&report) });
        (self.on_event)(Event::Finished { report: report.clone() });
        report
    }

    fn report(&self, end: End) -> Report {
        let Findings { verdict, diagnoses, notes, skipped } = diagnose(&self.case);
        let case = self.case.clone();
        Report {
            schema: SCHEMA.to_owned(),
            verdict,
            target: case.target,
            symptom: case.symptom,
            diagnoses,
            evidence: case.evidence,
            notes,
            skipped,
            host: netmend_sys::facts::host::read(),
            started: self.started.to_string(),
            elapsed_ms: self.now_ms(),
            netmend: env!("CARGO_PKG_VERSION").to_owned(),
            settings: case.settings,
            profile: case.profile,
            steps: case.steps,
            interrupted: end == End::Stopped,
            redaction: Redaction::None,
            language: String::new(),
        }
    }
}

fn millis(duration: Duration) -> f64 {
    // Microseconds are as fine as any of the clocks behind these figures.
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

pub(crate) fn evidence(step: &Step, started_ms: f64, elapsed_ms: f64, outcome: Outcome<Data>) -> Evidence {
    Evidence {
        id: String::new(),
        probe: step.request.probe().to_owned(),
        request: step.request.clone(),
        why: step.why,
        started_ms,
        elapsed_ms,
        outcome,
    }
}
