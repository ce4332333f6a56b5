//! sock_diag(7) for the sockets, `/proc/<pid>/fd` for their owners.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;

use netlink_packet_sock_diag::SockDiagMessage;
use netlink_packet_sock_diag::constants::{AF_INET, AF_INET6, IPPROTO_TCP, IPPROTO_UDP};
use netlink_packet_sock_diag::inet::nlas::Nla;
use netlink_packet_sock_diag::inet::{ExtensionFlags, InetRequest, InetResponse, SocketId, StateFlags};
use netlink_sys::protocols::NETLINK_SOCK_DIAG;
use netmend_model::Outcome;
use netmend_model::facts::{Listener, Listeners, ProcessRef};

use super::{netstat, owners, proc_net};
use crate::facts::{netlink, reading};

pub(super) async fn read() -> Outcome<Listeners> {
    reading::blocking("listeners", reading::LOCAL, || match sockets() {
        Ok(sockets) => Outcome::observed(Listeners { listeners: with_owners(sockets), counters: counters() }),
        Err(error) => reading::failed("sock_diag", &error),
    })
    .await
}

/// A socket, and the inode by which its owner is found.
pub(super) struct Socket {
    pub listener: Listener,
    pub inode: u64,
}

/// TCP in both families, then UDP.
fn sockets() -> io::Result<Vec<Socket>> {
    let mut sockets = Vec::new();
    for (protocol, name) in [(IPPROTO_TCP, "tcp"), (IPPROTO_UDP, "udp")] {
        for family in [AF_INET, AF_INET6] {
            // A kernel without the diag module, or a sandbox, still has the text files.
            let of_family = diag(family, protocol, name).or_else(|_| proc_net::read(name, family == AF_INET6));
            match of_family {
                Ok(more) => sockets.extend(more),
                // A kernel without IPv6.
                Err(error) if family == AF_INET6 && error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(sockets)
}

fn diag(family: u8, protocol: u8, name: &str) -> io::Result<Vec<Socket>> {
    let request = SockDiagMessage::InetRequest(InetRequest {
        family,
        protocol,
        extensions: ExtensionFlags::empty(),
        // A UDP socket that is not connected is in state CLOSE.
        states: if protocol == IPPROTO_TCP { StateFlags::LISTEN } else { StateFlags::CLOSE },
        socket_id: if family == AF_INET { SocketId::new_v4() } else { SocketId::new_v6() },
    });
    let messages = netlink::dump(NETLINK_SOCK_DIAG, &request)?;
    Ok(messages
        .iter()
        .filter_map(|message| match message {
            SockDiagMessage::InetResponse(response) => Some(socket(response, name)),
            _ => None,
        })
        // A UDP socket without a port waits for nothing.
        .filter(|socket| socket.listener.address.port() != 0)
        .collect())
}

fn socket(response: &InetResponse, protocol: &str) -> Socket {
    let header = &response.header;
    let v6_only = response.nlas.iter().find_map(|nla| match nla {
        Nla::SkV6Only(only) => Some(*only),
        _ => None,
    });
    let tcp = protocol == "tcp";
    Socket {
        listener: Listener {
            address: SocketAddr::new(header.socket_id.source_address, header.socket_id.source_port),
            protocol: protocol.to_owned(),
            v6_only: v6_only.filter(|_| header.family == AF_INET6),
            // Of a listening socket the receive queue counts connections and the send queue is the backlog.
            queue: tcp.then_some(header.recv_queue),
            backlog: tcp.then_some(header.send_queue),
            user_id: Some(header.uid),
            process: None,
        },
        inode: u64::from(header.inode),
    }
}

fn with_owners(sockets: Vec<Socket>) -> Vec<Listener> {
    let owners: HashMap<u64, ProcessRef> = owners::of(sockets.iter().map(|socket| socket.inode).collect());
    sockets
        .into_iter()
        .map(|socket| Listener { process: owners.get(&socket.inode).cloned(), ..socket.listener })
        .collect()
}

/// TcpExt of this network namespace.
fn counters() -> Option<netmend_model::facts::ListenQueueCounters> {
    netstat::queue_counters(&reading::text("/proc/thread-self/net/netstat").ok()?)
}
