//! One UDP datagram, and what comes back: an answer, an ICMP error, or the refusal of this machine itself.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Instant;

use netmend_model::OsError;
use netmend_model::net::IcmpError;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::io::Interest;
use tokio::net::UdpSocket;

use super::{milliseconds, os_error_from, system};

/// What is special about a datagram.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DatagramOptions {
    /// Time to live, on IPv6 the hop limit.
    pub ttl: Option<u8>,
    /// Bytes of payload, all zero.
    pub length: usize,
    /// Send it whole or not at all, whatever path MTU the system believes in (RFC 8899, 3; IP_PMTUDISC_PROBE).
    pub whole: bool,
}

/// What became of a datagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Datagram {
    /// This side's address and port.
    pub local: Option<SocketAddr>,
    /// The error of connect(2) or send(2): EPERM means that a filter on this machine dropped it, ENETUNREACH that there is no route.
    pub error: Option<OsError>,
    /// When a datagram came back, in milliseconds after sending.
    pub answered_ms: Option<f64>,
    /// What the error queue held.
    pub icmp: Vec<IcmpError>,
}

/// Sends one datagram and waits for an answer or an ICMP error until `give_up` is ready.
///
/// # Errors
/// The socket could not be made, or this system lacks an option that was asked for.
pub async fn datagram(
    to: SocketAddr,
    options: DatagramOptions,
    give_up: impl Future<Output = ()>,
) -> io::Result<Datagram> {
    let socket = open(to, options)?;
    if let Err(error) = socket.connect(&to.into()) {
        return Ok(Datagram { local: None, error: Some(os_error_from(&error)), answered_ms: None, icmp: Vec::new() });
    }
    let sent = Instant::now();
    let error = socket.send(&vec![0; options.length]).err().map(|error| os_error_from(&error));
    let socket = UdpSocket::from_std(socket.into())?;
    let mut seen = Datagram { local: socket.local_addr().ok(), error, answered_ms: None, icmp: errors(&socket, sent) };
    if seen.error.is_none() && seen.icmp.is_empty() {
        tokio::select! {
            biased;
            () = answer(&socket, sent, &mut seen) => {}
            () = give_up => {}
        }
    }
    Ok(seen)
}

fn open(to: SocketAddr, options: DatagramOptions) -> io::Result<Socket> {
    let v6 = to.is_ipv6();
    let socket = Socket::new(Domain::for_address(to), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    system::keep_errors(&socket, v6)?;
    if options.whole {
        system::do_not_fragment(&socket, v6)?;
    }
    if let Some(ttl) = options.ttl {
        system::set_ttl(&socket, v6, ttl)?;
    }
    Ok(socket)
}

fn errors(socket: &UdpSocket, sent: Instant) -> Vec<IcmpError> {
    system::queued_errors(socket, sent).into_iter().map(|queued| queued.error).collect()
}

async fn answer(socket: &UdpSocket, sent: Instant, seen: &mut Datagram) {
    while socket.ready(Interest::READABLE | system::ERROR).await.is_ok() {
        seen.icmp.extend(errors(socket, sent));
        if !seen.icmp.is_empty() {
            return;
        }
        // The error itself is in the queue where there is one; clearing it lets the next readiness mean something new.
        let pending = socket.take_error().ok().flatten();
        if let Some(error) = pending {
            seen.error = Some(os_error_from(&error));
            return;
        }
        if socket.try_recv(&mut [0; 64]).is_ok() {
            seen.answered_ms = Some(milliseconds(sent.elapsed()));
            return;
        }
        let _ = socket.try_io(Interest::READABLE | system::ERROR, || Err::<(), _>(io::ErrorKind::WouldBlock.into()));
        tokio::time::sleep(super::PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    async fn send(to: SocketAddr, options: DatagramOptions) -> Datagram {
        datagram(to, options, tokio::time::sleep(Duration::from_secs(2))).await.unwrap()
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_closed_port_answers_with_port_unreachable() {
        for address in ["127.0.0.1:0", "[::1]:0"] {
            let closed = std::net::UdpSocket::bind(address).unwrap().local_addr().unwrap();
            let seen = send(closed, DatagramOptions { length: 1, ..Default::default() }).await;
            assert_eq!(seen.error, None);
            assert!(seen.icmp[0].is_port_unreachable(), "{seen:?}");
            assert_eq!(seen.icmp[0].from, Some(closed.ip()));
            assert_eq!(seen.icmp[0].error.symbol, "ECONNREFUSED");
        }
    }

    #[tokio::test]
    async fn an_answer_is_timed() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let to = server.local_addr().unwrap();
        let echo = async {
            let (length, from) = server.recv_from(&mut [0; 16]).await.unwrap();
            server.send_to(b"yes", from).await.unwrap();
            length
        };
        let (length, seen) = tokio::join!(echo, send(to, DatagramOptions { length: 5, ..Default::default() }));
        assert_eq!(length, 5);
        assert!(seen.answered_ms.is_some() && seen.icmp.is_empty(), "{seen:?}");
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_datagram_larger_than_the_interface_is_refused_here() {
        let seen =
            send("127.0.0.1:9".parse().unwrap(), DatagramOptions { length: 65_508, ttl: None, whole: true }).await;
        assert_eq!(seen.error.unwrap().symbol, "EMSGSIZE");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_loopback_interface_has_an_mtu() {
        assert!(system::interface_mtu("127.0.0.1".parse().unwrap()).is_some_and(|mtu| mtu >= 1280));
        assert_eq!(system::interface_mtu("192.0.2.77".parse().unwrap()), None);
    }
}
