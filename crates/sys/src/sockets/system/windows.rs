//! Windows: errors come by WSA code alone; TCP_ICMP_ERROR_INFO and SIO_TCP_INFO are not read yet.

use std::io;
use std::os::windows::io::AsSocket;
use std::time::Instant;

use netmend_model::net::TcpInfo;
use socket2::Socket;
use tokio::io::Interest;

use super::Queued;

/// Readiness that tells of an error: a failed connect becomes writable.
pub const ERROR: Interest = Interest::WRITABLE;

/// Whether a non-blocking connect has only begun (WSAEWOULDBLOCK).
pub fn in_progress(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}

/// There is no error queue.
#[allow(clippy::unnecessary_wraps, reason = "the same function fails on Linux")]
pub fn keep_errors(_socket: &Socket, _v6: bool) -> io::Result<()> {
    Ok(())
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
