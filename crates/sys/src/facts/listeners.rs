//! Sockets that wait for connections or datagrams, and who owns them.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(target_os = "linux")]
use linux as platform;
#[cfg(target_os = "macos")]
use macos as platform;
#[cfg(target_os = "windows")]
use windows as platform;

#[cfg(target_os = "linux")]
mod netstat;
#[cfg(target_os = "linux")]
mod owners;
#[cfg(target_os = "linux")]
mod proc_net;

use netmend_model::Outcome;
pub use netmend_model::facts::{ListenQueueCounters, Listener, Listeners, ProcessRef, ProcessState};

/// Reads every listening TCP socket and every unconnected UDP socket with its owner.
///
/// The owner's user id is always told; the process only where the rights allow to look into it.
pub async fn read() -> Outcome<Listeners> {
    platform::read().await
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::{TcpListener, TcpStream, UdpSocket};

    use super::*;

    async fn listener(address: std::net::SocketAddr, protocol: &str) -> Option<Listener> {
        let outcome = read().await;
        let all = &outcome.data().expect("sock_diag or /proc answers").listeners;
        all.iter().find(|l| l.address == address && l.protocol == protocol).cloned()
    }

    #[tokio::test]
    async fn a_listener_of_ours_is_seen_with_owner_and_queue() {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let _waiting = TcpStream::connect(address).unwrap();
        let seen = listener(address, "tcp").await.expect("it listens");
        assert_eq!(seen.queue, Some(1), "one connection waits to be accepted");
        assert!(seen.backlog.is_none_or(|backlog| backlog >= 1));
        assert_eq!(seen.process.map(|p| p.pid), Some(std::process::id()));
        assert_eq!(seen.user_id, Some(nix::unistd::geteuid().as_raw()));
        drop(socket);
        assert_eq!(listener(address, "tcp").await, None);
    }

    #[tokio::test]
    async fn udp_waits_until_it_is_connected() {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        assert!(listener(address, "udp").await.is_some());
        socket.connect(address).unwrap();
        assert_eq!(listener(address, "udp").await, None);
    }
}
