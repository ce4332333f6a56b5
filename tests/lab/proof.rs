//! Independent looks at the network: none of this is netmend's code, and it uses rights that netmend need not have.

mod icmp;
mod look;

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::lab::{Lab, at_port};
use crate::net;
use crate::servers::dns_message::{A, AAAA, Answer, Question, decode_answer, encode_question};
use crate::topology::Node;

pub use icmp::{Reply, trace};
pub use look::{Certificate, tls, tls_exchange};

/// Long enough for every answer inside one machine; short enough to prove silence quickly.
pub const PATIENCE: Duration = Duration::from_millis(700);

/// How a TCP connect ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connect {
    /// The connection stands.
    Open,
    /// Nothing came back in time.
    Silent,
    /// The kernel reported this errno.
    Errno(i32),
}

/// Connects from the client and says how it ended and after which time.
pub fn connect_timed(lab: &Lab, address: &str, patience: Duration) -> Result<(Connect, Duration)> {
    let address: SocketAddr = address.parse().with_context(|| format!("{address} is no socket address"))?;
    lab.in_client(|| {
        let start = Instant::now();
        let outcome = match TcpStream::connect_timeout(&address, patience) {
            Ok(_) => Connect::Open,
            Err(error) => error.raw_os_error().map_or(Connect::Silent, Connect::Errno),
        };
        Ok((outcome, start.elapsed()))
    })
}

/// Connects from the client.
pub fn connect(lab: &Lab, address: &str) -> Result<Connect> {
    Ok(connect_timed(lab, address, PATIENCE)?.0)
}

/// Fails unless a connect from the client ends like this.
pub fn expect(lab: &Lab, address: &str, expected: Connect) -> Result<()> {
    let seen = connect(lab, address)?;
    ensure!(seen == expected, "{address}: expected {expected:?}, saw {seen:?}");
    Ok(())
}

/// Fails unless the connection stands.
pub fn expect_open(lab: &Lab, address: &str) -> Result<()> {
    expect(lab, address, Connect::Open)
}

/// Fails unless nothing comes back.
pub fn expect_silent(lab: &Lab, address: &str) -> Result<()> {
    expect(lab, address, Connect::Silent)
}

/// Fails unless the peer refuses.
pub fn expect_refused(lab: &Lab, address: &str) -> Result<()> {
    expect(lab, address, Connect::Errno(libc::ECONNREFUSED))
}

/// Fails unless an echo request is answered by the address itself.
pub fn expect_ping(lab: &Lab, address: &str) -> Result<()> {
    match ping(lab, address)? {
        Some(reply) if reply.is_echo() => Ok(()),
        other => bail!("{address} does not answer ping: {other:?}"),
    }
}

/// Fails if an echo request is answered.
pub fn expect_no_ping(lab: &Lab, address: &str) -> Result<()> {
    match ping(lab, address)? {
        None => Ok(()),
        Some(reply) => bail!("{address} answers ping: {reply:?}"),
    }
}

/// One echo request with a full TTL.
pub fn ping(lab: &Lab, address: &str) -> Result<Option<Reply>> {
    icmp::echo(lab, address.parse()?, 64, PATIENCE)
}

/// One echo request, for this patience.
pub fn ping_within(lab: &Lab, address: &str, patience: Duration) -> Result<Option<Reply>> {
    icmp::echo(lab, address.parse()?, 64, patience)
}

/// What ICMP says about a TCP connect to `address`, if anything says something: read by a raw socket beside it.
pub fn blame(lab: &Lab, address: &str) -> Result<Option<Reply>> {
    blame_within(lab, address, PATIENCE)
}

/// As [`blame`], for errors that take their time.
pub fn blame_within(lab: &Lab, address: &str, patience: Duration) -> Result<Option<Reply>> {
    icmp::blame(lab, address.parse()?, patience)
}

/// Asks a resolver from the client over UDP. `None` when it says nothing.
pub fn ask(lab: &Lab, resolver: &str, name: &str, v6: bool) -> Result<Option<Answer>> {
    ask_within(lab, resolver, name, v6, PATIENCE)
}

/// As [`ask`], for resolvers that take their time.
pub fn ask_within(lab: &Lab, resolver: &str, name: &str, v6: bool, patience: Duration) -> Result<Option<Answer>> {
    let question = Question { id: 4711, name: name.to_owned(), kind: if v6 { AAAA } else { A }, edns: false };
    let server = at_port(resolver, 53)?;
    lab.in_client(|| {
        let any = if server.starts_with('[') { "[::]:0" } else { "0.0.0.0:0" };
        let socket = UdpSocket::bind(any)?;
        socket.connect(&server)?;
        socket.set_read_timeout(Some(patience))?;
        let mut buffer = [0; 2048];
        let sent = socket.send(&encode_question(&question));
        match sent.and_then(|_| socket.recv(&mut buffer)) {
            Ok(length) => decode_answer(&buffer[..length]).map(Some),
            Err(_) => Ok(None),
        }
    })
}

/// The addresses a resolver gives for a name; empty when it gives none.
pub fn addresses(lab: &Lab, resolver: &str, name: &str) -> Result<Vec<IpAddr>> {
    Ok(ask(lab, resolver, name, false)?.unwrap_or_default().addresses.into_iter().map(|record| record.0).collect())
}

/// Fails unless the configured resolver and the reference resolver both answer about the check name.
pub fn expect_resolvers_answer(lab: &Lab, resolvers: &[&str]) -> Result<()> {
    for resolver in resolvers {
        ensure!(!addresses(lab, resolver, crate::lab::CHECK_NAME)?.is_empty(), "resolver {resolver} does not answer");
    }
    Ok(())
}

/// Sends `request` over plain TCP and returns what comes back until the peer is silent for `patience`.
pub fn exchange(lab: &Lab, address: &str, request: &str, patience: Duration) -> Result<String> {
    talk(lab, address, request, patience, Duration::from_secs(10))
}

/// As [`exchange`], but stops after `total` even when the peer goes on.
pub fn exchange_for(lab: &Lab, address: &str, request: &str, total: Duration) -> Result<String> {
    talk(lab, address, request, total, total)
}

fn talk(lab: &Lab, address: &str, request: &str, patience: Duration, total: Duration) -> Result<String> {
    let address: SocketAddr = address.parse()?;
    lab.in_client(|| {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE).context("no connection")?;
        let deadline = Instant::now() + total;
        stream.write_all(request.as_bytes())?;
        let mut answer = vec![0; 16 * 1024];
        let mut filled = 0;
        while filled < answer.len() {
            let left = deadline.saturating_duration_since(Instant::now()).min(patience);
            if left.is_zero() {
                break;
            }
            stream.set_read_timeout(Some(left))?;
            match stream.read(&mut answer[filled..]) {
                Ok(0) => break,
                Ok(length) => filled += length,
                Err(error) if error.raw_os_error() == Some(libc::ECONNRESET) => bail!("reset"),
                Err(_) => break,
            }
        }
        Ok(String::from_utf8_lossy(&answer[..filled]).into_owned())
    })
}

/// The status code of a plain HTTP GET.
pub fn http_status(lab: &Lab, address: &str, host: &str, path: &str) -> Result<u16> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let answer = exchange(lab, address, &request, PATIENCE)?;
    let status = answer.split_whitespace().nth(1).context("no status line")?;
    status.parse().with_context(|| format!("no status in {answer:?}"))
}

/// Fails unless the connectivity check answers 204: the network at large works.
pub fn expect_online(lab: &Lab) -> Result<()> {
    let check = at_port(crate::lab::REFERENCE, 80)?;
    let status = http_status(lab, &check, crate::lab::CHECK_NAME, "/generate_204")?;
    ensure!(status == 204, "the connectivity check answers {status}");
    Ok(())
}

/// What `ip route get` says on a machine.
pub fn route(lab: &Lab, node: Node, address: &str) -> Result<String> {
    net::output(lab.space(node), "ip", &["route", "get", address])
}

/// How many packets the named counter `hits` of the lab's rules on a machine has seen.
pub fn hits(lab: &Lab, node: Node) -> Result<u64> {
    let text = net::output(lab.space(node), "nft", &["list", "counter", "inet", "lab", "hits"])?;
    let packets = text.split_whitespace().skip_while(|&word| word != "packets").nth(1);
    packets.and_then(|count| count.parse().ok()).with_context(|| format!("no counter in {text:?}"))
}

/// Fails unless the lab's rules on a machine have caught something.
pub fn expect_hits(lab: &Lab, node: Node) -> Result<()> {
    ensure!(hits(lab, node)? > 0, "the rule on {node:?} caught nothing");
    Ok(())
}
