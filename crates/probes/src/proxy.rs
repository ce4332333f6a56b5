//! A connection through a proxy: CONNECT (RFC 9110, 9.3.6) or SOCKS, and whether the target answers behind it.
//!
//! No credentials are ever sent; a proxy that wants them says so.

use std::time::{Duration, Instant};

use netmend_model::facts::{ProxyEndpoint, ProxyScheme};
use netmend_model::net::{Connect, ExchangeEnd, ProxyConnect};
use netmend_model::{Outcome, Protocol};

use crate::http::exchange::{Answer, exchange};
use crate::http::{SHOWN, limits, request};
use crate::transport::{Layered, Reached, layered, milliseconds, reach};
use crate::{Context, text};

mod behind;
mod challenge;
mod socks;

/// A proxy answers when its own connection to the target stands or has failed.
const ANSWER: Duration = Duration::from_secs(5);

/// Goes through `proxy` to `port` of `host`, and looks whether what `expect` says answers there.
pub async fn run(
    ctx: &Context,
    proxy: &ProxyEndpoint,
    host: &str,
    port: u16,
    expect: Protocol,
) -> Outcome<ProxyConnect> {
    let reached = reach(ctx, &proxy.host, proxy.port).await;
    let mut seen = nothing(&reached);
    let Some(line) = &reached.line else { return Outcome::observed(seen) };
    let io = match layered(ctx, line, proxy.scheme == ProxyScheme::Https, &proxy.host).await {
        Ok((io, _)) => io,
        Err(end) => return Outcome::observed(ProxyConnect { end, ..seen }),
    };
    let begin = Instant::now();
    let tunnel = match proxy.scheme {
        ProxyScheme::Http | ProxyScheme::Https => by_connect(ctx, io, host, port, &mut seen).await,
        ProxyScheme::Socks5 => by_socks(socks::five(io, host, port), ctx, &mut seen).await,
        ProxyScheme::Socks4 => by_socks(socks::four(io, host, port), ctx, &mut seen).await,
    };
    seen.answer_ms = (seen.end == ExchangeEnd::Answered).then(|| milliseconds(begin.elapsed()));
    if let Some(tunnel) = tunnel {
        seen.target_answered = Some(behind::answers(ctx, tunnel, host, port, expect).await);
    }
    Outcome::observed(seen)
}

async fn by_connect(ctx: &Context, io: Layered, host: &str, port: u16, seen: &mut ProxyConnect) -> Option<Layered> {
    let request = match request::connect(host, port) {
        Ok(request) => request,
        Err(detail) => {
            seen.end = ExchangeEnd::Malformed { detail };
            return None;
        }
    };
    let Answer { end, status, headers, body, tunnel, .. } = exchange(io, request, limits(ctx, SHOWN)).await;
    seen.end = end;
    seen.status = status;
    seen.authenticate = challenge::schemes(&headers);
    seen.headers = headers;
    seen.body_start = text::plain(&body, SHOWN);
    tunnel
}

async fn by_socks(
    handshake: impl Future<Output = Result<socks::Reply, ExchangeEnd>>,
    ctx: &Context,
    seen: &mut ProxyConnect,
) -> Option<Layered> {
    let reply = tokio::time::timeout(ctx.within(ANSWER), handshake).await.unwrap_or(Err(ExchangeEnd::Silent));
    match reply {
        Ok(reply) => {
            seen.end = ExchangeEnd::Answered;
            seen.status = Some(reply.code);
            seen.authenticate = reply.authenticate.into_iter().collect();
            reply.tunnel
        }
        Err(end) => {
            seen.end = end;
            None
        }
    }
}

fn nothing(reached: &Reached) -> ProxyConnect {
    let attempts = reached.attempts.clone();
    ProxyConnect {
        end: reached.end(),
        lookup: reached.lookup.clone(),
        address: reached.address,
        connect: (!attempts.is_empty()).then_some(Connect { attempts }),
        status: None,
        headers: Vec::new(),
        authenticate: Vec::new(),
        body_start: String::new(),
        target_answered: None,
        answer_ms: None,
    }
}

#[cfg(test)]
mod tests;
