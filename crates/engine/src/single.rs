//! One diagnostic alone.

use std::time::{Duration, Instant};

use netmend_model::{Evidence, Outcome, ReasonCode, Request, Step, Why};
use netmend_probes::Context;
use tokio_util::sync::CancellationToken;

/// Answers one request; ends with `NotRun` when `budget` is used up or `cancel` fires first.
pub async fn measure(request: Request, budget: Duration, cancel: CancellationToken) -> Evidence {
    let mut context = Context::new(budget);
    context.cancel = cancel.child_token();
    let step = Step { request, why: Why::Asked, at_ms: 0.0 };
    let began = Instant::now();
    let outcome = tokio::select! {
        biased;
        () = cancel.cancelled() => Outcome::not_run(ReasonCode::Cancelled, ""),
        outcome = netmend_probes::run(&context, &step.request) => outcome,
        () = tokio::time::sleep(budget) => Outcome::not_run(ReasonCode::OutOfTime, ""),
    };
    let elapsed_ms = began.elapsed().as_secs_f64() * 1e3;
    Evidence { id: "e1".into(), ..crate::run::evidence(&step, 0.0, elapsed_ms, outcome) }
}
