//! A connection to a host by its name, the way programs make one: looked up by the system, both families tried.

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::time::Duration;

use netmend_model::net::{ConnectAttempt, ExchangeEnd, SystemLookup};
use netmend_sys::lookup;
use tokio::time::timeout;

use super::{Line, connect_error, milliseconds};
use crate::Context;

/// For the look-up: one resolver may be silent if it is quick to say so.
const LOOKUP: Duration = Duration::from_secs(3);
/// Head start of the family that the system prefers (RFC 8305, 5: 250 ms).
const HEAD_START: Duration = Duration::from_millis(250);

/// How far the way to a host was gone.
pub(crate) struct Reached {
    /// The look-up, where the host is a name.
    pub(crate) lookup: Option<SystemLookup>,
    /// The address used last.
    pub(crate) address: Option<SocketAddr>,
    /// The attempts to connect, as evidence.
    pub(crate) attempts: Vec<ConnectAttempt>,
    /// The connection, if one was made.
    pub(crate) line: Option<Line>,
}

impl Reached {
    /// What to report where there is no connection.
    pub(crate) fn end(&self) -> ExchangeEnd {
        ExchangeEnd::NotConnected { error: self.attempts.last().and_then(connect_error) }
    }
}

/// Connects to `port` of `host`, a name or an address.
pub(crate) async fn reach(ctx: &Context, host: &str, port: u16) -> Reached {
    let (lookup, addresses) = if let Ok(address) = host.parse::<IpAddr>() {
        (None, vec![address])
    } else {
        let seen = lookup::system(host, None, ctx.within(LOOKUP)).await;
        let addresses = seen.addresses.clone();
        (Some(seen), addresses)
    };
    let reached = match one_of_each_family(&addresses, port).as_slice() {
        [] => Reached { lookup: None, address: None, attempts: Vec::new(), line: None },
        [only] => connected(*only, Line::open(ctx, *only, None).await),
        [first, second, ..] => either(ctx, *first, *second).await,
    };
    Reached { lookup, ..reached }
}

/// The system's favourite, and the first of the other family.
fn one_of_each_family(addresses: &[IpAddr], port: u16) -> Vec<SocketAddr> {
    let other = |first: &IpAddr| addresses.iter().find(|address| address.is_ipv4() != first.is_ipv4());
    let first = addresses.first();
    first.into_iter().chain(first.and_then(other)).map(|address| (*address, port).into()).collect()
}

fn connected(to: SocketAddr, result: Result<Line, ConnectAttempt>) -> Reached {
    let (attempts, line) = match result {
        Ok(line) => (vec![line.attempt()], Some(line)),
        Err(attempt) => (vec![attempt], None),
    };
    Reached { lookup: None, address: Some(to), attempts, line }
}

/// The first of two connections that stands; the second begins when the first has failed or had its head start.
async fn either(ctx: &Context, first: SocketAddr, second: SocketAddr) -> Reached {
    let mut one = pin!(Line::open(ctx, first, None));
    if let Ok(result) = timeout(HEAD_START, &mut one).await {
        let reached = connected(first, result);
        return if reached.line.is_some() { reached } else { after(reached, second_try(ctx, second).await) };
    }
    let mut two = pin!(second_try(ctx, second));
    tokio::select! {
        result = &mut one => {
            let reached = connected(first, result);
            if reached.line.is_some() { reached } else { after(reached, two.await) }
        }
        reached = &mut two => {
            if reached.line.is_some() { reached } else { after(reached, connected(first, one.await)) }
        }
    }
}

async fn second_try(ctx: &Context, to: SocketAddr) -> Reached {
    connected(to, Line::open(ctx, to, None).await)
}

/// What `later` reached, with the attempts of `failed` before its own.
fn after(failed: Reached, later: Reached) -> Reached {
    let begun = failed.attempts.first().map_or(0.0, |attempt| attempt.elapsed_ms).min(milliseconds(HEAD_START));
    let moved = later.attempts.into_iter().map(|attempt| ConnectAttempt { after_ms: begun, ..attempt });
    Reached { attempts: failed.attempts.into_iter().chain(moved).collect(), ..later }
}
