//! Whether this machine itself lets packets to an address and port out.
//!
//! A datagram that an own filter drops fails with EPERM at once. A SYN that it drops fails silently, but the kernel counts the
//! first retransmission, after a second, as one that it could not send (TCPRetransFail); lost on the network, it is not counted.

use std::net::SocketAddr;
use std::time::Duration;

use netmend_model::net::{ConnectAttempt, ConnectEnd, Egress};
use netmend_model::{Outcome, ReasonCode};
use netmend_sys::sockets::{self, Datagram, DatagramOptions, Options};
use tokio_util::sync::CancellationToken;

use crate::{Context, waiting};

/// The system's first retransmission of a SYN, after one second (RFC 6298, 2), and the coarseness of the kernel's timers.
const RETRANSMISSION: Duration = Duration::from_millis(1100);

/// Sends one datagram of one byte, and one SYN, to the very port.
pub async fn run(ctx: &Context, to: SocketAddr) -> Outcome<Egress> {
    let before = sockets::tcp_retrans_fail();
    let enough = CancellationToken::new();
    let udp = async {
        let seen = datagram(ctx, to).await;
        // Nothing more is to be learnt from the SYN where this is clear.
        if seen.as_ref().is_ok_and(|seen| seen.error.is_some()) {
            enough.cancel();
        }
        seen
    };
    let tcp = async {
        let give_up = async {
            tokio::select! {
                () = tokio::time::sleep(ctx.within(RETRANSMISSION)) => {}
                () = enough.cancelled() => {}
            }
        };
        sockets::connect(to, Options::default(), give_up).await.attempt
    };
    match tokio::join!(udp, tcp) {
        (Ok(datagram), attempt) => Outcome::observed(join(datagram, attempt, before)),
        (Err(error), _) => Outcome::errored(ReasonCode::SystemError, format!("UDP socket: {error}")),
    }
}

async fn datagram(ctx: &Context, to: SocketAddr) -> std::io::Result<Datagram> {
    let patience = ctx.within(waiting::for_answer(ctx, Duration::from_millis(80), Duration::from_millis(300)));
    let options = DatagramOptions { length: 1, ..DatagramOptions::default() };
    sockets::datagram(to, options, tokio::time::sleep(patience)).await
}

fn join(datagram: Datagram, attempt: ConnectAttempt, before: Option<u64>) -> Egress {
    let counted = counts(&attempt);
    let mut icmp = datagram.icmp;
    icmp.extend(attempt.icmp);
    let after = if counted { sockets::tcp_retrans_fail() } else { None };
    Egress { udp_error: datagram.error, retrans_fail: before.zip(after), icmp }
}

/// Whether the counter means anything for this attempt: it was answered, or a second SYN was due.
fn counts(attempt: &ConnectAttempt) -> bool {
    let again = attempt.tcp_info.as_ref().is_some_and(|info| info.total_retrans > 0);
    attempt.end != ConnectEnd::NoAnswer || again
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn loopback_lets_both_out() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let outcome = run(&Context::new(Duration::from_secs(5)), listener.local_addr().unwrap()).await;
        let egress = outcome.data().unwrap();
        assert_eq!(egress.udp_error, None);
        assert!(egress.icmp.iter().all(netmend_model::net::IcmpError::is_port_unreachable));
    }
}
