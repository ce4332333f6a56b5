//! What differs from system to system: the error queue, TCP_INFO, and the readiness that announces an error.

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod here;
#[cfg(all(unix, not(target_os = "linux")))]
#[path = "macos.rs"]
mod here;
#[cfg(windows)]
#[path = "windows.rs"]
mod here;

pub use here::{
    ERROR, REFUSAL_TAKES, TELLS_ICMP_ERRORS, do_not_fragment, in_progress, interface_mtu, keep_errors, netstat,
    queued_errors, set_mss, tcp_info,
};

/// Time to live, on IPv6 the hop limit, of every packet sent from here on.
pub fn set_ttl(socket: &socket2::Socket, v6: bool, ttl: u8) -> std::io::Result<()> {
    if v6 { socket.set_unicast_hops_v6(ttl.into()) } else { socket.set_ttl_v4(ttl.into()) }
}

/// One entry of a socket's error queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// Type, code, sender and error number.
    pub error: netmend_model::net::IcmpError,
    /// The beginning of the packet that caused it, from its transport payload on (ip(7): as it was sent).
    pub payload: Vec<u8>,
}
