//! Linux: IP_RECVERR (ip(7)), IPV6_RECVERR (ipv6(7)), TCP_INFO (tcp(7)).

use std::io::{self, IoSliceMut};
use std::net::IpAddr;
use std::os::fd::{AsFd, AsRawFd};
use std::time::{Duration, Instant};

use netmend_model::net::{IcmpError, IcmpOrigin, TcpInfo};
use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt, sockopt};
use socket2::Socket;
use tokio::io::Interest;

use super::Queued;
use crate::sockets::tcp_info::parse_linux;
use crate::sockets::{milliseconds, os_error};

/// Readiness that tells of an entry in the error queue (EPOLLERR).
pub const ERROR: Interest = Interest::ERROR;

/// How long a refusal may take beyond the round trip.
pub const REFUSAL_TAKES: Duration = Duration::ZERO;

/// Whether [`queued_errors`] can ever tell anything here.
pub const TELLS_ICMP_ERRORS: bool = true;

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

/// Sends every packet whole, up to the interface's MTU, whatever path MTU the kernel believes in
/// (IP_PMTUDISC_PROBE, ip(7): the don't-fragment bit is set, "fragmentation needed" is reported but not obeyed).
#[allow(unsafe_code)]
pub fn do_not_fragment(socket: &Socket, v6: bool) -> io::Result<()> {
    let (level, option, value) = if v6 {
        (libc::IPPROTO_IPV6, libc::IPV6_MTU_DISCOVER, libc::IPV6_PMTUDISC_PROBE)
    } else {
        (libc::IPPROTO_IP, libc::IP_MTU_DISCOVER, libc::IP_PMTUDISC_PROBE)
    };
    let length = libc::socklen_t::try_from(size_of_val(&value)).map_err(io::Error::other)?;
    // SAFETY: the descriptor is borrowed, hence open; the option is a C int, whose address and length are given.
    let status = unsafe { libc::setsockopt(socket.as_raw_fd(), level, option, (&raw const value).cast(), length) };
    if status == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// MTU in bytes of the interface that has `address`.
pub fn interface_mtu(address: IpAddr) -> Option<u32> {
    let name = nix::ifaddrs::getifaddrs().ok()?.find(|entry| has_address(entry, address))?.interface_name;
    interface_mtu_of(&name)
}

fn has_address(entry: &nix::ifaddrs::InterfaceAddress, address: IpAddr) -> bool {
    let Some(storage) = &entry.address else { return false };
    match address {
        IpAddr::V4(v4) => storage.as_sockaddr_in().is_some_and(|socket| socket.ip() == v4),
        IpAddr::V6(v6) => storage.as_sockaddr_in6().is_some_and(|socket| socket.ip() == v6),
    }
}

/// SIOCGIFMTU (netdevice(7)); sysfs may show another network namespace's interfaces.
#[allow(unsafe_code)]
fn interface_mtu_of(name: &str) -> Option<u32> {
    let socket = Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None).ok()?;
    // SAFETY: struct ifreq is plain data, for which all zeroes is a valid value.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    let room = request.ifr_name.len().checked_sub(1)?;
    if name.len() > room {
        return None;
    }
    for (place, byte) in request.ifr_name.iter_mut().zip(name.bytes()) {
        *place = byte.cast_signed();
    }
    // SAFETY: the descriptor is open for the whole call; SIOCGIFMTU reads ifr_name, which ends in a zero, and writes into `request`.
    let status = unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCGIFMTU as _, &raw mut request) };
    // SAFETY: after success the kernel has filled ifr_mtu, and any bytes are a valid C int.
    (status == 0).then_some(unsafe { request.ifr_ifru.ifru_mtu }).and_then(|mtu| u32::try_from(mtu).ok())
}

/// Takes all entries out of the error queue; `since` is when the packet was sent.
///
/// Reading clears SO_ERROR: read that first.
pub fn queued_errors(socket: &impl AsFd, since: Instant) -> Vec<Queued> {
    let entries = std::iter::from_fn(|| next_entry(socket, since)).take(MOST_ERRORS);
    entries.filter_map(|(error, payload)| Some(Queued { error: error?, payload })).collect()
}

/// The next entry of the queue; without an error when it is not one of the network (a time stamp, say).
fn next_entry(socket: &impl AsFd, since: Instant) -> Option<(Option<IcmpError>, Vec<u8>)> {
    let mut payload = [0_u8; 128];
    let mut control = nix::cmsg_space!(libc::sock_extended_err, libc::sockaddr_in6, libc::timespec);
    let mut parts = [IoSliceMut::new(&mut payload)];
    let flags = MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT;
    let message = recvmsg::<()>(socket.as_fd().as_raw_fd(), &mut parts, Some(&mut control), flags).ok()?;
    let error = message.cmsgs().ok().and_then(|mut all| all.find_map(|control| icmp_error(&control, since)));
    let length = message.bytes.min(128);
    Some((error, payload.get(..length)?.to_vec()))
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
        after_ms: milliseconds(since.elapsed()),
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

/// The kernel's counters, as /proc/net/netstat has them.
pub fn netstat() -> Option<String> {
    std::fs::read_to_string("/proc/net/netstat").ok()
}
