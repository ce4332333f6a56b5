//! Windows: errors come by WSA code alone; TCP_ICMP_ERROR_INFO and SIO_TCP_INFO are not read yet.

use std::io;
use std::net::IpAddr;
use std::os::windows::io::AsSocket;
use std::time::{Duration, Instant};

use netmend_model::net::TcpInfo;
use socket2::Socket;
use tokio::io::Interest;

use super::Queued;

/// Readiness that tells of an error: a failed connect becomes writable.
pub const ERROR: Interest = Interest::WRITABLE;

/// How long a refusal may take beyond the round trip: connect() sends the SYN again, half a second apart, after a reset.
pub const REFUSAL_TAKES: Duration = Duration::from_millis(2500);

/// Whether [`queued_errors`] can ever tell anything here.
pub const TELLS_ICMP_ERRORS: bool = false;

/// Whether a non-blocking connect has only begun (WSAEWOULDBLOCK).
pub fn in_progress(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
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

/// TCP_MAXSEG cannot be set on Windows.
pub fn set_mss(_socket: &Socket, _mss: u16) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// There is no error queue.
pub fn queued_errors(_socket: &impl AsSocket, _since: Instant) -> Vec<Queued> {
    Vec::new()
}

/// SIO_TCP_INFO is not read yet.
pub fn tcp_info(_socket: &impl AsSocket) -> Option<TcpInfo> {
    None
}

/// There is no such file.
pub fn netstat() -> Option<String> {
    None
}
