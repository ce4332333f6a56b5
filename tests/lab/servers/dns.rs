//! A resolver by table, with the manners that resolvers have.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};

use super::dns_message::{A, AAAA, Answer, NO_ERROR, NXDOMAIN, Question, decode_question, encode_answer};

/// Time to live of the lab's records unless a case says otherwise, in seconds.
pub const DEFAULT_TTL: u32 = 300;

/// How a resolver treats its clients.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Manner {
    /// Answers from its table.
    #[default]
    Answers,
    /// Receives and says nothing.
    Silent,
    /// Answers every question about the example names with this code, others from the table.
    Fails(u8),
    /// Over UDP only the TC bit; the answer itself over TCP.
    Truncates,
    /// Sends the first half of every answer: a damaged message.
    Damages,
}

/// What a resolver knows and how it behaves.
#[derive(Debug, Clone, Default)]
pub struct Table {
    names: BTreeMap<String, Vec<(IpAddr, u32)>>,
    /// How it treats its clients.
    pub manner: Manner,
    /// How long it thinks before it answers.
    pub delay: Duration,
    /// An address it invents for every name it does not know.
    pub invents: Option<IpAddr>,
}

/// A table shared between a case and its running server.
#[derive(Debug, Clone, Default)]
pub struct Zone(Arc<RwLock<Table>>);

impl Zone {
    /// The table for changes.
    pub fn table(&self) -> RwLockWriteGuard<'_, Table> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces everything known about `name` by these addresses; none means "exists without an address".
    pub fn set(&self, name: &str, addresses: &[&str]) {
        let records = addresses.iter().filter_map(|text| text.parse().ok()).map(|address| (address, DEFAULT_TTL));
        self.table().names.insert(name.to_owned(), records.collect());
    }

    /// Forgets `name`: it does not exist.
    pub fn remove(&self, name: &str) {
        self.table().names.remove(name);
    }

    /// The addresses of `name`, in order.
    pub fn addresses(&self, name: &str) -> Vec<IpAddr> {
        let table = self.0.read().unwrap_or_else(PoisonError::into_inner);
        table.names.get(name).map(|records| records.iter().map(|record| record.0).collect()).unwrap_or_default()
    }

    fn reply(&self, question: &Question) -> (Answer, Manner, Duration) {
        let table = self.0.read().unwrap_or_else(PoisonError::into_inner);
        (table.answer(question), table.manner, table.delay)
    }
}

impl Table {
    fn answer(&self, question: &Question) -> Answer {
        if let (Manner::Fails(code), true) = (self.manner, question.name.ends_with("api.example.test")) {
            return Answer { code, ..Answer::default() };
        }
        let matches = |address: &IpAddr| match question.kind {
            A => address.is_ipv4(),
            AAAA => address.is_ipv6(),
            _ => false,
        };
        match (self.names.get(&question.name), self.invents) {
            (Some(records), _) => {
                let addresses = records.iter().filter(|record| matches(&record.0)).copied().collect();
                Answer { code: NO_ERROR, truncated: false, addresses }
            }
            (None, Some(invented)) => {
                let addresses = if matches(&invented) { vec![(invented, DEFAULT_TTL)] } else { Vec::new() };
                Answer { code: NO_ERROR, truncated: false, addresses }
            }
            (None, None) => Answer { code: NXDOMAIN, ..Answer::default() },
        }
    }
}

/// Answers over UDP until the runtime ends.
pub async fn serve_udp(socket: UdpSocket, zone: Zone) {
    let socket = Arc::new(socket);
    let mut buffer = [0_u8; 2048];
    loop {
        let Ok((length, client)) = socket.recv_from(&mut buffer).await else { continue };
        let Ok(question) = decode_question(&buffer[..length]) else { continue };
        let (socket, zone) = (Arc::clone(&socket), zone.clone());
        // A slow answer to one question must not hold up the next.
        tokio::spawn(async move {
            if let Some(message) = reply(&zone, &question, true).await {
                let _ = socket.send_to(&message, client).await;
            }
        });
    }
}

/// Answers over TCP until the runtime ends (RFC 7766).
pub async fn serve_tcp(listener: TcpListener, zone: Zone) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(converse(stream, zone.clone()));
    }
}

async fn converse(mut stream: TcpStream, zone: Zone) -> std::io::Result<()> {
    loop {
        let length = stream.read_u16().await?;
        let mut message = vec![0; usize::from(length)];
        stream.read_exact(&mut message).await?;
        let Ok(question) = decode_question(&message) else { return Ok(()) };
        if let Some(answer) = reply(&zone, &question, false).await {
            stream.write_u16(u16::try_from(answer.len()).unwrap_or(u16::MAX)).await?;
            stream.write_all(&answer).await?;
        }
    }
}

async fn reply(zone: &Zone, question: &Question, datagram: bool) -> Option<Vec<u8>> {
    let (answer, manner, delay) = zone.reply(question);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    match manner {
        Manner::Silent => None,
        Manner::Truncates if datagram => {
            let cut = Answer { code: NO_ERROR, truncated: true, addresses: Vec::new() };
            Some(encode_answer(question, &cut))
        }
        Manner::Damages => {
            let mut message = encode_answer(question, &answer);
            message.truncate(message.len() / 2);
            Some(message)
        }
        Manner::Answers | Manner::Fails(_) | Manner::Truncates => Some(encode_answer(question, &answer)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::dns_message::{REFUSED, SERVFAIL};
    use super::*;

    fn ask(zone: &Zone, name: &str, kind: u16) -> Answer {
        zone.reply(&Question { id: 1, name: name.into(), kind, edns: false }).0
    }

    fn zone() -> Zone {
        let zone = Zone::default();
        zone.set("api.example.test", &["203.0.113.10", "2001:db8:5::10"]);
        zone.set("empty.example.test", &[]);
        zone
    }

    #[test]
    fn answers_by_family() {
        assert_eq!(ask(&zone(), "api.example.test", A).addresses.len(), 1);
        assert!(ask(&zone(), "api.example.test", AAAA).addresses[0].0.is_ipv6());
    }

    #[test]
    fn tells_no_data_from_no_name() {
        assert_eq!(ask(&zone(), "empty.example.test", A), Answer::default());
        assert_eq!(ask(&zone(), "missing.example.test", A).code, NXDOMAIN);
    }

    #[test]
    fn fails_only_for_the_target() {
        let zone = zone();
        for code in [SERVFAIL, REFUSED] {
            zone.table().manner = Manner::Fails(code);
            assert_eq!(ask(&zone, "api.example.test", A).code, code);
            assert_eq!(ask(&zone, "missing.example.test", A).code, NXDOMAIN);
        }
    }

    #[test]
    fn invents_an_address_for_unknown_names_only() {
        let zone = zone();
        zone.table().invents = "198.51.100.98".parse().ok();
        assert_eq!(ask(&zone, "random.invalid", A).addresses.len(), 1);
        assert_eq!(ask(&zone, "api.example.test", A).addresses[0].0, IpAddr::from([203, 0, 113, 10]));
    }
}
