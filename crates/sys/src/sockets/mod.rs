//! Sockets that tell more than success or failure: SO_ERROR, TCP_INFO, the ICMP error queue, TTL-limited probes, echo.
//!
//! Everything works as any user. What a system cannot do is answered with a reason, never with an empty value.

mod connect;
mod counters;
mod datagram;
mod echo;
mod errno;
mod icmp;
mod ping;
mod system;
mod tcp_info;

pub use connect::{Connection, Options, connect, open};
pub use counters::tcp_retrans_fail;
pub use datagram::{Datagram, DatagramOptions, datagram};
pub use echo::{Pings, echo};
pub use errno::{os_error, os_error_from};
pub use icmp::{EchoEnd, EchoOptions, echo_request};
pub use system::{REFUSAL_TAKES, TELLS_ICMP_ERRORS, interface_mtu};
pub use tcp_info::tcp_info;

/// Milliseconds, to the microsecond: the clock is finer, the measurement is not.
#[allow(clippy::cast_precision_loss, reason = "microseconds of a measurement stay far below 2^52")]
fn milliseconds(duration: std::time::Duration) -> f64 {
    duration.as_micros() as f64 / 1e3
}

/// Between two looks at a socket whose readiness told nothing. The runtime cannot clear every readiness (a half-closed state, an
/// error that belongs to another socket's packet): without a pause such a socket would keep its thread busy and never give up.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(1);
