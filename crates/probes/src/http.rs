//! One HTTP/1.1 request (RFC 9112), each phase timed. Trust in certificates is the TLS probe's matter, and nothing secret is sent.

use std::net::SocketAddr;
use std::time::Duration;

use netmend_model::net::{ExchangeEnd, Http, HttpPhases};
use netmend_model::{Outcome, ReasonCode, Via};

use self::exchange::{Answer, exchange};
use self::request::Location;
use crate::transport::{Line, connect_error, layered, milliseconds};
use crate::{Context, text};

pub(crate) mod exchange;
pub(crate) mod request;

pub(crate) use self::exchange::Limits;

/// Bytes of body shown.
pub(crate) const SHOWN: usize = 2048;
/// Bytes of body read: enough for a path that loses large packets to lose one.
const ENOUGH: usize = 64 * 1024;

/// How long an answer may take in a run that has time.
pub(crate) fn limits(ctx: &Context, body: usize) -> Limits {
    Limits {
        first_byte: ctx.within(Duration::from_secs(5)),
        // Two retransmissions of a lost segment fit in (RFC 6298).
        idle: ctx.within(ctx.pace.patience(4, Duration::from_millis(1500), Duration::from_secs(3))),
        transfer: ctx.within(Duration::from_secs(4)),
        body,
    }
}

/// Asks for `url` at `to`, which is the proxy where `via` says so; segments of at most `mss` bytes where given.
pub async fn run(ctx: &Context, to: SocketAddr, url: &str, via: Via, mss: Option<u16>) -> Outcome<Http> {
    let location = match Location::parse(url) {
        Ok(location) => location,
        Err(detail) => return Outcome::not_run(ReasonCode::Malformed, detail),
    };
    let request = match via {
        Via::Direct => location.get(),
        Via::Proxy if location.is_secure() => {
            return Outcome::not_run(ReasonCode::NothingToMeasure, "an https URL passes a proxy by CONNECT alone");
        }
        Via::Proxy => location.get_by_proxy(),
    };
    let request = match request {
        Ok(request) => request,
        Err(detail) => return Outcome::not_run(ReasonCode::Malformed, detail),
    };
    let line = match Line::open(ctx, to, mss).await {
        Ok(line) => line,
        Err(attempt) => {
            let end = ExchangeEnd::NotConnected { error: connect_error(&attempt) };
            return Outcome::observed(Http { tcp_info: attempt.tcp_info, ..nothing(end, HttpPhases::default()) });
        }
    };
    let mut phases = HttpPhases { connect_ms: Some(milliseconds(line.took)), ..HttpPhases::default() };
    let mut seen = match layered(ctx, &line, location.is_secure(), location.host()).await {
        Ok((io, took)) => {
            phases.tls_ms = took.map(milliseconds);
            answered(exchange(io, request, limits(ctx, ENOUGH)).await, &phases)
        }
        Err(end) => nothing(end, phases),
    };
    seen.tcp_info = line.tcp_info();
    Outcome::observed(seen)
}

fn answered(answer: Answer, phases: &HttpPhases) -> Http {
    Http {
        end: answer.end,
        phases: HttpPhases {
            first_byte_ms: answer.first_byte.map(milliseconds),
            transfer_ms: answer.transfer.map(milliseconds),
            ..phases.clone()
        },
        status: answer.status,
        headers: answer.headers,
        body_start: text::plain(&answer.body, SHOWN),
        body_bytes: answer.body.len() as u64,
        tcp_info: None,
    }
}

fn nothing(end: ExchangeEnd, phases: HttpPhases) -> Http {
    Http { end, phases, status: None, headers: Vec::new(), body_start: String::new(), body_bytes: 0, tcp_info: None }
}

#[cfg(test)]
mod tests;
