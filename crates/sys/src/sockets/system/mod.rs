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

pub use here::{ERROR, in_progress, keep_errors, queued_errors, set_mss, tcp_info};

/// One entry of a socket's error queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// Type, code, sender and error number.
    pub error: netmend_model::net::IcmpError,
    /// The beginning of the packet that caused it, from its transport payload on (ip(7): as it was sent).
    pub payload: Vec<u8>,
}
