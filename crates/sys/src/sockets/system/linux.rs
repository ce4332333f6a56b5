//! Linux: IP_RECVERR (ip(7)), IPV6_RECVERR (ipv6(7)), TCP_INFO (tcp(7)).

use std::io::{self, IoSliceMut};
use std::net::IpAddr;
use std::os::fd::{AsFd, AsRawFd};
use std::time::Instant;

use netmend_model::net::{IcmpError, IcmpOrigin, TcpInfo};
use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt, sockopt};
use socket2::Socket;
use tokio::io::Interest;

use super::Queued;
use crate::sockets::os_error;
use crate::sockets::tcp_info::parse_linux;

/// Readiness that tells of an entry in the error queue (EPOLLERR).
pub const ERROR: Interest = Interest::ERROR;

/// Entries read from a queue at once: one connection causes a handful, and the peer must not keep us reading.
const MOST_ERRORS: usize = 64;

/// Whether a non-blocking connect has only begun.
pub fn in_progress(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EINPROGRESS)
}

/// Asks the kernel to keep the ICMP errors of this socket.
pub fn keep_errors(socket: &Socket, v6: bool) -> io::Result<()> {
    let fd = socket.as_fd();
    Ok(if v6 { setsockopt(&fd, sockopt::Ipv6RecvErr, &true) } else { setsockopt(&fd, sockopt::Ipv4RecvErr, &true) }?)
}

/// Largest segment to announce and to send, in bytes (TCP_MAXSEG).
pub fn set_mss(socket: &Socket, mss: u16) -> io::Result<()> {
    socket.set_tcp_mss(u32::from(mss))
}

/// Takes all entries out of the error queue; `since` is when the packet was sent.
///
/// Reading clears SO_ERROR: read that first.
pub fn queued_errors(socket: &impl AsFd, since: Instant) -> Vec<Queued> {
    std::iter::from_fn(|| next_error(socket, since)).take(MOST_ERRORS).flatten().collect()
}

/// `None` when the queue is empty; `Some(None)` for an entry that is not an error of the network.
fn next_error(socket: &impl AsFd, since: Instant) -> Option<Option<Queued>> {
    let mut payload = [0_u8; 128];
    let mut control = nix::cmsg_space!(libc::sock_extended_err, libc::sockaddr_in6, libc::timespec);
    let mut parts = [IoSliceMut::new(&mut payload)];
    let flags = MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT;
    let message = recvmsg::<()>(socket.as_fd().as_raw_fd(), &mut parts, Some(&mut control), flags).ok()?;
    let error = message.cmsgs().ok().and_then(|mut all| all.find_map(|control| icmp_error(&control, since)));
    let length = message.bytes;
    Some(error.map(|error| Queued { error, payload: payload[..length.min(payload.len())].to_vec() }))
}

fn icmp_error(control: &ControlMessageOwned, since: Instant) -> Option<IcmpError> {
    let (error, from) = match control {
        ControlMessageOwned::Ipv4RecvErr(error, from) => (error, from.and_then(v4_sender)),
        ControlMessageOwned::Ipv6RecvErr(error, from) => (error, from.and_then(v6_sender)),
        _ => return None,
    };
    let origin = match error.ee_origin {
        libc::SO_EE_ORIGIN_LOCAL => IcmpOrigin::Local,
        libc::SO_EE_ORIGIN_ICMP => IcmpOrigin::Icmp,
        libc::SO_EE_ORIGIN_ICMP6 => IcmpOrigin::Icmp6,
        _ => return None,
    };
    let code = i32::try_from(error.ee_errno).unwrap_or(0);
    Some(IcmpError {
        origin,
        icmp_type: error.ee_type,
        code: error.ee_code,
        from,
        error: os_error(code),
        after_ms: since.elapsed().as_secs_f64() * 1e3,
        // ip(7): ee_info holds the discovered MTU for EMSGSIZE alone.
        mtu: (code == libc::EMSGSIZE && error.ee_info > 0).then_some(error.ee_info),
    })
}

/// The sender, where the kernel filled it in (AF_UNSPEC otherwise).
fn v4_sender(address: libc::sockaddr_in) -> Option<IpAddr> {
    (i32::from(address.sin_family) == libc::AF_INET)
        .then(|| IpAddr::from(address.sin_addr.s_addr.to_ne_bytes()))
        .filter(|from| !from.is_unspecified())
}

fn v6_sender(address: libc::sockaddr_in6) -> Option<IpAddr> {
    (i32::from(address.sin6_family) == libc::AF_INET6)
        .then(|| IpAddr::from(address.sin6_addr.s6_addr).to_canonical())
        .filter(|from| !from.is_unspecified())
}

/// What the kernel knows of a TCP connection, in any state.
#[allow(unsafe_code)]
pub fn tcp_info(socket: &impl AsFd) -> Option<TcpInfo> {
    // Longer than struct tcp_info of any kernel so far; the kernel says how much it filled.
    let mut bytes = [0_u8; 512];
    let mut length = libc::socklen_t::try_from(bytes.len()).ok()?;
    // SAFETY: the descriptor is borrowed, hence open; `bytes` is writable for `length` bytes, and both outlive the call.
    let status = unsafe {
        libc::getsockopt(
            socket.as_fd().as_raw_fd(),
            libc::IPPROTO_TCP,
            libc::TCP_INFO,
            bytes.as_mut_ptr().cast(),
            &raw mut length,
        )
    };
    let length = usize::try_from(length).ok()?;
    (status == 0).then(|| parse_linux(bytes.get(..length)?)).flatten()
}
