//! ICMP echo: a few requests, close together.

use std::net::IpAddr;
use std::time::Duration;

use netmend_model::Outcome;
use netmend_model::net::Echo;
use netmend_sys::sockets::{self, Pings};

use crate::{Context, waiting};

/// Between one request and the next: several within one burst of a queue, and none twice in the same instant.
const GAP: Duration = Duration::from_millis(15);

/// Most requests of one probe.
const MOST: u32 = 100;

/// Sends `count` echo requests to `to` (1 to 100).
pub async fn run(ctx: &Context, to: IpAddr, count: u32) -> Outcome<Echo> {
    let patience = waiting::for_answer(ctx, Duration::from_millis(200), Duration::from_secs(1));
    let pings = Pings { count: count.clamp(1, MOST), gap: GAP, patience: ctx.within(patience) };
    let outcome = sockets::echo(to, pings).await;
    if let Some(shortest) = outcome.data().and_then(|echo| echo.rtt_ms.iter().copied().reduce(f64::min))
        && let Ok(rtt) = Duration::try_from_secs_f64(shortest / 1e3)
    {
        ctx.pace.observe(rtt);
    }
    outcome
}

#[cfg(test)]
mod tests {
    use netmend_model::ReasonCode;

    use super::*;

    #[tokio::test]
    async fn loopback_answers_every_request_or_rights_are_missing() {
        let ctx = Context::new(Duration::from_secs(5));
        let outcome = run(&ctx, "127.0.0.1".parse().unwrap(), 3).await;
        match outcome.reason() {
            None => {
                let echo = outcome.data().unwrap();
                assert_eq!((echo.sent, echo.received, echo.rtt_ms.len()), (3, 3, 3));
                assert!(ctx.pace.longest().is_some());
            }
            Some(reason) => assert_eq!(reason.code, ReasonCode::NeedsAdministrator),
        }
    }
}
