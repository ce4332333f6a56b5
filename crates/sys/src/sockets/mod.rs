//! Sockets that tell more than success or failure: SO_ERROR, TCP_INFO, the ICMP error queue, TTL-limited probes, echo.
//!
//! Everything works as any user. What a system cannot do is answered with a reason, never with an empty value.

mod connect;
mod errno;
mod system;
mod tcp_info;

pub use connect::{Connection, Options, connect, open};
pub use errno::{os_error, os_error_from};
pub use tcp_info::tcp_info;
