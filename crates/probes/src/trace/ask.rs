//! One packet with a small TTL, and its answer.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};

use netmend_model::net::{ConnectAttempt, ConnectEnd, IcmpError};
use netmend_model::{OsError, Reason, ReasonCode, TraceMethod};
use netmend_sys::sockets::{self, DatagramOptions, EchoOptions, Options};

/// The first port of UDP traces: nobody listens there, by old custom of traceroute(8).
const UDP_PORT: u16 = 33434;

/// A packet that was answered or given up.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub ttl: u8,
    pub answer: Answer,
}

/// What became of a packet.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The target answered in its own protocol.
    Reached { from: IpAddr, by: &'static str, rtt_ms: f64 },
    /// Somebody answered with an ICMP error.
    Icmp(IcmpError),
    /// Nobody did.
    Silence,
    /// This machine did not send it.
    NotSent(OsError),
}

/// Sends one packet of `method` and waits until `give_up` is ready.
pub async fn ask(
    method: TraceMethod,
    to: SocketAddr,
    ttl: u8,
    give_up: impl Future<Output = ()>,
) -> Result<Asked, Reason> {
    let answer = match method {
        TraceMethod::Tcp => tcp(to, ttl, give_up).await,
        TraceMethod::Udp => udp(to, ttl, give_up).await?,
        TraceMethod::Icmp => icmp(to, ttl, give_up).await?,
    };
    Ok(Asked { ttl, answer })
}

async fn tcp(to: SocketAddr, ttl: u8, give_up: impl Future<Output = ()>) -> Answer {
    let options = Options { ttl: Some(ttl), mss: None };
    from_attempt(sockets::connect(to, options, give_up).await.attempt, to.ip())
}

/// What a connection attempt with a small TTL says about the hop.
fn from_attempt(attempt: ConnectAttempt, target: IpAddr) -> Answer {
    if let Some(error) = attempt.icmp.into_iter().next() {
        return Answer::Icmp(error);
    }
    let reached = |by| Answer::Reached { from: target, by, rtt_ms: attempt.elapsed_ms };
    match attempt.end {
        ConnectEnd::Connected => reached("syn_ack"),
        // SO_ERROR without an ICMP error: a reset came back.
        ConnectEnd::Failed { error } if attempt.so_error.is_some() && error.symbol.ends_with("ECONNREFUSED") => {
            reached("rst")
        }
        ConnectEnd::Failed { error } => Answer::NotSent(error),
        ConnectEnd::NoAnswer => Answer::Silence,
    }
}

async fn udp(to: SocketAddr, ttl: u8, give_up: impl Future<Output = ()>) -> Result<Answer, Reason> {
    let mut closed = to;
    closed.set_port(UDP_PORT + u16::from(ttl));
    let options = DatagramOptions { ttl: Some(ttl), length: 8, whole: false };
    let seen = sockets::datagram(closed, options, give_up)
        .await
        .map_err(|error| Reason { code: ReasonCode::SystemError, detail: format!("UDP socket: {error}") })?;
    Ok(match (seen.icmp.into_iter().next(), seen.answered_ms, seen.error) {
        (Some(error), ..) if error.is_port_unreachable() && error.from == Some(to.ip()) => {
            Answer::Reached { from: to.ip(), by: "port_unreachable", rtt_ms: error.after_ms }
        }
        (Some(error), ..) => Answer::Icmp(error),
        (None, Some(rtt_ms), _) => Answer::Reached { from: to.ip(), by: "datagram", rtt_ms },
        (None, None, Some(error)) => Answer::NotSent(error),
        (None, None, None) => Answer::Silence,
    })
}

async fn icmp(to: SocketAddr, ttl: u8, give_up: impl Future<Output = ()>) -> Result<Answer, Reason> {
    let options = EchoOptions { ttl: Some(ttl), length: 24, whole: false };
    let end = sockets::echo_request(to.ip(), options, give_up).await?;
    Ok(match (end.icmp.into_iter().next(), end.rtt_ms, end.error) {
        (_, Some(rtt_ms), _) => Answer::Reached { from: to.ip(), by: "echo_reply", rtt_ms },
        (Some(error), ..) => Answer::Icmp(error),
        (None, None, Some(error)) => Answer::NotSent(error),
        (None, None, None) => Answer::Silence,
    })
}
