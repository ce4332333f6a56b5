//! One ICMP echo request, and what comes back: the reply, or an ICMP error and who sent it.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Instant;

use netmend_model::net::IcmpError;
use netmend_model::{OsError, Reason, ReasonCode};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::io::Interest;
use tokio::net::UdpSocket;

use super::{milliseconds, os_error_from, system};

/// What is special about a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EchoOptions {
    /// Time to live, on IPv6 the hop limit.
    pub ttl: Option<u8>,
    /// Bytes of data behind the header of eight bytes, all zero.
    pub length: usize,
    /// Send it whole or not at all, whatever path MTU the system believes in.
    pub whole: bool,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct EchoEnd {
    /// `datagram_socket` or `raw_socket`.
    pub method: &'static str,
    /// The error of connect(2) or send(2), such as ENETUNREACH.
    pub error: Option<OsError>,
    /// Round trip in milliseconds, where the reply came.
    pub rtt_ms: Option<f64>,
    /// What the error queue held about this request.
    pub icmp: Vec<IcmpError>,
}

/// Sends one echo request (RFC 792, RFC 4443, 4.1) and waits until `give_up` is ready.
///
/// # Errors
/// `NeedsAdministrator` where neither a datagram nor a raw ICMP socket is allowed (on Linux net.ipv4.ping_group_range and
/// CAP_NET_RAW decide), `NotImplementedHere` where this system lacks an option that was asked for, else `SystemError`.
pub async fn echo_request(
    to: IpAddr,
    options: EchoOptions,
    give_up: impl Future<Output = ()>,
) -> Result<EchoEnd, Reason> {
    let (socket, kind) = open(to)?;
    prepare(&socket, to, options).map_err(|error| reason(&error))?;
    let method = if kind == Type::RAW { "raw_socket" } else { "datagram_socket" };
    let mut end = EchoEnd { method, error: None, rtt_ms: None, icmp: Vec::new() };
    if let Err(error) = socket.connect(&SocketAddr::new(to, 0).into()) {
        end.error = Some(os_error_from(&error));
        return Ok(end);
    }
    let request = Message::new(to, kind, options.length);
    let sent = Instant::now();
    end.error = socket.send(&request.bytes).err().map(|error| os_error_from(&error));
    let socket = UdpSocket::from_std(socket.into()).map_err(|error| reason(&error))?;
    if end.error.is_none() {
        tokio::select! {
            biased;
            () = answer(&socket, &request, sent, &mut end) => {}
            () = give_up => {}
        }
    }
    Ok(end)
}

/// A datagram socket, for which no rights are needed where the system is set so, else a raw one.
fn open(to: IpAddr) -> Result<(Socket, Type), Reason> {
    let (domain, protocol) =
        if to.is_ipv4() { (Domain::IPV4, Protocol::ICMPV4) } else { (Domain::IPV6, Protocol::ICMPV6) };
    match Socket::new(domain, Type::DGRAM, Some(protocol)) {
        Ok(socket) => Ok((socket, Type::DGRAM)),
        Err(datagram) => match Socket::new(domain, Type::RAW, Some(protocol)) {
            Ok(socket) => Ok((socket, Type::RAW)),
            Err(raw) => Err(not_opened(&datagram, &raw)),
        },
    }
}

fn not_opened(datagram: &io::Error, raw: &io::Error) -> Reason {
    let denied = raw.kind() == io::ErrorKind::PermissionDenied;
    let code = if denied { ReasonCode::NeedsAdministrator } else { ReasonCode::SystemError };
    let (datagram, raw) = (os_error_from(datagram).symbol, os_error_from(raw).symbol);
    Reason { code, detail: format!("ICMP socket: datagram {datagram}, raw {raw}") }
}

fn prepare(socket: &Socket, to: IpAddr, options: EchoOptions) -> io::Result<()> {
    let v6 = to.is_ipv6();
    socket.set_nonblocking(true)?;
    system::keep_errors(socket, v6)?;
    if options.whole {
        system::do_not_fragment(socket, v6)?;
    }
    options.ttl.map_or(Ok(()), |ttl| system::set_ttl(socket, v6, ttl))
}

fn reason(error: &io::Error) -> Reason {
    let unsupported = error.kind() == io::ErrorKind::Unsupported;
    let code = if unsupported { ReasonCode::NotImplementedHere } else { ReasonCode::SystemError };
    Reason { code, detail: format!("ICMP socket: {error}") }
}

async fn answer(socket: &UdpSocket, request: &Message, sent: Instant, end: &mut EchoEnd) {
    let interest = Interest::READABLE | system::ERROR;
    while socket.ready(interest).await.is_ok() {
        let queued = system::queued_errors(socket, sent);
        // A raw socket is told of every ICMP packet that this machine sent there, its neighbours' too.
        end.icmp.extend(queued.into_iter().filter(|one| request.caused(&one.payload)).map(|one| one.error));
        // Clears the error, so that the socket does not stay "ready" by it.
        let _ = socket.take_error();
        let mut reply = [0; 256];
        // Not without end, whoever floods this machine with replies.
        for _ in 0..64 {
            let Ok(length) = socket.try_recv(&mut reply) else { break };
            if request.answered_by(reply.get(..length).unwrap_or_default()) {
                end.rtt_ms = Some(milliseconds(sent.elapsed()));
            }
        }
        if end.rtt_ms.is_some() || !end.icmp.is_empty() {
            return;
        }
        let _ = socket.try_io(interest, || Err::<(), _>(io::ErrorKind::WouldBlock.into()));
        tokio::time::sleep(super::PAUSE).await;
    }
}

/// Sequence numbers of this process; with its id they make a request recognisable.
static SEQUENCE: AtomicU16 = AtomicU16::new(1);

/// An echo request as it is sent.
struct Message {
    bytes: Vec<u8>,
    /// The type of the reply: 0, in ICMPv6 129.
    reply: u8,
    v6: bool,
    kind: Type,
}

impl Message {
    fn new(to: IpAddr, kind: Type, length: usize) -> Self {
        let v6 = to.is_ipv6();
        let identifier = (std::process::id() & 0xffff) as u16;
        let sequence = SEQUENCE.fetch_add(1, Ordering::Relaxed);
        let mut bytes = vec![0; 8 + length];
        bytes[0] = if v6 { 128 } else { 8 };
        bytes[4..6].copy_from_slice(&identifier.to_be_bytes());
        bytes[6..8].copy_from_slice(&sequence.to_be_bytes());
        // ICMPv6 has its checksum made by the kernel (RFC 3542, 3.1).
        if !v6 {
            let sum = checksum(&bytes);
            bytes[2..4].copy_from_slice(&sum.to_be_bytes());
        }
        Self { bytes, reply: if v6 { 129 } else { 0 }, v6, kind }
    }

    /// Whether a received packet is the reply to this request.
    fn answered_by(&self, packet: &[u8]) -> bool {
        icmp_part(packet, self.v6)
            .is_some_and(|icmp| icmp.first() == Some(&self.reply) && icmp.get(1) == Some(&0) && self.same_request(icmp))
    }

    /// Whether the packet quoted in an ICMP error is this request.
    fn caused(&self, quoted: &[u8]) -> bool {
        quoted.first() == self.bytes.first() && self.same_request(quoted)
    }

    /// A datagram socket has an identifier of its own, given by the kernel, and sees nothing else.
    fn same_request(&self, icmp: &[u8]) -> bool {
        let from = if self.kind == Type::RAW { 4 } else { 6 };
        icmp.get(from..8).is_some_and(|own| own == &self.bytes[from..8])
    }
}

/// What follows the IPv4 header, which raw sockets, and datagram sockets of some systems, put before the message.
fn icmp_part(packet: &[u8], v6: bool) -> Option<&[u8]> {
    let first = *packet.first()?;
    // No ICMP message that is waited for begins like an IPv4 header: 0x45 to 0x4f are unassigned types.
    if v6 || first >> 4 != 4 { Some(packet) } else { packet.get(usize::from(first & 0x0f) * 4..) }
}

/// The Internet checksum (RFC 1071).
fn checksum(bytes: &[u8]) -> u16 {
    let words = bytes.chunks(2).map(|pair| u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |low| u32::from(*low)));
    let mut sum: u32 = words.sum();
    while let carry @ 1.. = sum >> 16 {
        sum = (sum & 0xffff) + carry;
    }
    !u16::try_from(sum).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn request(v6: bool, kind: Type) -> Message {
        let to: IpAddr = if v6 { "2001:db8::1" } else { "192.0.2.1" }.parse().unwrap();
        Message::new(to, kind, 5)
    }

    #[test]
    fn a_message_with_its_checksum_sums_to_zero() {
        let message = request(false, Type::RAW);
        assert_eq!(message.bytes.len(), 13);
        assert_eq!(checksum(&message.bytes), 0);
    }

    #[test]
    fn the_reply_is_recognised_behind_an_ip_header_and_without() {
        let message = request(false, Type::RAW);
        let mut reply = message.bytes.clone();
        reply[0] = 0;
        assert!(message.answered_by(&reply));
        let mut packet = vec![0x46; 24];
        packet.extend(&reply);
        assert!(message.answered_by(&packet));
        assert!(message.caused(&message.bytes));
    }

    #[test]
    fn other_peoples_packets_are_not_ours() {
        let (mine, other) = (request(false, Type::RAW), request(false, Type::RAW));
        let mut reply = other.bytes.clone();
        reply[0] = 0;
        assert!(!mine.answered_by(&reply), "another sequence number");
        assert!(!mine.answered_by(&mine.bytes), "the request itself, seen on loopback");
        assert!(!mine.caused(&other.bytes));
        let v6 = request(true, Type::DGRAM);
        let mut reply = v6.bytes.clone();
        reply[0] = 129;
        reply[4] ^= 0xff;
        assert!(v6.answered_by(&reply), "the kernel chose another identifier");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(packet in proptest::collection::vec(any::<u8>(), 0..80), v6: bool) {
            let message = request(v6, Type::RAW);
            let _ = (message.answered_by(&packet), message.caused(&packet));
        }
    }

    #[tokio::test]
    async fn loopback_answers_or_rights_are_missing() {
        for to in ["127.0.0.1", "::1"] {
            let patience = tokio::time::sleep(std::time::Duration::from_secs(2));
            match echo_request(to.parse().unwrap(), EchoOptions::default(), patience).await {
                Ok(end) => assert!(end.rtt_ms.is_some_and(|ms| ms > 0.0), "{end:?}"),
                Err(reason) => assert_eq!(reason.code, ReasonCode::NeedsAdministrator, "{reason:?}"),
            }
        }
    }
}
