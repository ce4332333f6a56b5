//! Just enough of the DNS wire format (RFC 1035, EDNS RFC 6891) to ask and to answer.

use std::net::IpAddr;

use anyhow::{Context, Result, bail};

/// Record types used in the lab.
pub const A: u16 = 1;
/// Start of authority: says for how long a negative answer holds (RFC 2308).
pub const SOA: u16 = 6;
/// IPv6 address.
pub const AAAA: u16 = 28;
const OPT: u16 = 41;
const CLASS_IN: u16 = 1;

/// Response codes.
pub const NO_ERROR: u8 = 0;
/// The server failed.
pub const SERVFAIL: u8 = 2;
/// The name does not exist.
pub const NXDOMAIN: u8 = 3;
/// The server does not want to answer this client or name.
pub const REFUSED: u8 = 5;

/// A question as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Chosen by the client, echoed by the server.
    pub id: u16,
    /// Lower case, without the final dot.
    pub name: String,
    /// Record type.
    pub kind: u16,
    /// The client speaks EDNS.
    pub edns: bool,
}

/// An answer as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Response code.
    pub code: u8,
    /// The TC bit: "ask again over TCP".
    pub truncated: bool,
    /// Addresses of the name with their time to live in seconds.
    pub addresses: Vec<(IpAddr, u32)>,
}

/// Encodes a question for one type, recursion desired.
pub fn encode_question(question: &Question) -> Vec<u8> {
    let mut message = Vec::with_capacity(64);
    put16(&mut message, question.id);
    for word in [0x0100, 1, 0, 0, u16::from(question.edns)] {
        put16(&mut message, word);
    }
    put_name(&mut message, &question.name);
    put16(&mut message, question.kind);
    put16(&mut message, CLASS_IN);
    if question.edns {
        put_opt(&mut message);
    }
    message
}

/// Decodes a question; anything but one well-formed question is refused.
pub fn decode_question(message: &[u8]) -> Result<Question> {
    if get16(message, 4)? != 1 || message[2] & 0x80 != 0 {
        bail!("not a message with one question");
    }
    let (name, after) = get_name(message, 12)?;
    Ok(Question { id: get16(message, 0)?, name, kind: get16(message, after)?, edns: get16(message, 10)? > 0 })
}

/// Encodes the answer to a question.
pub fn encode_answer(question: &Question, answer: &Answer) -> Vec<u8> {
    let mut message = Vec::with_capacity(128);
    let negative = answer.addresses.is_empty() && matches!(answer.code, NO_ERROR | NXDOMAIN) && !answer.truncated;
    let flags = 0x8180 | (u16::from(answer.truncated) << 9) | u16::from(answer.code);
    put16(&mut message, question.id);
    let counted = u16::try_from(answer.addresses.len()).unwrap_or(u16::MAX);
    for word in [flags, 1, counted, u16::from(negative), u16::from(question.edns)] {
        put16(&mut message, word);
    }
    put_name(&mut message, &question.name);
    put16(&mut message, question.kind);
    put16(&mut message, CLASS_IN);
    for &(address, ttl) in &answer.addresses {
        put_address(&mut message, address, ttl);
    }
    if negative {
        put_soa(&mut message);
    }
    if question.edns {
        put_opt(&mut message);
    }
    message
}

/// Decodes the parts of an answer that a proof needs. Only addresses are read from the answer section.
pub fn decode_answer(message: &[u8]) -> Result<Answer> {
    let flags = get16(message, 2)?;
    let mut at = 12;
    for _ in 0..get16(message, 4)? {
        at = get_name(message, at)?.1 + 4;
    }
    let mut addresses = Vec::new();
    for _ in 0..get16(message, 6)? {
        let (_, fields) = get_name(message, at)?;
        let (kind, length) = (get16(message, fields)?, usize::from(get16(message, fields + 8)?));
        let ttl = u32::from(get16(message, fields + 4)?) << 16 | u32::from(get16(message, fields + 6)?);
        let data = message.get(fields + 10..fields + 10 + length).context("record beyond the end")?;
        match (kind, <[u8; 4]>::try_from(data), <[u8; 16]>::try_from(data)) {
            (A, Ok(octets), _) => addresses.push((IpAddr::from(octets), ttl)),
            (AAAA, _, Ok(octets)) => addresses.push((IpAddr::from(octets), ttl)),
            _ => {}
        }
        at = fields + 10 + length;
    }
    Ok(Answer { code: (flags & 0xf) as u8, truncated: flags & 0x0200 != 0, addresses })
}

fn put_address(message: &mut Vec<u8>, address: IpAddr, ttl: u32) {
    let (kind, data) = match address {
        IpAddr::V4(v4) => (A, v4.octets().to_vec()),
        IpAddr::V6(v6) => (AAAA, v6.octets().to_vec()),
    };
    put16(message, 0xc00c); // the name of the question
    put_record(message, kind, ttl, &data);
}

fn put_soa(message: &mut Vec<u8>) {
    put_name(message, "test");
    let mut data = Vec::new();
    put_name(&mut data, "ns.test");
    put_name(&mut data, "hostmaster.test");
    for seconds in [1_u32, 3600, 600, 86400, 60] {
        data.extend(seconds.to_be_bytes());
    }
    put_record(message, SOA, 60, &data);
}

fn put_record(message: &mut Vec<u8>, kind: u16, ttl: u32, data: &[u8]) {
    put16(message, kind);
    put16(message, CLASS_IN);
    message.extend(ttl.to_be_bytes());
    put16(message, u16::try_from(data.len()).unwrap_or(0));
    message.extend(data);
}

/// The EDNS pseudo record: root name, 1232 bytes accepted, version 0, no options.
fn put_opt(message: &mut Vec<u8>) {
    message.push(0);
    put16(message, OPT);
    put16(message, 1232);
    message.extend([0; 6]);
}

fn put16(message: &mut Vec<u8>, word: u16) {
    message.extend(word.to_be_bytes());
}

fn put_name(message: &mut Vec<u8>, name: &str) {
    for label in name.split('.').filter(|label| !label.is_empty()) {
        let label = &label.as_bytes()[..label.len().min(63)];
        message.push(u8::try_from(label.len()).unwrap_or(63));
        message.extend(label);
    }
    message.push(0);
}

fn get16(message: &[u8], at: usize) -> Result<u16> {
    let pair = message.get(at..at + 2).context("message too short")?;
    Ok(u16::from_be_bytes([pair[0], pair[1]]))
}

/// Reads a name; returns it and the place after it. A compressed rest is not followed: no proof needs it.
fn get_name(message: &[u8], mut at: usize) -> Result<(String, usize)> {
    let mut labels = Vec::new();
    loop {
        let length = usize::from(*message.get(at).context("name beyond the end")?);
        match length {
            0 => return Ok((labels.join("."), at + 1)),
            64.. => return Ok((labels.join("."), at + 2)),
            _ => {
                let label = message.get(at + 1..at + 1 + length).context("label beyond the end")?;
                labels.push(String::from_utf8_lossy(label).to_ascii_lowercase());
                at += 1 + length;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Question {
        Question { id: 7, name: "api.example.test".into(), kind: A, edns: true }
    }

    #[test]
    fn a_question_survives_the_wire() {
        assert_eq!(decode_question(&encode_question(&question())).unwrap(), question());
    }

    #[test]
    fn an_answer_survives_the_wire() {
        let addresses = vec![("203.0.113.10".parse().unwrap(), 300), ("2001:db8::1".parse().unwrap(), 0x0001_0002)];
        let answer = Answer { code: NO_ERROR, truncated: false, addresses };
        assert_eq!(decode_answer(&encode_answer(&question(), &answer)).unwrap(), answer);
    }

    #[test]
    fn a_negative_answer_carries_the_authority() {
        let message = encode_answer(&question(), &Answer { code: NXDOMAIN, ..Answer::default() });
        assert_eq!(get16(&message, 8).unwrap(), 1);
        assert_eq!(decode_answer(&message).unwrap().code, NXDOMAIN);
    }

    #[test]
    fn cut_messages_are_errors_not_panics() {
        let answer = Answer { addresses: vec![("203.0.113.10".parse().unwrap(), 300)], ..Answer::default() };
        let plain = Question { edns: false, ..question() };
        let message = encode_answer(&plain, &answer);
        let records_end = message.len();
        for length in 0..records_end {
            assert!(decode_answer(&message[..length]).is_err(), "cut at {length}");
            let _ = decode_question(&message[..length]);
        }
    }
}
