//! The first bytes of a protocol that is neither TLS nor HTTP: what answers there, if anything does.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use netmend_model::net::{ExchangeEnd, Greeting};
use netmend_model::{Outcome, Protocol};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use self::opening::Opening;
use crate::transport::{Line, Tap, Watch, connect_error, end_of, milliseconds};
use crate::{Context, text};

pub(crate) mod opening;
mod recognise;

/// First bytes kept.
const KEPT: usize = 256;
/// Servers that look the client's name up, or slow down spammers, greet late.
const GREETING: Duration = Duration::from_secs(5);
/// A bare TCP service need not say anything; only a close at once is of interest.
const BRIEFLY_AT_LEAST: Duration = Duration::from_millis(60);
const BRIEFLY_AT_MOST: Duration = Duration::from_millis(300);
/// For the rest of a first line of which a part came.
const REST: Duration = Duration::from_millis(250);

/// Connects to `to` and exchanges the first bytes of the protocol that should answer there.
pub async fn run(ctx: &Context, to: SocketAddr, expect: Protocol) -> Outcome<Greeting> {
    let opening = Opening::of(expect);
    let line = match Line::open(ctx, to, None).await {
        Ok(line) => line,
        Err(attempt) => {
            let end = ExchangeEnd::NotConnected { error: connect_error(&attempt) };
            return Outcome::observed(Greeting { tcp_info: attempt.tcp_info, ..nothing(end) });
        }
    };
    let begin = Instant::now();
    let patience = ctx.within(if stays_silent(expect) { briefly(ctx) } else { GREETING });
    let end = first_bytes(&mut line.io(), &opening, &line.watch, patience).await;
    let seen = line.watch.seen();
    Outcome::observed(Greeting {
        connect_ms: Some(milliseconds(line.took)),
        first_byte_ms: seen.first_at.map(|at| milliseconds(at.duration_since(begin))),
        sent: opening.name.into(),
        received: text::escaped(&seen.first, KEPT),
        looks_like: recognise::protocol(&seen.first, &opening).map(str::to_owned),
        tcp_info: line.tcp_info(),
        ..nothing(end)
    })
}

/// Whether a service of this kind says nothing that this probe could wait for.
fn stays_silent(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::Tcp | Protocol::Tls | Protocol::Http | Protocol::Https)
}

/// Two round trips: a FIN or RST that follows the accept has come by then.
fn briefly(ctx: &Context) -> Duration {
    let measured = ctx.pace.longest().map(|longest| longest * 2);
    measured.unwrap_or(BRIEFLY_AT_MOST).clamp(BRIEFLY_AT_LEAST, BRIEFLY_AT_MOST)
}

/// Whether anything answers on `io`, and how that ended; for a service of which nothing is to be expected, whether it stays.
pub(crate) async fn answers(
    ctx: &Context,
    io: impl AsyncRead + AsyncWrite + Unpin,
    expect: Protocol,
    patience: Duration,
) -> bool {
    let watch = Watch::default();
    let patience = if stays_silent(expect) { patience.min(briefly(ctx)) } else { patience };
    match first_bytes(&mut Tap::new(io, watch.clone()), &Opening::of(expect), &watch, patience).await {
        ExchangeEnd::Answered => true,
        ExchangeEnd::Silent => stays_silent(expect),
        _ => false,
    }
}

/// Says what opens the protocol and reads what comes, at least one byte, until it is recognised.
async fn first_bytes(
    io: &mut (impl AsyncRead + AsyncWrite + Unpin),
    opening: &Opening,
    watch: &Watch,
    patience: Duration,
) -> ExchangeEnd {
    let begun = async {
        io.write_all(opening.bytes).await?;
        io.flush().await?;
        read_more(io).await
    };
    match timeout(patience, begun).await {
        Err(_) => return ExchangeEnd::Silent,
        Ok(Err(error)) => return end_of(&error),
        Ok(Ok(0)) => return ExchangeEnd::Closed,
        Ok(Ok(_)) => {}
    }
    let rest = async {
        while recognise::protocol(&watch.seen().first, opening).is_none() && watch.seen().first.len() < KEPT {
            if !matches!(read_more(io).await, Ok(1..)) {
                return;
            }
        }
    };
    // What came is an answer, whether or not more of it comes.
    drop(timeout(REST, rest).await);
    ExchangeEnd::Answered
}

async fn read_more(io: &mut (impl AsyncRead + Unpin)) -> std::io::Result<usize> {
    io.read(&mut [0; KEPT]).await
}

fn nothing(end: ExchangeEnd) -> Greeting {
    Greeting {
        end,
        connect_ms: None,
        first_byte_ms: None,
        sent: "nothing".into(),
        received: String::new(),
        looks_like: None,
        tcp_info: None,
    }
}

#[cfg(test)]
mod tests;
