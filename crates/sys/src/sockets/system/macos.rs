//! macOS: errors come by errno alone; there is no error queue.

use std::io;
use std::net::IpAddr;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use netmend_model::net::TcpInfo;
use socket2::Socket;
use tokio::io::Interest;

use super::Queued;

/// Readiness that tells of an error: a failed connect becomes writable.
pub const ERROR: Interest = Interest::WRITABLE;

/// How long a refusal may take beyond the round trip.
pub const REFUSAL_TAKES: Duration = Duration::ZERO;

/// Whether [`queued_errors`] can ever tell anything here.
pub const TELLS_ICMP_ERRORS: bool = false;

/// Whether a non-blocking connect has only begun.
pub fn in_progress(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EINPROGRESS)
}

/// There is no error queue.
#[allow(clippy::unnecessary_wraps, reason = "the same function fails on Linux")]
pub fn keep_errors(_socket: &Socket, _v6: bool) -> io::Result<()> {
    Ok(())
}

/// Not set on this system yet.
pub fn do_not_fragment(_socket: &Socket, _v6: bool) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Not read on this system yet.
pub fn interface_mtu(_address: IpAddr) -> Option<u32> {
    None
}

/// Largest segment to announce and to send, in bytes (TCP_MAXSEG).
pub fn set_mss(socket: &Socket, mss: u16) -> io::Result<()> {
    socket.set_tcp_mss(u32::from(mss))
}

/// There is no error queue.
pub fn queued_errors(_socket: &impl AsFd, _since: Instant) -> Vec<Queued> {
    Vec::new()
}

/// TCP_CONNECTION_INFO is not read yet.
pub fn tcp_info(_socket: &impl AsFd) -> Option<TcpInfo> {
    None
}

/// There is no such file.
pub fn netstat() -> Option<String> {
    None
}
