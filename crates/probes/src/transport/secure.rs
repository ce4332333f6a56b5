//! TLS as a layer below another protocol. Trust is not judged here (the TLS probe does that), so no secret may be sent over it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{self, Poll};
use std::time::{Duration, Instant};

use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use netmend_model::net::{ExchangeEnd, TlsEnd};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::client::TlsStream;

use super::{Line, Socket, Tap};
use crate::Context;
use crate::tls::client::{Recorder, config, handshake};

/// A connection with or without TLS.
#[derive(Debug)]
pub(crate) enum Layered {
    /// TCP alone.
    Plain(Tap<Socket>),
    /// TLS on TCP.
    Tls(Box<TlsStream<Tap<Socket>>>),
    /// Through a proxy, after CONNECT.
    Tunnel(TokioIo<Upgraded>),
}

/// What another protocol is spoken on: `line` itself or, where `tls` says so, TLS on it as a client of `name`; then with the
/// time that the handshake took.
pub(crate) async fn layered(
    ctx: &Context,
    line: &Line,
    tls: bool,
    name: &str,
) -> Result<(Layered, Option<Duration>), ExchangeEnd> {
    if !tls {
        return Ok((Layered::Plain(line.io()), None));
    }
    let begin = Instant::now();
    let server = ServerName::try_from(name.to_owned()).map_err(|error| tls_failed(error.to_string()))?;
    let config =
        config(&Arc::new(Recorder::default()), &[b"http/1.1"]).map_err(|error| tls_failed(error.to_string()))?;
    match handshake(ctx, line, config, server).await {
        Ok(stream) => Ok((Layered::Tls(Box::new(stream)), Some(begin.elapsed()))),
        Err(end) => Err(tls_failed(in_words(&end))),
    }
}

fn tls_failed(detail: String) -> ExchangeEnd {
    ExchangeEnd::TlsFailed { detail }
}

fn in_words(end: &TlsEnd) -> String {
    match end {
        TlsEnd::Alert { name } => format!("the server sent the alert {name}"),
        TlsEnd::Silent => "no answer to the TLS handshake came in time".into(),
        TlsEnd::Closed => "the server closed the connection during the TLS handshake".into(),
        TlsEnd::Reset => "the connection was reset during the TLS handshake".into(),
        TlsEnd::NotTls { received } => format!("the answer is not TLS: {received}"),
        TlsEnd::Failed { detail } => detail.clone(),
        TlsEnd::Completed | TlsEnd::NotConnected { .. } => "the TLS handshake did not take place".into(),
    }
}

impl AsyncRead for Layered {
    fn poll_read(self: Pin<&mut Self>, cx: &mut task::Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_read(cx, buf),
            Self::Tls(io) => Pin::new(io).poll_read(cx, buf),
            Self::Tunnel(io) => Pin::new(io).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Layered {
    fn poll_write(self: Pin<&mut Self>, cx: &mut task::Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_write(cx, buf),
            Self::Tls(io) => Pin::new(io).poll_write(cx, buf),
            Self::Tunnel(io) => Pin::new(io).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_flush(cx),
            Self::Tls(io) => Pin::new(io).poll_flush(cx),
            Self::Tunnel(io) => Pin::new(io).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(io) => Pin::new(io).poll_shutdown(cx),
            Self::Tls(io) => Pin::new(io).poll_shutdown(cx),
            Self::Tunnel(io) => Pin::new(io).poll_shutdown(cx),
        }
    }
}
