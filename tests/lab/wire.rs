//! A link with a length: a namespace that carries frames between its two devices after a fixed delay.
//!
//! The kernels this runs on often have no `netem`; two packet sockets and a queue do the same, invisible as a hop.

use std::collections::VecDeque;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use nix::ifaddrs::getifaddrs;
use nix::poll::{PollFd, PollFlags, ppoll};
use nix::sys::socket::{AddressFamily, LinkAddr, MsgFlags, SockFlag, SockProtocol, SockType, bind, recv, send, socket};
use nix::sys::time::TimeSpec;

use crate::checksum;
use crate::net;
use crate::ns::Namespace;

/// Longest frame: an Ethernet header and a full MTU, with room for a VLAN tag.
const MAX_FRAME: usize = 1600;
/// How often a stopped wire is noticed at the latest.
const STOP_CHECK: Duration = Duration::from_millis(100);

/// The delaying link. Stops when dropped.
#[derive(Debug)]
pub struct Wire {
    space: Namespace,
    delay: Duration,
    stop: Arc<AtomicBool>,
    carrier: std::sync::Mutex<Option<JoinHandle<()>>>,
}

impl Wire {
    /// The names its two devices must have.
    pub const ENDS: [&'static str; 2] = ["left", "right"];

    /// An empty wire of the given one-way delay; its devices are added by the topology.
    pub fn new(delay: Duration) -> Result<Self> {
        let space = Namespace::create("wire")?;
        // Its own kernel must stay silent on the link.
        net::sysctl(&space, &[("net/ipv6/conf/default/disable_ipv6", "1")])?;
        Ok(Self { space, delay, stop: Arc::default(), carrier: std::sync::Mutex::default() })
    }

    /// The namespace both devices live in.
    pub fn space(&self) -> &Namespace {
        &self.space
    }

    /// Brings the devices up and starts carrying.
    pub fn start(&self) -> Result<()> {
        net::ip(&self.space, "link set left arp off up\nlink set right arp off up\n")?;
        let sockets = self.space.run(|| Ok([packet_socket(Self::ENDS[0])?, packet_socket(Self::ENDS[1])?]))?;
        let (delay, stop) = (self.delay, Arc::clone(&self.stop));
        let carrier = thread::spawn(move || carry(&sockets, delay, &stop));
        if let Ok(mut place) = self.carrier.lock() {
            *place = Some(carrier);
        }
        Ok(())
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Ok(mut carrier) = self.carrier.lock() {
            carrier.take().map(JoinHandle::join);
        }
    }
}

/// A socket that sees and sends whole frames on one device (packet(7)).
fn packet_socket(device: &str) -> Result<OwnedFd> {
    let flags = SockFlag::SOCK_NONBLOCK | SockFlag::SOCK_CLOEXEC;
    let fd = socket(AddressFamily::Packet, SockType::Raw, flags, SockProtocol::EthAll).context("no packet socket")?;
    bind(fd.as_raw_fd(), &link_address(device)?).context("cannot bind the packet socket")?;
    Ok(fd)
}

fn link_address(device: &str) -> Result<LinkAddr> {
    getifaddrs()?
        .filter(|interface| interface.interface_name == device)
        .find_map(|interface| interface.address?.as_link_addr().copied())
        .ok_or_else(|| anyhow!("the wire has no device {device}"))
}

/// A frame on its way: when it is due, and at which end it comes out.
struct InFlight {
    due: Instant,
    out: usize,
    frame: Vec<u8>,
}

fn carry(sockets: &[OwnedFd; 2], delay: Duration, stop: &AtomicBool) {
    let mut queue = VecDeque::new();
    while !stop.load(Ordering::Relaxed) {
        let wait = queue
            .front()
            .map_or(STOP_CHECK, |next: &InFlight| next.due.saturating_duration_since(Instant::now()).min(STOP_CHECK));
        let mut polled = [0, 1].map(|end: usize| PollFd::new(sockets[end].as_fd(), PollFlags::POLLIN));
        if ppoll(&mut polled, Some(TimeSpec::from(wait)), None).is_err() {
            continue;
        }
        for end in [0, 1] {
            collect(&sockets[end], 1 - end, delay, &mut queue);
        }
        deliver(sockets, &mut queue);
    }
}

fn collect(socket: &OwnedFd, out: usize, delay: Duration, queue: &mut VecDeque<InFlight>) {
    let mut buffer = [0_u8; MAX_FRAME];
    while let Ok(length) = recv(socket.as_raw_fd(), &mut buffer, MsgFlags::MSG_TRUNC) {
        if length > buffer.len() {
            continue;
        }
        let mut frame = buffer[..length].to_vec();
        // A virtual link leaves the transport checksum to hardware that does not exist here.
        checksum::fill_in(&mut frame);
        queue.push_back(InFlight { due: Instant::now() + delay, out, frame });
    }
}

fn deliver(sockets: &[OwnedFd; 2], queue: &mut VecDeque<InFlight>) {
    let now = Instant::now();
    while queue.front().is_some_and(|next| next.due <= now) {
        if let Some(InFlight { out, frame, .. }) = queue.pop_front() {
            // A full device queue loses the frame, as a real link would.
            let _ = send(sockets[out].as_raw_fd(), &frame, MsgFlags::empty());
        }
    }
}
