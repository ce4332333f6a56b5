//! rtnetlink(7): RTM_GETNEIGH.

use std::io;
use std::net::IpAddr;

use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::neighbour::{
    NeighbourAddress, NeighbourAttribute, NeighbourMessage, NeighbourState as KernelState,
};
use netlink_sys::protocols::NETLINK_ROUTE;
use netmend_model::Outcome;
use netmend_model::facts::{Neighbour, NeighbourState, Neighbours};

use crate::facts::{netlink, reading};

pub(super) async fn read() -> Outcome<Neighbours> {
    reading::blocking("neighbours", reading::LOCAL, || match neighbours() {
        Ok(neighbours) => Outcome::observed(Neighbours { neighbours }),
        Err(error) => reading::failed("RTM_GETNEIGH", &error),
    })
    .await
}

fn neighbours() -> io::Result<Vec<Neighbour>> {
    let request = RouteNetlinkMessage::GetNeighbour(NeighbourMessage::default());
    let messages = netlink::dump(NETLINK_ROUTE, &request)?;
    Ok(messages
        .iter()
        .filter_map(|message| match message {
            RouteNetlinkMessage::NewNeighbour(entry) => neighbour(entry),
            _ => None,
        })
        .collect())
}

fn neighbour(message: &NeighbourMessage) -> Option<Neighbour> {
    let mut address = None;
    let mut mac = None;
    for attribute in &message.attributes {
        match attribute {
            NeighbourAttribute::Destination(NeighbourAddress::Inet(ip)) => address = Some(IpAddr::V4(*ip)),
            NeighbourAttribute::Destination(NeighbourAddress::Inet6(ip)) => address = Some(IpAddr::V6(*ip)),
            NeighbourAttribute::LinkLayerAddress(bytes) => mac = Some(netlink::hardware_address(bytes)),
            _ => {}
        }
    }
    let address = address?;
    if address.is_multicast() || address.is_loopback() || address.is_unspecified() {
        return None;
    }
    let index = message.header.ifindex;
    Some(Neighbour {
        address,
        interface: netlink::interface_name(index).unwrap_or_else(|| index.to_string()),
        mac: mac.filter(|mac| !mac.is_empty()),
        state: state(message.header.state),
    })
}

fn state(state: KernelState) -> NeighbourState {
    match state {
        KernelState::Incomplete => NeighbourState::Incomplete,
        KernelState::Reachable => NeighbourState::Reachable,
        KernelState::Stale => NeighbourState::Stale,
        KernelState::Delay => NeighbourState::Delay,
        KernelState::Probe => NeighbourState::Probe,
        KernelState::Failed => NeighbourState::Failed,
        KernelState::Noarp => NeighbourState::Noarp,
        KernelState::Permanent => NeighbourState::Permanent,
        _ => NeighbourState::Unknown,
    }
}
