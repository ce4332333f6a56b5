//! ICMP echo by the best means that this user has: an own socket, else the system's `ping`.

use std::net::{IpAddr, UdpSocket};
use std::time::Duration;

use netmend_model::net::Echo;
use netmend_model::{Outcome, Reason, ReasonCode};

use super::ping;

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod here;
#[cfg(not(target_os = "linux"))]
#[path = "surge.rs"]
mod here;

/// How many requests, how close together, and how long the last one is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pings {
    /// Requests, at least 1.
    pub count: u32,
    /// Between one and the next.
    pub gap: Duration,
    /// For each reply.
    pub patience: Duration,
}

/// Sends echo requests to an address.
///
/// `NotRun(NeedsAdministrator)` where sockets are refused and there is no `ping` that may, `NotRun(NothingToMeasure)` where there is
/// no route.
pub async fn echo(to: IpAddr, pings: Pings) -> Outcome<Echo> {
    match here::echo(to, pings).await {
        Outcome::NotRun { reason } if reason.code == ReasonCode::NeedsAdministrator => {
            by_command(to, pings, &reason).await
        }
        outcome => outcome,
    }
}

async fn by_command(to: IpAddr, pings: Pings, refused: &Reason) -> Outcome<Echo> {
    if let Err(error) = route(to) {
        return Outcome::not_run(ReasonCode::NothingToMeasure, format!("no route: {error}"));
    }
    match ping::echo(to, pings).await {
        Outcome::NotRun { reason } => {
            Outcome::not_run(ReasonCode::NeedsAdministrator, format!("{}; {}", refused.detail, reason.detail))
        }
        outcome => outcome,
    }
}

/// Whether the system knows a way; a connected datagram socket sends nothing.
fn route(to: IpAddr) -> std::io::Result<()> {
    let any: IpAddr = if to.is_ipv4() { [0; 4].into() } else { [0; 16].into() };
    UdpSocket::bind((any, 0))?.connect((to, 9))
}
