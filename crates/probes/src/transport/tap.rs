//! Reading and writing with a record of what came in, when, and how it ended.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use netmend_model::net::ExchangeEnd;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// First bytes kept.
const KEPT: usize = 256;

/// What came in so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// The first bytes.
    pub(crate) first: Vec<u8>,
    /// When the first of them came.
    pub(crate) first_at: Option<Instant>,
    /// When the last ones came.
    pub(crate) last_at: Option<Instant>,
    /// How many came in all.
    pub(crate) total: u64,
    /// How the peer or the system ended it, if it did: `Closed`, `Reset` or `Failed`.
    pub(crate) cut: Option<ExchangeEnd>,
}

/// A handle on the record of a [`Tap`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch(Arc<Mutex<Seen>>);

impl Watch {
    /// The record as it is now.
    pub(crate) fn seen(&self) -> Seen {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn came(&self, bytes: &[u8]) {
        let mut seen = self.lock();
        let now = Instant::now();
        let room = KEPT.saturating_sub(seen.first.len()).min(bytes.len());
        seen.first.extend_from_slice(&bytes[..room]);
        seen.first_at.get_or_insert(now);
        seen.last_at = Some(now);
        seen.total += bytes.len() as u64;
    }

    fn ended(&self, end: ExchangeEnd) {
        self.lock().cut.get_or_insert(end);
    }
}

/// A stream that keeps a record of what is read from it.
#[derive(Debug)]
pub(crate) struct Tap<S> {
    inner: S,
    watch: Watch,
}

impl<S> Tap<S> {
    pub(crate) fn new(inner: S, watch: Watch) -> Self {
        Self { inner, watch }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Tap<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let room = buf.remaining();
        let result = ready!(Pin::new(&mut self.inner).poll_read(cx, buf));
        match &result {
            Ok(()) if buf.filled().len() > before => self.watch.came(&buf.filled()[before..]),
            Ok(()) if room > 0 => self.watch.ended(ExchangeEnd::Closed),
            Ok(()) => {}
            Err(error) => self.watch.ended(super::end_of(error)),
        }
        Poll::Ready(result)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tap<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let result = ready!(Pin::new(&mut self.inner).poll_write(cx, buf));
        if let Err(error) = &result {
            self.watch.ended(super::end_of(error));
        }
        Poll::Ready(result)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

/// A TCP connection that can be read from and written to while TCP_INFO is asked for elsewhere.
#[derive(Debug)]
pub(crate) struct Socket(Arc<TcpStream>);

impl Socket {
    pub(crate) fn new(stream: Arc<TcpStream>) -> Self {
        Self(stream)
    }
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.0.poll_read_ready(cx))?;
            match self.0.try_read(buf.initialize_unfilled()) {
                Ok(length) => {
                    buf.advance(length);
                    return Poll::Ready(Ok(()));
                }
                // Readiness may be stale; it was cleared, so the next poll waits.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.0.poll_write_ready(cx))?;
            match self.0.try_write(buf) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return Poll::Ready(result),
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// Nothing is half-closed here: many servers take a FIN for the end of the whole exchange.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
