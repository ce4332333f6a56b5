//! Raw ICMP: echo, errors about other packets, and a path trace.

use std::net::{IpAddr, SocketAddr};
use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nix::errno::Errno;
use nix::sys::socket::{SockaddrStorage, recvfrom};
use socket2::{Domain, Protocol, Socket, Type};

use crate::checksum;
use crate::lab::Lab;

const ECHO_V4: u8 = 8;
const ECHO_V6: u8 = 128;
const ECHO_REPLY_V4: u8 = 0;
const ECHO_REPLY_V6: u8 = 129;

/// An ICMP message received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// Who sent it.
    pub sender: IpAddr,
    /// ICMP type.
    pub kind: u8,
    /// ICMP code.
    pub code: u8,
}

impl Reply {
    /// True for an echo reply.
    pub fn is_echo(&self) -> bool {
        let expected = if self.sender.is_ipv4() { ECHO_REPLY_V4 } else { ECHO_REPLY_V6 };
        self.kind == expected
    }
}

/// One echo request with this TTL; the first ICMP message that comes back.
pub fn echo(lab: &Lab, target: IpAddr, ttl: u32, patience: Duration) -> Result<Option<Reply>> {
    lab.in_client(|| {
        let socket = raw(target, patience)?;
        if target.is_ipv4() { socket.set_ttl_v4(ttl) } else { socket.set_unicast_hops_v6(ttl) }?;
        let request = if target.is_ipv4() { ECHO_V4 } else { ECHO_V6 };
        let mut message = [request, 0, 0, 0, 0x4e, 0x4d, 0, u8::try_from(ttl).unwrap_or(0)];
        if target.is_ipv4() {
            // The kernel does it for ICMPv6 (RFC 3542 section 3.1).
            let sum = checksum::internet(&message);
            message[2..4].copy_from_slice(&sum.to_be_bytes());
        }
        match socket.send_to(&message, &SocketAddr::new(target, 0).into()) {
            Ok(_) => receive(&socket, target, patience),
            // No route, or a local rule: then nothing can come back.
            Err(_) => Ok(None),
        }
    })
}

/// The senders of "time exceeded" and of the final answer for TTL 1 to `hops`; `None` where nothing came back.
pub fn trace(lab: &Lab, target: &str, hops: u32) -> Result<Vec<Option<Reply>>> {
    let target = target.parse()?;
    (1..=hops).map(|ttl| echo(lab, target, ttl, Duration::from_millis(200))).collect()
}

/// The first ICMP error that arrives while a TCP connect to `target` is under way.
pub fn blame(lab: &Lab, target: SocketAddr, patience: Duration) -> Result<Option<Reply>> {
    lab.in_client(|| {
        let listening = raw(target.ip(), patience)?;
        let connecting = Socket::new(Domain::for_address(target), Type::STREAM, None)?;
        connecting.set_nonblocking(true)?;
        // "In progress" is the normal answer; an immediate error has its ICMP message already in the raw socket.
        let _ = connecting.connect(&target.into());
        receive(&listening, target.ip(), patience)
    })
}

fn raw(target: IpAddr, patience: Duration) -> Result<Socket> {
    let (domain, protocol) =
        if target.is_ipv4() { (Domain::IPV4, Protocol::ICMPV4) } else { (Domain::IPV6, Protocol::ICMPV6) };
    let socket = Socket::new(domain, Type::RAW, Some(protocol)).context("no raw socket")?;
    socket.set_read_timeout(Some(patience))?;
    Ok(socket)
}

/// Skips what is not about reachability: own requests, neighbour discovery, multicast reports.
fn receive(socket: &Socket, target: IpAddr, patience: Duration) -> Result<Option<Reply>> {
    let deadline = Instant::now() + patience;
    let mut buffer = [0_u8; 2048];
    while Instant::now() < deadline {
        let (length, sender) = match recvfrom::<SockaddrStorage>(socket.as_raw_fd(), &mut buffer) {
            Ok(received) => received,
            Err(Errno::EAGAIN) => return Ok(None),
            Err(error) => return Err(error).context("cannot read the raw socket"),
        };
        let sender = sender.and_then(|address| ip_of(&address));
        if let Some(reply) = sender.and_then(|sender| parse(&buffer[..length], sender, target.is_ipv4())) {
            return Ok(Some(reply));
        }
    }
    Ok(None)
}

fn ip_of(address: &SockaddrStorage) -> Option<IpAddr> {
    let v4 = address.as_sockaddr_in().map(|v4| IpAddr::V4(v4.ip()));
    v4.or_else(|| address.as_sockaddr_in6().map(|v6| IpAddr::V6(v6.ip())))
}

/// Raw IPv4 sockets deliver the IP header, raw ICMPv6 sockets do not.
fn parse(packet: &[u8], sender: IpAddr, v4: bool) -> Option<Reply> {
    let header = if v4 { usize::from(packet.first()? & 0x0f) * 4 } else { 0 };
    let (kind, code) = (*packet.get(header)?, *packet.get(header + 1)?);
    let wanted = if v4 { matches!(kind, 0 | 3 | 11) } else { matches!(kind, 1..=4 | 129) };
    wanted.then_some(Reply { sender, kind, code })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_type_and_code_behind_the_header() {
        let mut packet = vec![0x45; 20];
        packet.extend([3, 13, 0, 0]);
        let sender = IpAddr::from([198, 51, 100, 10]);
        assert_eq!(parse(&packet, sender, true), Some(Reply { sender, kind: 3, code: 13 }));
        packet[20] = 8;
        assert_eq!(parse(&packet, sender, true), None);
        assert_eq!(parse(&packet[..21], sender, true), None);
    }
}
