//! The largest packet that passes: small and large ones that must not be fragmented, to a port that nobody listens on
//! (RFC 8899, 4), and as ICMP echo where that is allowed.
//!
//! "Port unreachable" to a datagram proves that it arrived, even at a host that ignores ping. Linux answers so six times at once and
//! then once a second; so the small packet, the control, always goes last: its answer shows that the others would have had one too.

mod ladder;

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::Duration;

use netmend_model::net::{IcmpError, IcmpOrigin, Mtu};
use netmend_model::{Outcome, Reason, ReasonCode};
use netmend_sys::sockets::{self, DatagramOptions, EchoOptions};
use tokio::task::JoinSet;

use crate::{Context, waiting};
use ladder::{Ladder, Probe};

/// A port outside those that traces use, where nobody listens by custom.
const CLOSED_PORT: u16 = 33_999;

/// The largest IP packet (RFC 791, 3.1).
const LARGEST: u32 = 65_535;

/// Searches the largest packet that reaches `to`.
pub async fn run(ctx: &Context, to: IpAddr) -> Outcome<Mtu> {
    if !sockets::TELLS_ICMP_ERRORS {
        return Outcome::not_run(ReasonCode::NotImplementedHere, "ICMP errors are read on Linux alone so far");
    }
    let local = match own_address(to) {
        Ok(local) => local,
        Err(error) => return Outcome::not_run(ReasonCode::NothingToMeasure, format!("no route: {error}")),
    };
    let interface_mtu = sockets::interface_mtu(local);
    let mut ladder = Ladder::new(to.is_ipv6(), interface_mtu.unwrap_or(1500).min(LARGEST));
    // Both ends twice, should a packet be lost by chance; then the sizes between, where only the large one is missing.
    for _ in 0..2 {
        if !ladder.settled() {
            round(ctx, to, &mut ladder, Sizes::Ends).await;
        }
    }
    if ladder.large_vanished() {
        round(ctx, to, &mut ladder, Sizes::Between).await;
    }
    if !ladder.small_passed() && ctx.within(Duration::MAX).is_zero() {
        return Outcome::not_run(ReasonCode::OutOfTime, "the run ended before a packet could be answered");
    }
    Outcome::observed(ladder.into_mtu(interface_mtu))
}

/// The address that packets to `to` leave from; nothing is sent.
fn own_address(to: IpAddr) -> std::io::Result<IpAddr> {
    let any: IpAddr = if to.is_ipv4() { [0; 4].into() } else { [0; 16].into() };
    let socket = UdpSocket::bind((any, 0))?;
    socket.connect((to, CLOSED_PORT))?;
    Ok(socket.local_addr()?.ip())
}

/// Which packets a round sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sizes {
    Ends,
    Between,
}

/// Sends one packet of each size in each way, the control last.
async fn round(ctx: &Context, to: IpAddr, ladder: &mut Ladder, sizes: Sizes) {
    let patience = ctx.within(waiting::for_answer(ctx, Duration::from_millis(100), Duration::from_millis(350)));
    let sizes = if sizes == Sizes::Ends { ladder.ends() } else { ladder.between() };
    let mut probes = JoinSet::new();
    for (order, size) in sizes.into_iter().enumerate() {
        for echo in [false, true] {
            probes.spawn(async move {
                tokio::time::sleep(Duration::from_millis(2) * u32::try_from(order).unwrap_or(0)).await;
                if echo { by_echo(to, size, patience).await } else { by_udp(to, size, patience).await }
            });
        }
    }
    ladder.learn(probes.join_all().await.into_iter().flatten().collect());
}

async fn by_udp(to: IpAddr, size: u32, patience: Duration) -> Result<Probe, Reason> {
    let options = DatagramOptions { length: payload(to, size), whole: true, ttl: None };
    let seen = sockets::datagram(SocketAddr::new(to, CLOSED_PORT), options, tokio::time::sleep(patience))
        .await
        .map_err(|error| Reason { code: ReasonCode::SystemError, detail: error.to_string() })?;
    let arrived = |error: &IcmpError| error.is_port_unreachable() && error.from == Some(to);
    let answered = seen.answered_ms.is_some() || seen.icmp.iter().any(arrived);
    let left = seen.error.is_none() || !seen.icmp.is_empty();
    Ok(Probe { size, echo: false, answered, left, named: named(seen.icmp) })
}

async fn by_echo(to: IpAddr, size: u32, patience: Duration) -> Result<Probe, Reason> {
    let options = EchoOptions { length: payload(to, size), whole: true, ttl: None };
    let end = sockets::echo_request(to, options, tokio::time::sleep(patience)).await?;
    let left = end.error.is_none() || !end.icmp.is_empty();
    Ok(Probe { size, echo: true, answered: end.rtt_ms.is_some(), left, named: named(end.icmp) })
}

/// Bytes behind the IP header and the eight bytes of UDP or ICMP.
fn payload(to: IpAddr, size: u32) -> usize {
    let headers = if to.is_ipv4() { 20 + 8 } else { 40 + 8 };
    usize::try_from(size.saturating_sub(headers)).unwrap_or(0)
}

/// "Fragmentation needed" (RFC 1191, 4) or "packet too big" (RFC 4443, 3.2) of a router.
fn named(icmp: Vec<IcmpError>) -> Option<IcmpError> {
    icmp.into_iter().find(|error| match error.origin {
        IcmpOrigin::Icmp => error.icmp_type == 3 && error.code == 4,
        IcmpOrigin::Icmp6 => error.icmp_type == 2,
        IcmpOrigin::Local => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn over_loopback_the_largest_packet_passes() {
        for to in ["127.0.0.1", "::1"] {
            let outcome = run(&Context::new(Duration::from_secs(5)), to.parse().unwrap()).await;
            let mtu = outcome.data().unwrap();
            assert_eq!(mtu.passed, mtu.interface_mtu.map(|mtu| mtu.min(LARGEST)));
            assert_eq!((mtu.vanished, &mtu.named), (None, &None));
        }
    }

    #[test]
    fn the_payload_fills_the_packet() {
        assert_eq!(payload("192.0.2.1".parse().unwrap(), 1500), 1472);
        assert_eq!(payload("2001:db8::1".parse().unwrap(), 1280), 1232);
    }
}
