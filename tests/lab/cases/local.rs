//! This computer as a server: a developer's local environment.

use std::net::{Ipv6Addr, SocketAddr, TcpStream};

use anyhow::{Context, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use socket2::{Domain, Socket, Type};

use crate::case::Case;
use crate::lab::Lab;
use crate::proof::{self, Connect};
use crate::topology::{Node, wait_until};

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        not_listening("", "http://localhost:8080/"),
        not_listening("loopback", "127.0.0.1:8080"),
        not_listening("own_address", "http://192.0.2.10:8080/"),
        wrong_interface("", "127.0.0.1:8080", "http://192.0.2.10:8080/"),
        wrong_interface("other_address", "192.0.2.10:8080", "http://127.0.0.1:8080/"),
        accept_queue_full("", "http://127.0.0.1:8080/"),
        wrong_family("", "127.0.0.1:8080", "http://[::1]:8080/"),
        wrong_family("ipv6_listener", "[::1]:8080", "http://127.0.0.1:8080/"),
        process_stopped(),
        ephemeral_ports_exhausted(),
    ]
}

/// The listening sockets of the client, from the kernel's table: address in the table's notation and accept queue.
fn listeners(lab: &Lab) -> anyhow::Result<Vec<(String, u32)>> {
    let table = lab.in_client(|| {
        let v4 = std::fs::read_to_string("/proc/thread-self/net/tcp").context("no table of sockets")?;
        Ok(v4 + &std::fs::read_to_string("/proc/thread-self/net/tcp6").unwrap_or_default())
    })?;
    let listening = table.lines().filter_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        // State 0A is LISTEN; the receive queue is then the number of connections not yet accepted.
        let queue = fields.get(4)?.split_once(':')?.1;
        (fields.get(3) == Some(&"0A")).then_some((fields[1].to_owned(), u32::from_str_radix(queue, 16).ok()?))
    });
    Ok(listening.collect())
}

fn not_listening(variant: &str, target: &str) -> Case {
    Case::cause("local.not_listening", variant).target(target).proof(|lab| {
        ensure!(listeners(lab)?.iter().all(|(address, _)| !address.ends_with(":1F90")), "something listens on 8080");
        proof::expect_refused(lab, "127.0.0.1:8080")?;
        proof::expect_refused(lab, "192.0.2.10:8080")
    })
}

fn wrong_interface(variant: &str, listens: &'static str, target: &'static str) -> Case {
    Case::cause("local.wrong_interface", variant)
        .target(target)
        .build_for(move |lab, rights| lab.local_service(rights, listens, "http").map(drop))
        .proof(move |lab| {
            proof::expect_open(lab, listens)?;
            let wanted = target.trim_start_matches("http://").trim_end_matches('/');
            proof::expect_refused(lab, wanted)
        })
}

fn wrong_family(variant: &str, listens: &'static str, target: &'static str) -> Case {
    Case::cause("local.wrong_family", variant)
        .target(target)
        .build_for(move |lab, rights| lab.local_service(rights, listens, "http").map(drop))
        .proof(move |lab| {
            proof::expect_open(lab, listens)?;
            proof::expect_refused(lab, target.trim_start_matches("http://").trim_end_matches('/'))
        })
}

fn process_stopped() -> Case {
    const ADDRESS: &str = "127.0.0.1:8080";
    Case::cause("local.process_stopped", "")
        .target("http://127.0.0.1:8080/")
        .build_for(|lab, rights| {
            let process = lab.local_service(rights, ADDRESS, "http")?;
            kill(Pid::from_raw(i32::try_from(process)?), Signal::SIGSTOP).context("cannot stop the service")?;
            let stat = format!("/proc/{process}/stat");
            wait_until("the service is stopped", || Ok(std::fs::read_to_string(&stat)?.contains(") T ")))
        })
        .proof(|lab| {
            proof::expect_open(lab, ADDRESS)?;
            let answer = proof::exchange(lab, ADDRESS, "GET / HTTP/1.1\r\n\r\n", proof::PATIENCE)?;
            ensure!(answer.is_empty(), "the service answers {answer:?}");
            Ok(())
        })
}

/// A range of few local ports, each of them held by a socket.
fn ephemeral_ports_exhausted() -> Case {
    Case::cause("host.ephemeral_ports_exhausted", "")
        .build(|lab| {
            lab.https(crate::servers::http::Reply::status(200))?;
            lab.sysctl(Node::Client, &[("net/ipv4/ip_local_port_range", "40000 40015")])?;
            let held = lab.in_client(|| (40_000..=40_015).map(hold_port).collect::<anyhow::Result<Vec<_>>>())?;
            lab.hold(held);
            Ok(())
        })
        .proof(|lab| {
            proof::expect(lab, "203.0.113.10:443", Connect::Errno(libc::EADDRNOTAVAIL))?;
            proof::expect(lab, "[2001:db8:5::10]:443", Connect::Errno(libc::EADDRNOTAVAIL))?;
            proof::expect_ping(lab, "203.0.113.10")
        })
}

/// Binds a port of both families without connecting.
fn hold_port(port: u16) -> anyhow::Result<Socket> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, None)?;
    socket.set_only_v6(false)?;
    socket.bind(&SocketAddr::from((Ipv6Addr::UNSPECIFIED, port)).into()).context("cannot hold a port")?;
    Ok(socket)
}

/// A listener with a backlog of one that never accepts, and as many connections as fit.
fn accept_queue_full(variant: &str, target: &str) -> Case {
    const ADDRESS: &str = "127.0.0.1:8080";
    Case::cause("local.accept_queue_full", variant)
        .target(target)
        .build_for(|lab, rights| {
            lab.local_service(rights, ADDRESS, "full")?;
            let address: SocketAddr = ADDRESS.parse()?;
            // The kernel accepts one more than the backlog (listen(2)).
            let fill = || TcpStream::connect_timeout(&address, proof::PATIENCE).context("cannot fill the queue");
            let waiting = lab.in_client(|| Ok([fill()?, fill()?]))?;
            lab.hold(waiting);
            Ok(())
        })
        .proof(|lab| {
            let listening = listeners(lab)?;
            let queue = listening.iter().find(|(address, _)| address.ends_with(":1F90")).context("no listener")?.1;
            ensure!(queue > 1, "{queue} connections wait");
            proof::expect(lab, ADDRESS, Connect::Silent)
        })
}
