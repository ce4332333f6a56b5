//! A DNS query to one server (RFC 1035): over UDP, and over TCP when the answer is truncated.
//!
//! The datagrams go through a connected socket, so that a closed port is seen (ECONNREFUSED) and only the server's own
//! answers are taken.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};

use netmend_model::net::{ConnectEnd, Lookup, LookupEnd};
use netmend_model::{Outcome, ReasonCode, Record};
use netmend_sys::sockets;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

use self::message::{Answer, Decoded, Question, decode, rcode_name};
use crate::Context;
use crate::transport::milliseconds;

mod message;

/// How long a server gets before any round trip of this run is known.
const UNMEASURED: Duration = Duration::from_millis(1200);
/// A recursive server asks others in turn, so its answers take longer than a round trip to it.
const AT_LEAST: Duration = Duration::from_secs(1);
const AT_MOST: Duration = Duration::from_secs(3);
/// FORMERR, NOTIMP and BADVERS: what a server says that does not know EDNS (RFC 6891, 6.1.3 and 7).
const NO_EDNS: [u16; 3] = [1, 4, 16];

/// Asks `server` for the records of `name`.
pub async fn run(ctx: &Context, server: SocketAddr, name: &str, record: Record) -> Outcome<Lookup> {
    match Question::new(name, record) {
        Ok(question) => Outcome::observed(ask(server, &question, patience(ctx)).await),
        Err(detail) => Outcome::not_run(ReasonCode::Malformed, detail),
    }
}

fn patience(ctx: &Context) -> Duration {
    ctx.within(ctx.pace.longest().map_or(UNMEASURED, |longest| (longest * 3).clamp(AT_LEAST, AT_MOST)))
}

async fn ask(server: SocketAddr, question: &Question, patience: Duration) -> Lookup {
    let mut exchange = Exchange { server, question, sent: Vec::new(), oddity: None };
    let end = exchange.over_udp(patience).await;
    let sent = u32::try_from(exchange.sent.len()).unwrap_or(u32::MAX);
    match end {
        Err(end) => unanswered(end, sent),
        Ok(udp) if udp.answer.truncated => match over_tcp(server, question, patience).await {
            Ok(tcp) => Lookup { tcp: Some(LookupEnd::Answered), ..answered(tcp, "tcp", sent) },
            Err(end) => Lookup { tcp: Some(end), ..answered(udp, "udp", sent) },
        },
        Ok(udp) => answered(udp, "udp", sent),
    }
}

/// An answer and the time it took.
struct Timed {
    answer: Answer,
    took: Duration,
}

/// One question to one server over UDP.
struct Exchange<'a> {
    server: SocketAddr,
    question: &'a Question,
    /// Ids of the datagrams sent and when; each has its own, so that an answer's round trip is known.
    sent: Vec<(u16, Instant)>,
    /// The last thing that came and was no answer.
    oddity: Option<String>,
}

impl Exchange<'_> {
    /// Sends the query, and once more without EDNS, which some middleboxes swallow, after two fifths of `patience`.
    async fn over_udp(&mut self, patience: Duration) -> Result<Timed, LookupEnd> {
        let socket = connected(self.server).await.map_err(|error| failed(&error))?;
        let mut not_understood = None;
        for (edns, wait) in [(true, patience * 2 / 5), (false, patience * 3 / 5)] {
            let sent = self.send(&socket, edns).await;
            let came = match sent {
                Ok(()) => timeout(wait, self.receive(&socket)).await,
                Err(end) => return not_understood.ok_or(end),
            };
            match came {
                Ok(Ok(timed)) if edns && NO_EDNS.contains(&timed.answer.rcode) => not_understood = Some(timed),
                Ok(Ok(timed)) => return Ok(timed),
                Ok(Err(end)) => return not_understood.ok_or(end),
                Err(_) => {}
            }
        }
        let nothing = self.oddity.take().map_or(LookupEnd::NoAnswer, |detail| LookupEnd::Malformed { detail });
        not_understood.ok_or(nothing)
    }

    async fn send(&mut self, socket: &UdpSocket, edns: bool) -> Result<(), LookupEnd> {
        let (id, bytes) = self.question.encode(edns).map_err(|detail| LookupEnd::Malformed { detail })?;
        self.sent.push((id, Instant::now()));
        socket.send(&bytes).await.map_err(|error| failed(&error))?;
        Ok(())
    }

    /// Waits for an answer to any of the datagrams sent. What is not ours is noted and passed over.
    async fn receive(&mut self, socket: &UdpSocket) -> Result<Timed, LookupEnd> {
        let ids: Vec<u16> = self.sent.iter().map(|(id, _)| *id).collect();
        let mut buffer = vec![0; 65_535];
        loop {
            let length = socket.recv(&mut buffer).await.map_err(|error| failed(&error))?;
            match decode(&buffer[..length], &ids, self.question) {
                Decoded::Answer(answer) => return Ok(Timed { answer: *answer, took: self.since(&buffer) }),
                Decoded::Malformed(detail) => return Err(LookupEnd::Malformed { detail }),
                Decoded::Foreign(detail) => self.oddity = Some(detail),
            }
        }
    }

    /// Time since the datagram was sent that the message in `bytes` answers.
    fn since(&self, bytes: &[u8]) -> Duration {
        let id = message::id(bytes);
        self.sent.iter().find(|(sent, _)| Some(*sent) == id).map(|(_, at)| at.elapsed()).unwrap_or_default()
    }
}

async fn connected(server: SocketAddr) -> std::io::Result<UdpSocket> {
    let any: SocketAddr =
        if server.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (Ipv6Addr::UNSPECIFIED, 0).into() };
    let socket = UdpSocket::bind(any).await?;
    socket.connect(server).await?;
    Ok(socket)
}

/// The same question over TCP (RFC 7766), on a new connection.
async fn over_tcp(server: SocketAddr, question: &Question, patience: Duration) -> Result<Timed, LookupEnd> {
    let begin = Instant::now();
    let mut stream = sockets::open(server, None, patience).await.map_err(|attempt| match attempt.end {
        ConnectEnd::Failed { error } => LookupEnd::Failed { error },
        ConnectEnd::NoAnswer | ConnectEnd::Connected => LookupEnd::NoAnswer,
    })?;
    let (id, query) = question.encode(true).map_err(|detail| LookupEnd::Malformed { detail })?;
    let reply = timeout(patience, converse(&mut stream, &query)).await.map_err(|_| LookupEnd::NoAnswer)??;
    match decode(&reply, &[id], question) {
        Decoded::Answer(answer) => Ok(Timed { answer: *answer, took: begin.elapsed() }),
        Decoded::Foreign(detail) | Decoded::Malformed(detail) => Err(LookupEnd::Malformed { detail }),
    }
}

/// One message there, one back; each with its length before it (RFC 1035, 4.2.2).
async fn converse(stream: &mut TcpStream, query: &[u8]) -> Result<Vec<u8>, LookupEnd> {
    let length = u16::try_from(query.len()).map_err(|error| LookupEnd::Malformed { detail: error.to_string() })?;
    let framed = [&length.to_be_bytes(), query].concat();
    stream.write_all(&framed).await.map_err(|error| failed(&error))?;
    let length = stream.read_u16().await.map_err(|error| failed(&error))?;
    let mut reply = vec![0; usize::from(length)];
    stream.read_exact(&mut reply).await.map_err(|error| failed(&error))?;
    Ok(reply)
}

fn failed(error: &std::io::Error) -> LookupEnd {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        return LookupEnd::Malformed { detail: "the connection was closed before an answer was complete".into() };
    }
    LookupEnd::Failed { error: sockets::os_error_from(error) }
}

fn answered(timed: Timed, transport: &str, sent: u32) -> Lookup {
    let Timed { answer, took } = timed;
    Lookup {
        end: LookupEnd::Answered,
        rcode: Some(rcode_name(answer.rcode)),
        flags: answer.flags,
        answers: answer.records,
        addresses: answer.addresses,
        soa: answer.soa,
        extended_errors: answer.extended_errors,
        transport: transport.into(),
        answer_ms: Some(milliseconds(took)),
        tcp: None,
        sent,
    }
}

fn unanswered(end: LookupEnd, sent: u32) -> Lookup {
    Lookup {
        end,
        rcode: None,
        flags: Vec::new(),
        answers: Vec::new(),
        addresses: Vec::new(),
        soa: None,
        extended_errors: Vec::new(),
        transport: "udp".into(),
        answer_ms: None,
        tcp: None,
        sent,
    }
}

#[cfg(test)]
#[path = "lookup/tests.rs"]
mod tests;
