//! A TCP connect that keeps everything the kernel says about it.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use netmend_model::OsError;
use netmend_model::net::{ConnectAttempt, ConnectEnd, IcmpError};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::io::Interest;
use tokio::net::TcpStream;

use super::{milliseconds, os_error_from, system, tcp_info};

/// How long an ICMP error may stand in the queue before the attempt ends by it.
///
/// The kernel fails a connect in SYN_SENT at once for an unreachable message, except while connect() itself still holds the
/// socket: an answer from a very near router then only shows in the queue, and connect would fail at the next
/// retransmission, a second later. The moment leaves room for a second message and for SO_ERROR.
const LINGER: Duration = Duration::from_millis(5);

/// What is special about a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Largest segment to announce and to send, in bytes (TCP_MAXSEG, at least 88 on Linux); ignored where the system cannot.
    pub mss: Option<u16>,
    /// Time to live, on IPv6 the hop limit, of every packet of the connection.
    pub ttl: Option<u8>,
}

/// A connection attempt that has ended.
#[derive(Debug)]
pub struct Connection {
    /// How it went; `after_ms` is 0.
    pub attempt: ConnectAttempt,
    /// The connection, where it was accepted.
    pub stream: Option<TcpStream>,
}

/// Connects, waiting no longer than `patience`; `mss` as in [`Options`].
///
/// # Errors
/// The attempt with SO_ERROR, TCP_INFO and the ICMP errors, when it failed or had no answer in time.
#[allow(clippy::result_large_err, reason = "the error is the measurement")]
pub async fn open(to: SocketAddr, mss: Option<u16>, patience: Duration) -> Result<TcpStream, ConnectAttempt> {
    let Connection { attempt, stream } = connect(to, Options { mss, ttl: None }, tokio::time::sleep(patience)).await;
    stream.ok_or(attempt)
}

/// Connects until it is accepted, fails, or `give_up` is ready. Dropping the future closes the socket.
pub async fn connect(to: SocketAddr, options: Options, give_up: impl Future<Output = ()>) -> Connection {
    let begun = Instant::now();
    match begin(to, options) {
        Ok((stream, None)) => follow(stream, begun, give_up).await,
        Ok((stream, Some(error))) => finish(stream, begun, Seen::Failed(error), Vec::new()),
        Err(error) => Connection { attempt: failed_before_sending(begun, &error), stream: None },
    }
}

/// How the waiting ended.
enum Seen {
    Connected,
    SoError(OsError),
    /// An error that was not in SO_ERROR: connect(2) returned it, or only the queue has it.
    Failed(OsError),
    NoAnswer,
}

/// The socket with its SYN on the way, or with the error that connect(2) returned at once.
fn begin(to: SocketAddr, options: Options) -> io::Result<(TcpStream, Option<OsError>)> {
    let socket = Socket::new(Domain::for_address(to), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    system::keep_errors(&socket, to.is_ipv6())?;
    if let Some(mss) = options.mss {
        // Out of range or not on this system: the connection is worth having without it.
        let _ = system::set_mss(&socket, mss);
    }
    if let Some(ttl) = options.ttl {
        system::set_ttl(&socket, to.is_ipv6(), ttl)?;
    }
    let error =
        socket.connect(&to.into()).err().filter(|error| !system::in_progress(error)).map(|error| os_error_from(&error));
    Ok((TcpStream::from_std(socket.into())?, error))
}

fn failed_before_sending(begun: Instant, error: &io::Error) -> ConnectAttempt {
    ConnectAttempt {
        after_ms: 0.0,
        elapsed_ms: milliseconds(begun.elapsed()),
        local: None,
        end: ConnectEnd::Failed { error: os_error_from(error) },
        so_error: None,
        tcp_info: None,
        icmp: Vec::new(),
    }
}

async fn follow(stream: TcpStream, begun: Instant, give_up: impl Future<Output = ()>) -> Connection {
    let mut icmp = Vec::new();
    let seen = tokio::select! {
        biased;
        seen = answer(&stream, begun, &mut icmp) => seen,
        () = give_up => Seen::NoAnswer,
    };
    finish(stream, begun, seen, icmp)
}

/// Waits until the handshake is complete, SO_ERROR is set or an ICMP error came.
async fn answer(stream: &TcpStream, begun: Instant, icmp: &mut Vec<IcmpError>) -> Seen {
    let interest = Interest::WRITABLE | system::ERROR;
    loop {
        if let Err(error) = stream.ready(interest).await {
            return Seen::Failed(os_error_from(&error));
        }
        if let Some(seen) = look(stream, begun, icmp) {
            return seen;
        }
        if !icmp.is_empty() {
            tokio::time::sleep(LINGER).await;
            return look(stream, begun, icmp).unwrap_or_else(|| by_icmp(icmp));
        }
        // Nothing to see after all: wait for the next change.
        let _ = stream.try_io(interest, || Err::<(), _>(io::ErrorKind::WouldBlock.into()));
        tokio::time::sleep(super::PAUSE).await;
    }
}

/// SO_ERROR first: reading the queue clears it.
fn look(stream: &TcpStream, begun: Instant, icmp: &mut Vec<IcmpError>) -> Option<Seen> {
    let error = stream.take_error().ok().flatten();
    icmp.extend(system::queued_errors(stream, begun).into_iter().map(|queued| queued.error));
    match error {
        Some(error) => Some(Seen::SoError(os_error_from(&error))),
        None => stream.peer_addr().is_ok().then_some(Seen::Connected),
    }
}

fn by_icmp(icmp: &[IcmpError]) -> Seen {
    icmp.first().map_or(Seen::NoAnswer, |first| Seen::Failed(first.error.clone()))
}

fn finish(stream: TcpStream, begun: Instant, seen: Seen, mut icmp: Vec<IcmpError>) -> Connection {
    let elapsed_ms = milliseconds(begun.elapsed());
    // What came between the last look and now, such as the queue behind an error that connect(2) itself returned.
    let late = stream.take_error().ok().flatten().map(|error| os_error_from(&error));
    icmp.extend(system::queued_errors(&stream, begun).into_iter().map(|queued| queued.error));
    let (end, so_error) = match (seen, late) {
        (Seen::Connected, _) => (ConnectEnd::Connected, None),
        (Seen::SoError(error), _) | (Seen::NoAnswer, Some(error)) => {
            (ConnectEnd::Failed { error: error.clone() }, Some(error))
        }
        (Seen::Failed(error), late) => (ConnectEnd::Failed { error }, late),
        (Seen::NoAnswer, None) => (ConnectEnd::NoAnswer, None),
    };
    let connected = end == ConnectEnd::Connected;
    let attempt = ConnectAttempt {
        after_ms: 0.0,
        elapsed_ms,
        local: stream.local_addr().ok(),
        end,
        so_error,
        tcp_info: tcp_info(&stream),
        icmp,
    };
    Connection { attempt, stream: connected.then_some(stream) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(2);

    fn local(listener: &socket2::Socket) -> SocketAddr {
        listener.local_addr().unwrap().as_socket().unwrap()
    }

    fn listener(v6: bool, backlog: i32) -> socket2::Socket {
        let address: SocketAddr = if v6 { "[::1]:0" } else { "127.0.0.1:0" }.parse().unwrap();
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
        socket.bind(&address.into()).unwrap();
        socket.listen(backlog).unwrap();
        socket
    }

    #[tokio::test]
    async fn an_open_port_is_connected() {
        for v6 in [false, true] {
            let listener = listener(v6, 8);
            let to = local(&listener);
            let Connection { attempt, stream } = connect(to, Options::default(), tokio::time::sleep(PATIENCE)).await;
            assert_eq!(attempt.end, ConnectEnd::Connected);
            assert_eq!(attempt.local.map(|local| local.ip()), Some(to.ip()));
            assert_eq!(attempt.so_error, None);
            assert_eq!(stream.unwrap().peer_addr().unwrap(), to);
        }
    }

    #[tokio::test]
    async fn a_closed_port_is_refused_with_its_code() {
        for v6 in [false, true] {
            let to = local(&listener(v6, 1));
            let attempt = open(to, None, PATIENCE).await.unwrap_err();
            let ConnectEnd::Failed { error } = &attempt.end else { panic!("{attempt:?}") };
            assert!(error.symbol.ends_with("ECONNREFUSED"), "{attempt:?}");
            assert_eq!(attempt.so_error.as_ref(), Some(error));
            assert_eq!(attempt.icmp, []);
        }
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_full_accept_queue_is_silent() {
        let listener = listener(false, 0);
        let to = local(&listener);
        let waiting = open(to, None, PATIENCE).await.unwrap();
        let attempt = open(to, None, Duration::from_millis(50)).await.unwrap_err();
        drop(waiting);
        assert_eq!(attempt.end, ConnectEnd::NoAnswer);
        assert!(attempt.elapsed_ms >= 50.0);
        assert_eq!(attempt.tcp_info.map(|info| info.state).as_deref(), Some("SYN_SENT"));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_segment_size_asked_for_is_used() {
        let listener = listener(false, 8);
        let stream = open(local(&listener), Some(536), PATIENCE).await.unwrap();
        // Time stamps take 12 bytes of each segment.
        assert!(tcp_info(&stream).unwrap().snd_mss <= 536);
    }

    #[tokio::test]
    async fn giving_up_first_ends_without_an_answer() {
        let listener = listener(false, 8);
        let to = local(&listener);
        let connection = connect(to, Options::default(), std::future::ready(())).await;
        // The handshake over loopback may already be complete: then that is what is reported.
        assert!(matches!(connection.attempt.end, ConnectEnd::NoAnswer | ConnectEnd::Connected));
    }
}
