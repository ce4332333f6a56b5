//! One HTTP/1.1 exchange on a connection that stands, with a bound on every size and every wait.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{CONTENT_LENGTH, HeaderMap, SET_COOKIE, TRANSFER_ENCODING};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use netmend_model::net::ExchangeEnd;

use crate::text;
use crate::transport::{Layered, Seen, Tap, Watch};

/// The request's body: none.
type Nothing = Empty<Bytes>;

/// Bytes of a header block that are taken.
const MOST_HEAD: usize = 256 * 1024;
/// Header fields that are taken, and those that are kept.
const MOST_FIELDS: usize = 4096;
const KEPT_FIELDS: usize = 100;
/// Bytes kept of a field's value.
const KEPT_VALUE: usize = 1024;

/// What is taken of an answer, and how long it may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// From the request to the first byte.
    pub(crate) first_byte: Duration,
    /// Between bytes after that.
    pub(crate) idle: Duration,
    /// From the first byte to the end.
    pub(crate) transfer: Duration,
    /// Bytes of body after which no more is read.
    pub(crate) body: usize,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) end: ExchangeEnd,
    pub(crate) status: Option<u16>,
    /// As in [`netmend_model::net::Http::headers`].
    pub(crate) headers: Vec<(String, String)>,
    /// The body, as far as it was read.
    pub(crate) body: Vec<u8>,
    /// Whether there was more body than was wanted.
    pub(crate) more: bool,
    /// From the request to the first byte.
    pub(crate) first_byte: Option<Duration>,
    /// From there to the end.
    pub(crate) transfer: Option<Duration>,
    /// The connection through, where a CONNECT was granted.
    pub(crate) tunnel: Option<Layered>,
}

impl Answer {
    /// The value of the first header of this (lower-case) name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Sends `request` on `io` and reads the answer.
pub(crate) async fn exchange(io: Layered, request: Request<Nothing>, limits: Limits) -> Answer {
    let watch = Watch::default();
    let io = TokioIo::new(Tap::new(io, watch.clone()));
    let begin = Instant::now();
    let mut read = Read::default();
    let work = speak(io, request, limits, &mut read);
    let result = patient(work, begin, &watch, limits).await;
    let seen = watch.seen();
    let end = end(result, &read, &seen, limits);
    let first_byte = seen.first_at.map(|at| at.duration_since(begin));
    let transfer = seen.first_at.map(|at| at.elapsed());
    let Read { status, headers, body, more, tunnel, .. } = read;
    Answer { end, status, headers, body, more, first_byte, transfer, tunnel }
}

/// What has been read so far; it outlives a wait that is given up.
#[derive(Default)]
struct Read {
    status: Option<u16>,
    headers: Vec<(String, String)>,
    /// Whether the body ends with the connection (RFC 9112, 6.3).
    until_close: bool,
    body: Vec<u8>,
    more: bool,
    tunnel: Option<Layered>,
}

/// Drives the connection and the exchange on it together, so that dropping this ends both.
async fn speak(
    io: TokioIo<Tap<Layered>>,
    request: Request<Nothing>,
    limits: Limits,
    into: &mut Read,
) -> Result<(), hyper::Error> {
    let mut builder = http1::Builder::new();
    let (sender, connection) =
        builder.max_headers(MOST_FIELDS).max_buf_size(MOST_HEAD).handshake::<_, Nothing>(io).await?;
    let mut connection = pin!(connection.with_upgrades());
    let mut reading = pin!(ask(sender, request, limits, into));
    tokio::select! {
        biased;
        result = &mut reading => result,
        // What was read before the end may still be on its way through the channel.
        ended = &mut connection => reading.await.map_err(|error| ended.err().unwrap_or(error)),
    }
}

async fn ask(
    mut sender: http1::SendRequest<Nothing>,
    request: Request<Nothing>,
    limits: Limits,
    into: &mut Read,
) -> Result<(), hyper::Error> {
    let connecting = request.method() == Method::CONNECT;
    let response = sender.send_request(request).await?;
    into.status = Some(response.status().as_u16());
    into.headers = kept(response.headers());
    into.until_close = until_close(response.headers());
    if connecting && response.status().is_success() {
        into.tunnel = Some(Layered::Tunnel(TokioIo::new(hyper::upgrade::on(response).await?)));
        return Ok(());
    }
    read_body(response, limits, into).await
}

async fn read_body(response: Response<Incoming>, limits: Limits, into: &mut Read) -> Result<(), hyper::Error> {
    let mut body = response.into_body();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        let room = limits.body - into.body.len();
        into.body.extend_from_slice(&data[..room.min(data.len())]);
        into.more = data.len() > room;
        if into.more {
            return Ok(());
        }
    }
    Ok(())
}

fn until_close(headers: &HeaderMap) -> bool {
    !headers.contains_key(CONTENT_LENGTH) && !headers.contains_key(TRANSFER_ENCODING)
}

/// Waits for `work` as long as bytes keep coming; `None` when patience ends. Bytes come only while `work` is polled, so the
/// deadline is right whenever this waits.
async fn patient<T>(work: impl Future<Output = T>, begin: Instant, watch: &Watch, limits: Limits) -> Option<T> {
    let mut work = pin!(work);
    let mut alarm = pin!(tokio::time::sleep(limits.first_byte));
    poll_fn(|cx| {
        if let Poll::Ready(result) = work.as_mut().poll(cx) {
            return Poll::Ready(Some(result));
        }
        alarm.as_mut().reset(deadline(begin, &watch.seen(), limits).into());
        alarm.as_mut().poll(cx).map(|()| None)
    })
    .await
}

fn deadline(begin: Instant, seen: &Seen, limits: Limits) -> Instant {
    match (seen.first_at, seen.last_at) {
        (Some(first), Some(last)) => (last + limits.idle).min(first + limits.transfer),
        _ => begin + limits.first_byte,
    }
}

fn end(result: Option<Result<(), hyper::Error>>, read: &Read, seen: &Seen, limits: Limits) -> ExchangeEnd {
    match result {
        Some(Ok(())) => ExchangeEnd::Answered,
        None if still_flowing(read, seen, limits) => ExchangeEnd::Answered,
        None => ExchangeEnd::Silent,
        Some(Err(error)) => failure(&error, read, seen),
    }
}

/// A body that keeps coming when time is up (a stream, a long poll) is an answer; a head that is never complete is none.
fn still_flowing(read: &Read, seen: &Seen, limits: Limits) -> bool {
    read.status.is_some() && seen.last_at.is_some_and(|last| last.elapsed() < limits.idle)
}

fn failure(error: &hyper::Error, read: &Read, seen: &Seen) -> ExchangeEnd {
    let not_http = !b"HTTP/".starts_with(&seen.first[..seen.first.len().min(5)]);
    match &seen.cut {
        // Ending TLS without a close_notify is common; the body is complete as far as HTTP can tell.
        Some(ExchangeEnd::Closed) if read.status.is_some() && read.until_close => ExchangeEnd::Answered,
        Some(cut) if seen.first.is_empty() || !(error.is_parse() || not_http) => cut.clone(),
        _ if error.to_string().contains("too large") => ExchangeEnd::TooLarge,
        _ => ExchangeEnd::Malformed { detail: format!("{error}: {}", text::escaped(&seen.first, 64)) },
    }
}

/// The headers as evidence has them: at most 100, values cut, cookies' values removed.
fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    let fields = headers.iter().take(KEPT_FIELDS);
    fields
        .map(|(name, value)| match value.as_bytes() {
            cookie if name == SET_COOKIE => (name.to_string(), without_value(cookie)),
            value => (name.to_string(), text::line(value, KEPT_VALUE)),
        })
        .collect()
}

/// A cookie's name alone (RFC 6265, 4.1.1): its value may open a door.
fn without_value(cookie: &[u8]) -> String {
    let name = cookie.split(|byte| *byte == b'=').next().unwrap_or_default();
    format!("{}=", text::line(name, 128))
}
