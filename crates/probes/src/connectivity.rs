//! A URL that answers 204 with an empty body where nobody interferes (a "captive portal" check). Redirects are not followed:
//! where they lead is what this is about.

use std::time::{Duration, Instant};

use netmend_model::net::{Connectivity, SystemLookup};
use netmend_model::{OsError, Outcome, ReasonCode};

use crate::http::exchange::exchange;
use crate::http::request::Location;
use crate::http::{Limits, SHOWN, limits};
use crate::transport::{Reached, layered, milliseconds, reach};
use crate::{Context, text};

/// These servers do nothing but answer.
const FIRST_BYTE: Duration = Duration::from_secs(3);

/// Asks for `url` as the system's own check does.
pub async fn run(ctx: &Context, url: &str) -> Outcome<Connectivity> {
    let request = Location::parse(url).and_then(|location| location.get().map(|request| (location, request)));
    let (location, request) = match request {
        Ok(both) => both,
        Err(detail) => return Outcome::not_run(ReasonCode::Malformed, detail),
    };
    let begin = Instant::now();
    let reached = reach(ctx, location.host(), location.port()).await;
    let mut seen = nothing(&reached);
    if let Some(line) = &reached.line {
        match layered(ctx, line, location.is_secure(), location.host()).await {
            Ok((io, _)) => {
                let limits = Limits { first_byte: ctx.within(FIRST_BYTE), ..limits(ctx, 8 * SHOWN) };
                let answer = exchange(io, request, limits).await;
                seen.location = answer.header("location").map(str::to_owned);
                seen.status = answer.status;
                seen.body_bytes = answer.body.len() as u64;
                seen.body_start = text::plain(&answer.body, SHOWN);
                seen.end = answer.end;
            }
            Err(end) => seen.end = end,
        }
    }
    seen.total_ms = milliseconds(begin.elapsed());
    Outcome::observed(seen)
}

fn nothing(reached: &Reached) -> Connectivity {
    Connectivity {
        end: reached.end(),
        status: None,
        body_bytes: 0,
        body_start: String::new(),
        location: None,
        address: reached.address,
        lookup_error: reached.lookup.as_ref().and_then(lookup_error),
        total_ms: 0.0,
    }
}

/// The EAI code, or `TIMED_OUT` (which is none) for a look-up that was given up.
fn lookup_error(lookup: &SystemLookup) -> Option<OsError> {
    let given_up = || OsError { code: 0, symbol: "TIMED_OUT".into() };
    lookup.error.clone().or_else(|| lookup.timed_out.then(given_up))
}

#[cfg(test)]
mod tests {
    use super::*;
    use netmend_model::net::ExchangeEnd;

    use crate::testing::{answering, closed_port, context, hurried, silent};

    async fn check(ctx: &Context, url: &str) -> Connectivity {
        run(ctx, url).await.data().unwrap().clone()
    }

    async fn look(bytes: &'static str) -> Connectivity {
        check(&context(), &format!("http://{}/generate_204", answering(bytes).await)).await
    }

    #[tokio::test]
    async fn an_open_network_answers_204() {
        let seen = look("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n").await;
        assert_eq!((seen.end, seen.status, seen.body_bytes), (ExchangeEnd::Answered, Some(204), 0));
        assert!(seen.address.is_some() && seen.location.is_none() && seen.total_ms > 0.0);
    }

    #[tokio::test]
    async fn a_portal_says_where_it_is() {
        let seen = look("HTTP/1.1 302 Found\r\nLocation: http://portal.example.test/login\r\n\r\n").await;
        assert_eq!((seen.status, seen.location.as_deref()), (Some(302), Some("http://portal.example.test/login")));
        let seen = look("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n<html>Sign in!").await;
        assert_eq!((seen.status, seen.body_bytes, seen.body_start.as_str()), (Some(200), 14, "<html>Sign in!"));
    }

    #[tokio::test]
    async fn what_fails_says_how() {
        let refused = check(&context(), &format!("http://{}/", closed_port().await)).await;
        assert!(matches!(refused.end, ExchangeEnd::NotConnected { error: Some(_) }), "{:?}", refused.end);
        let seen = check(&hurried(), &format!("http://{}/", silent().await)).await;
        assert_eq!(seen.end, ExchangeEnd::Silent);
        let seen = run(&context(), "generate_204").await;
        assert_eq!(seen.reason().unwrap().code, ReasonCode::Malformed);
    }
}
