//! Connections whose bytes, times and end can be looked at whatever library speaks on them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use netmend_model::OsError;
use netmend_model::net::{ConnectAttempt, ConnectEnd, ExchangeEnd, TcpInfo};
use netmend_sys::sockets;
use tokio::net::TcpStream;

pub(crate) use self::reach::{Reached, reach};
pub(crate) use self::secure::{Layered, layered};
pub(crate) use self::tap::{Seen, Socket, Tap, Watch};
use crate::{Context, text};

mod reach;
mod secure;
mod tap;

/// Long enough for one SYN to be lost and sent again (RFC 6298: 1 s).
const CONNECT_AT_LEAST: Duration = Duration::from_millis(1500);
const CONNECT_AT_MOST: Duration = Duration::from_secs(3);

/// A TCP connection that stands.
pub(crate) struct Line {
    socket: Arc<TcpStream>,
    /// Watches the bytes that come in.
    pub(crate) watch: Watch,
    /// How long the connect took.
    pub(crate) took: Duration,
}

impl Line {
    /// Connects to `to`, with a maximum segment size of `mss` bytes where given.
    pub(crate) async fn open(ctx: &Context, to: SocketAddr, mss: Option<u16>) -> Result<Self, ConnectAttempt> {
        let patience = ctx.within(ctx.pace.patience(1, CONNECT_AT_LEAST, CONNECT_AT_MOST));
        let begin = Instant::now();
        let socket = sockets::open(to, mss, patience).await?;
        Ok(Self { socket: Arc::new(socket), watch: Watch::default(), took: begin.elapsed() })
    }

    /// The connection as something to read from and write to.
    pub(crate) fn io(&self) -> Tap<Socket> {
        Tap::new(Socket::new(Arc::clone(&self.socket)), self.watch.clone())
    }

    /// What the kernel knows of the connection now.
    pub(crate) fn tcp_info(&self) -> Option<TcpInfo> {
        sockets::tcp_info(&self.socket)
    }

    /// The attempt that made this connection, as evidence.
    pub(crate) fn attempt(&self) -> ConnectAttempt {
        ConnectAttempt {
            after_ms: 0.0,
            elapsed_ms: milliseconds(self.took),
            local: self.socket.local_addr().ok(),
            end: ConnectEnd::Connected,
            so_error: None,
            tcp_info: self.tcp_info(),
            icmp: Vec::new(),
        }
    }
}

/// The error that a connect failed with; `None` where nothing answered.
pub(crate) fn connect_error(attempt: &ConnectAttempt) -> Option<OsError> {
    match &attempt.end {
        ConnectEnd::Failed { error } => Some(error.clone()),
        ConnectEnd::NoAnswer | ConnectEnd::Connected => None,
    }
}

/// How an exchange ended that a read or a write failed in.
pub(crate) fn end_of(error: &std::io::Error) -> ExchangeEnd {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    if let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return ExchangeEnd::TlsFailed { detail: text::line(tls.to_string().as_bytes(), 512) };
    }
    match error.kind() {
        UnexpectedEof => ExchangeEnd::Closed,
        // A write after the peer's reset gives EPIPE.
        ConnectionReset | ConnectionAborted | BrokenPipe => ExchangeEnd::Reset,
        _ => ExchangeEnd::Failed { error: sockets::os_error_from(error) },
    }
}

/// A duration in milliseconds, as evidence has it.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
