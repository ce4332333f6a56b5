//! A listening process of the client's own: a developer's server, as a process of its own so that it has an owner,
//! a state and a queue of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::Child;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use socket2::{Domain, Socket, Type};

/// First argument of such a process.
pub const LISTEN: &str = "__listen";
const READY: &str = "ready";

/// The process itself: listens at `address` and behaves as told (`http`, `silent` or `full`: never accepts, backlog of
/// one) until its standard input ends.
pub fn listen(arguments: &[String]) -> Result<()> {
    let [address, behaviour] = arguments else { bail!("{LISTEN} ADDRESS BEHAVIOUR") };
    let backlog = if behaviour == "full" { 1 } else { 128 };
    let listener = bind(address.parse().context("no socket address")?, backlog)?;
    say_ready()?;
    let _full = if behaviour == "full" {
        Some(listener)
    } else {
        let http = behaviour == "http";
        std::thread::spawn(move || accept_for_ever(&listener, http));
        None
    };
    wait_for_end()
}

/// Tells the lab that this process has done its part.
pub fn say_ready() -> Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{READY}").and_then(|()| out.flush()).context("nobody waits for this process")
}

/// Waits until the lab ends this process.
pub fn wait_for_end() -> Result<()> {
    std::io::stdin().read_to_end(&mut Vec::new()).map(drop).context("cannot read standard input")
}

/// Waits until the process listens.
pub fn wait_ready(child: &mut Child) -> Result<()> {
    let out = child.stdout.take().context("the local service has no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).context("the local service said nothing")?;
    if line.trim() != READY {
        bail!("the local service did not start: {line:?}");
    }
    Ok(())
}

fn bind(address: SocketAddr, backlog: i32) -> Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    socket.bind(&address.into()).with_context(|| format!("cannot bind {address}"))?;
    socket.listen(backlog)?;
    Ok(socket.into())
}

fn accept_for_ever(listener: &TcpListener, http: bool) {
    let mut kept = Vec::new();
    for stream in listener.incoming() {
        let Ok(mut stream) = stream else { continue };
        if http {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n");
        } else {
            kept.push(stream);
        }
    }
}
