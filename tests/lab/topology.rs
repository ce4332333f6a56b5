//! The small internet of a case: who is there, how they are joined, which addresses and routes they have.
//!
//! ```text
//!                     dns    proxy
//!                      |      |
//! client ── r1 ─────── r2 ────┘── r3 ─────── r4 ── server
//!        home router   provider   |          data-centre edge
//!                              reference
//! ```
//! Documentation ranges only (RFC 5737, RFC 3849).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nix::ifaddrs::{InterfaceAddress, getifaddrs};
use nix::net::if_::InterfaceFlags;

use crate::net;
use crate::ns::Namespace;
use crate::wire::Wire;

/// A machine of the lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// Where netmend runs.
    Client,
    /// Home router: the client's default gateway.
    R1,
    /// First router of the provider.
    R2,
    /// Second router of the provider.
    R3,
    /// Edge of the data centre.
    R4,
    /// The target.
    Server,
    /// The provider's resolvers.
    Dns,
    /// Reference resolver and connectivity check.
    Reference,
    /// HTTP proxy of the organisation, and the far end of its tunnel.
    Proxy,
}

impl Node {
    /// Every machine.
    pub const ALL: [Node; 9] =
        [Node::Client, Node::R1, Node::R2, Node::R3, Node::R4, Node::Server, Node::Dns, Node::Reference, Node::Proxy];

    const fn name(self) -> &'static str {
        match self {
            Node::Client => "client",
            Node::R1 => "r1",
            Node::R2 => "r2",
            Node::R3 => "r3",
            Node::R4 => "r4",
            Node::Server => "server",
            Node::Dns => "dns",
            Node::Reference => "reference",
            Node::Proxy => "proxy",
        }
    }

    const fn is_router(self) -> bool {
        matches!(self, Node::R1 | Node::R2 | Node::R3 | Node::R4)
    }
}

/// One link: its two ends and their addresses. The device is named after the node at the other end.
struct Link {
    ends: [Node; 2],
    v4: [&'static str; 2],
    v6: [&'static str; 2],
}

const LINKS: [Link; 8] = [
    Link {
        ends: [Node::Client, Node::R1],
        v4: ["192.0.2.10/24", "192.0.2.1/24"],
        v6: ["2001:db8:1::10/64", "2001:db8:1::1/64"],
    },
    Link {
        ends: [Node::R1, Node::R2],
        v4: ["198.51.100.1/30", "198.51.100.2/30"],
        v6: ["2001:db8:12::1/64", "2001:db8:12::2/64"],
    },
    Link {
        ends: [Node::R2, Node::R3],
        v4: ["198.51.100.5/30", "198.51.100.6/30"],
        v6: ["2001:db8:23::2/64", "2001:db8:23::3/64"],
    },
    Link {
        ends: [Node::R3, Node::R4],
        v4: ["198.51.100.9/30", "198.51.100.10/30"],
        v6: ["2001:db8:34::3/64", "2001:db8:34::4/64"],
    },
    Link {
        ends: [Node::R4, Node::Server],
        v4: ["203.0.113.1/24", "203.0.113.10/24"],
        v6: ["2001:db8:5::1/64", "2001:db8:5::10/64"],
    },
    Link {
        ends: [Node::R2, Node::Dns],
        v4: ["198.51.100.65/28", "198.51.100.66/28"],
        v6: ["2001:db8:53::1/64", "2001:db8:53::66/64"],
    },
    Link {
        ends: [Node::R3, Node::Reference],
        v4: ["198.51.100.81/28", "198.51.100.82/28"],
        v6: ["2001:db8:99::1/64", "2001:db8:99::82/64"],
    },
    Link {
        ends: [Node::R2, Node::Proxy],
        v4: ["198.51.100.97/28", "198.51.100.98/28"],
        v6: ["2001:db8:80::1/64", "2001:db8:80::98/64"],
    },
];

/// Routes per machine, `ip -batch` lines.
const ROUTES: [(Node, &str); 9] = [
    (Node::Client, "route add default via 192.0.2.1\nroute add default via 2001:db8:1::1\n"),
    (Node::R1, "route add default via 198.51.100.2\nroute add default via 2001:db8:12::2\n"),
    (
        Node::R2,
        "route add 192.0.2.0/24 via 198.51.100.1\nroute add default via 198.51.100.6\n\
         route add 2001:db8:1::/64 via 2001:db8:12::1\nroute add default via 2001:db8:23::3\n",
    ),
    (
        Node::R3,
        "route add 192.0.2.0/24 via 198.51.100.5\nroute add 198.51.100.0/30 via 198.51.100.5\n\
         route add 198.51.100.64/28 via 198.51.100.5\nroute add 198.51.100.96/28 via 198.51.100.5\n\
         route add 203.0.113.0/24 via 198.51.100.10\n\
         route add 2001:db8:1::/64 via 2001:db8:23::2\nroute add 2001:db8:12::/64 via 2001:db8:23::2\n\
         route add 2001:db8:53::/64 via 2001:db8:23::2\nroute add 2001:db8:80::/64 via 2001:db8:23::2\n\
         route add 2001:db8:5::/64 via 2001:db8:34::4\n",
    ),
    (Node::R4, "route add default via 198.51.100.9\nroute add default via 2001:db8:34::3\n"),
    (Node::Server, "route add default via 203.0.113.1\nroute add default via 2001:db8:5::1\n"),
    (Node::Dns, "route add default via 198.51.100.65\nroute add default via 2001:db8:53::1\n"),
    (Node::Reference, "route add default via 198.51.100.81\nroute add default via 2001:db8:99::1\n"),
    (Node::Proxy, "route add default via 198.51.100.97\nroute add default via 2001:db8:80::1\n"),
];

/// What a case may change about the network before it comes up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// The client's network has no IPv6 at all.
    pub ipv4_only: bool,
    /// Added one-way delay between the provider's routers (r2 and r3); the round trip grows by twice this.
    pub delay: Duration,
    /// The routers keep Linux's default limit on ICMP messages instead of none.
    pub icmp_rate_limit: bool,
}

/// The running network.
#[derive(Debug)]
pub struct Topology {
    spaces: BTreeMap<Node, Arc<Namespace>>,
    // Held for its end: it stops when dropped.
    wire: Option<Wire>,
}

impl Topology {
    /// Builds namespaces, links, addresses and routes.
    pub fn build(shape: Shape) -> Result<Self> {
        let mut spaces = BTreeMap::new();
        for node in Node::ALL {
            let space = Namespace::create(node.name())?;
            prepare(&space, node, shape)?;
            spaces.insert(node, Arc::new(space));
        }
        let wire = if shape.delay.is_zero() { None } else { Some(Wire::new(shape.delay)?) };
        for link in &LINKS {
            join(&spaces, link, wire.as_ref().filter(|_| link.ends == [Node::R2, Node::R3]))?;
        }
        for node in Node::ALL {
            net::ip(&spaces[&node], &addresses_and_routes(node, shape))
                .with_context(|| format!("cannot set up {}", node.name()))?;
        }
        if let Some(wire) = &wire {
            wire.start()?;
        }
        let network = Self { spaces, wire };
        network.settle()?;
        Ok(network)
    }

    /// Waits until every device carries packets: the kernel activates them in the background. A long link also learns
    /// its neighbours, so that the first packet of a case takes no longer than the second.
    fn settle(&self) -> Result<()> {
        for (&node, space) in &self.spaces {
            wait_until("the devices run", || space.run(all_running))?;
            space.run(|| only_lab_devices(node))?;
        }
        if self.wire.is_some() {
            let far_ends = ["198.51.100.6:9", "[2001:db8:23::3]:9"];
            let touched = std::thread::scope(|scope| {
                let both = far_ends.map(|end| scope.spawn(move || self.space(Node::R2).run(|| touch(end))));
                both.map(|each| each.join().unwrap_or_else(|_| bail!("the thread died")))
            });
            touched.into_iter().collect::<Result<()>>()?;
        }
        Ok(())
    }

    /// The namespace of a machine.
    pub fn space(&self, node: Node) -> &Arc<Namespace> {
        &self.spaces[&node]
    }
}

/// Waits for a condition of the kernel's background work; five seconds are far beyond what it takes.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> Result<bool>) -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(5);
    while !holds()? {
        ensure!(Instant::now() < deadline, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

fn all_running() -> Result<bool> {
    let running = |each: InterfaceAddress| each.flags.contains(InterfaceFlags::IFF_RUNNING);
    Ok(getifaddrs().context("cannot list interfaces")?.all(running))
}

/// Fails if there is a device that this module did not make: every way out of a namespace leads to another of the lab.
fn only_lab_devices(node: Node) -> Result<()> {
    let links = LINKS.iter().filter(|link| link.ends.contains(&node)).map(|link| {
        let peer = if link.ends[0] == node { link.ends[1] } else { link.ends[0] };
        device(node, peer)
    });
    let own: Vec<String> = links.chain(["lo".to_owned()]).collect();
    let foreign = getifaddrs()?.map(|each| each.interface_name).find(|name| !own.contains(name));
    ensure!(foreign.is_none(), "a device from elsewhere: {foreign:?}");
    Ok(())
}

/// Makes the neighbour known; the closed port answers at once.
fn touch(address: &str) -> Result<()> {
    let address: SocketAddr = address.parse()?;
    match TcpStream::connect_timeout(&address, Duration::from_secs(5)) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => Ok(()),
        other => bail!("{address} did not refuse: {other:?}"),
    }
}

/// Kernel settings before the first device arrives: devices copy the defaults.
fn prepare(space: &Namespace, node: Node, shape: Shape) -> Result<()> {
    // Addresses must serve at once; router advertisements would add routes nobody asked for.
    let mut settings = vec![("net/ipv6/conf/default/accept_dad", "0"), ("net/ipv6/conf/default/accept_ra", "0")];
    if node == Node::Client && shape.ipv4_only {
        settings.push(("net/ipv6/conf/default/disable_ipv6", "1"));
    }
    if node.is_router() {
        settings.extend([("net/ipv4/ip_forward", "1"), ("net/ipv6/conf/all/forwarding", "1")]);
    }
    if node != Node::Client && !shape.icmp_rate_limit {
        settings.extend([("net/ipv4/icmp_ratelimit", "0"), ("net/ipv6/icmp/ratelimit", "0")]);
    }
    net::sysctl(space, &settings)
}

/// The device on `node` that leads to `peer`.
pub fn device(node: Node, peer: Node) -> String {
    // The client's own device has the name a person would see.
    if node == Node::Client { "eth0".to_owned() } else { format!("to-{}", peer.name()) }
}

fn join(spaces: &BTreeMap<Node, Arc<Namespace>>, link: &Link, wire: Option<&Wire>) -> Result<()> {
    let [a, b] = link.ends;
    let (at_a, at_b) = (device(a, b), device(b, a));
    match wire {
        None => veth(&spaces[&a], &at_a, &spaces[&b], &at_b),
        Some(wire) => {
            veth(&spaces[&a], &at_a, wire.space(), Wire::ENDS[0])?;
            veth(&spaces[&b], &at_b, wire.space(), Wire::ENDS[1])?;
            // The wire carries frames through user space: no frame may be larger than the link's MTU.
            net::ip(&spaces[&a], &format!("link set {at_a} gso_max_segs 1\n"))?;
            net::ip(&spaces[&b], &format!("link set {at_b} gso_max_segs 1\n"))
        }
    }
}

fn veth(a: &Namespace, at_a: &str, b: &Namespace, at_b: &str) -> Result<()> {
    let peer = b.path();
    net::ip(a, &format!("link add {at_a} type veth peer name {at_b} netns {}\n", peer.display()))
}

fn addresses_and_routes(node: Node, shape: Shape) -> String {
    let with_v6 = !(shape.ipv4_only && node == Node::Client);
    let mut batch = String::from("link set lo up\n");
    for link in &LINKS {
        let Some(end) = link.ends.iter().position(|&each| each == node) else { continue };
        let name = device(node, link.ends[1 - end]);
        // Left to itself the kernel makes link-local addresses up to a second later, and joins the multicast groups of
        // addresses that were there before the link came up as late; no neighbour could be solicited until then.
        let _ = writeln!(batch, "link set {name} addrgenmode none up");
        let _ = writeln!(batch, "addr add {} dev {name}", link.v4[end]);
        if with_v6 {
            let _ = writeln!(batch, "addr add {} dev {name} nodad", link.v6[end]);
            let _ = writeln!(batch, "addr add fe80::{}/64 dev {name} nodad", end + 1);
        }
    }
    let routes = ROUTES.iter().filter(|(each, _)| *each == node).flat_map(|(_, lines)| lines.lines());
    for line in routes.map(str::trim).filter(|line| with_v6 || !line.contains("2001:")) {
        let _ = writeln!(batch, "{line}");
    }
    batch
}
