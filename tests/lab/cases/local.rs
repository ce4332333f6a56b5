//! This computer as a server: a developer's local environment.

use std::net::{SocketAddr, TcpStream};

use anyhow::{Context, ensure};

use crate::case::Case;
use crate::lab::Lab;
use crate::proof::{self, Connect};

/// The cases of this group.
pub fn cases() -> Vec<Case> {
    vec![
        not_listening("", "http://localhost:8080/"),
        not_listening("loopback", "127.0.0.1:8080"),
        not_listening("own_address", "http://192.0.2.10:8080/"),
        wrong_interface("", "127.0.0.1:8080", "http://192.0.2.10:8080/"),
        wrong_interface("other_address", "192.0.2.10:8080", "http://127.0.0.1:8080/"),
        accept_queue_full("", "http://127.0.0.1:8080/"),
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
