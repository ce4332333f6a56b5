//! DNS messages, made and read. Pure: bytes in, values out; no bytes make it panic.

use std::net::IpAddr;

use hickory_resolver::proto::op::{DEFAULT_MAX_PAYLOAD_LEN, Edns, Message, MessageType, Metadata, Query};
use hickory_resolver::proto::rr::rdata::opt::EdnsOption;
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use netmend_model::net::DnsRecord;

use crate::text;

/// Records kept of an answer; a message of 64 KiB can hold thousands.
const MOST_RECORDS: usize = 64;
/// Bytes kept of a record's data.
const MOST_DATA: usize = 512;
/// Aliases followed: more are a loop or an abuse.
const MOST_ALIASES: usize = 16;
/// Length of the header (RFC 1035, 4.1.1).
const HEADER: usize = 12;
/// Option code of extended DNS errors (RFC 8914, 2).
const EXTENDED_ERROR: u16 = 15;

/// What is asked.
pub(super) struct Question {
    name: Name,
    record: RecordType,
}

/// What a message turned out to be.
#[derive(Debug)]
pub(super) enum Decoded {
    /// An answer to the question.
    Answer(Box<Answer>),
    /// Not an answer to the question: somebody else's, or forged. The wait goes on (RFC 5452, 9.1).
    Foreign(String),
    /// The server's, and not to be understood.
    Malformed(String),
}

/// What an answer says.
#[derive(Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) rcode: u16,
    pub(super) flags: Vec<String>,
    pub(super) truncated: bool,
    pub(super) records: Vec<DnsRecord>,
    pub(super) addresses: Vec<IpAddr>,
    pub(super) soa: Option<String>,
    pub(super) extended_errors: Vec<(u16, String)>,
}

impl Question {
    /// The question for `name`, which is always absolute, in class IN.
    pub(super) fn new(name: &str, record: netmend_model::Record) -> Result<Self, String> {
        let mut name = Name::from_ascii(name).map_err(|error| format!("{name:?} is not a domain name: {error}"))?;
        name.set_fqdn(true);
        let record = match record {
            netmend_model::Record::A => RecordType::A,
            netmend_model::Record::Aaaa => RecordType::AAAA,
        };
        Ok(Self { name, record })
    }

    /// A query with a random id; the id and the bytes. `edns` adds an OPT record (RFC 6891) that allows 1232 bytes.
    pub(super) fn encode(&self, edns: bool) -> Result<(u16, Vec<u8>), String> {
        let mut message = Message::query();
        message.metadata.recursion_desired = true;
        message.add_query(Query::query(self.name.clone(), self.record));
        if edns {
            let mut opt = Edns::new();
            opt.set_max_payload(DEFAULT_MAX_PAYLOAD_LEN);
            message.set_edns(opt);
        }
        let bytes = message.to_vec().map_err(|error| error.to_string())?;
        Ok((message.metadata.id, bytes))
    }

    fn matches(&self, query: &Query) -> bool {
        query.name() == &self.name && query.query_type() == self.record
    }
}

/// The id of a message, if it is long enough to have one.
pub(super) fn id(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]))
}

/// Reads a message that came in answer to `question`, sent with one of `ids`.
pub(super) fn decode(bytes: &[u8], ids: &[u16], question: &Question) -> Decoded {
    match id(bytes) {
        None => return Decoded::Foreign(format!("{} bytes are no DNS message", bytes.len())),
        Some(id) if !ids.contains(&id) => return Decoded::Foreign("the message has the id of another query".into()),
        Some(_) if bytes.len() < HEADER => return Decoded::Malformed(format!("{} bytes are no header", bytes.len())),
        Some(_) => {}
    }
    match Message::from_vec(bytes) {
        Ok(message) => judge(&message, question),
        // Some servers cut a long answer in the middle of a record; TC still says what to do.
        Err(error) => match Message::from_vec(&without_records(bytes)) {
            Ok(message) if message.metadata.truncation => judge(&message, question),
            _ => Decoded::Malformed(text::line(error.to_string().as_bytes(), MOST_DATA)),
        },
    }
}

fn judge(message: &Message, question: &Question) -> Decoded {
    let answer = read(message, question);
    match message.queries.as_slice() {
        _ if message.metadata.message_type != MessageType::Response => {
            Decoded::Foreign("the message is a query, not an answer".into())
        }
        [query] if question.matches(query) => Decoded::Answer(Box::new(answer)),
        // A server that did not understand the query may leave the question out (RFC 1035, 4.1.1: FORMERR).
        [] if answer.rcode != 0 => Decoded::Answer(Box::new(answer)),
        [] => Decoded::Malformed("the answer repeats no question".into()),
        [query, ..] => {
            let other = query.name().to_string();
            Decoded::Foreign(format!("the answer is to another question: {}", text::line(other.as_bytes(), MOST_DATA)))
        }
    }
}

/// A message whose header counts a question and nothing else (RFC 1035, 4.1.1: ANCOUNT, NSCOUNT, ARCOUNT).
fn without_records(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[6..HEADER].fill(0);
    bytes
}

fn read(message: &Message, question: &Question) -> Answer {
    Answer {
        rcode: message.metadata.response_code.into(),
        flags: flags(&message.metadata),
        truncated: message.metadata.truncation,
        records: message.answers.iter().take(MOST_RECORDS).map(shown).collect(),
        addresses: addresses(&message.answers, question),
        soa: message.authorities.iter().find(|r| r.record_type() == RecordType::SOA).map(|r| name(&r.name)),
        extended_errors: message.edns.as_ref().map(extended_errors).unwrap_or_default(),
    }
}

fn flags(head: &Metadata) -> Vec<String> {
    let all = [
        ("aa", head.authoritative),
        ("tc", head.truncation),
        ("rd", head.recursion_desired),
        ("ra", head.recursion_available),
        ("ad", head.authentic_data),
        ("cd", head.checking_disabled),
    ];
    all.into_iter().filter(|(_, set)| *set).map(|(flag, _)| flag.to_owned()).collect()
}

fn shown(record: &Record) -> DnsRecord {
    DnsRecord {
        name: name(&record.name),
        record: record.record_type().to_string(),
        ttl_s: record.ttl,
        data: text::line(record.data.to_string().as_bytes(), MOST_DATA),
    }
}

/// A name as it is written, without the dot at its end.
fn name(name: &Name) -> String {
    let written = name.to_ascii();
    let bare = written.strip_suffix('.').filter(|bare| !bare.is_empty()).unwrap_or(&written);
    text::line(bare.as_bytes(), MOST_DATA)
}

/// The addresses that the answer section gives for the name asked for, aliases (CNAME) followed there and nowhere else.
fn addresses(answers: &[Record], question: &Question) -> Vec<IpAddr> {
    let mut owner = &question.name;
    for _ in 0..MOST_ALIASES {
        let of_owner = answers.iter().filter(|record| &record.name == owner);
        let found: Vec<_> = of_owner.clone().filter_map(address).take(MOST_RECORDS).collect();
        if !found.is_empty() {
            return found;
        }
        match of_owner.clone().find_map(alias) {
            Some(next) => owner = next,
            None => break,
        }
    }
    Vec::new()
}

fn address(record: &Record) -> Option<IpAddr> {
    match record.data {
        RData::A(a) => Some(a.0.into()),
        RData::AAAA(aaaa) => Some(aaaa.0.into()),
        _ => None,
    }
}

fn alias(record: &Record) -> Option<&Name> {
    match &record.data {
        RData::CNAME(target) => Some(&target.0),
        _ => None,
    }
}

fn extended_errors(edns: &Edns) -> Vec<(u16, String)> {
    let options = edns.options().as_ref().iter();
    options.filter_map(|(_, option)| extended_error(option)).take(8).collect()
}

/// INFO-CODE and EXTRA-TEXT (RFC 8914, 2).
fn extended_error(option: &EdnsOption) -> Option<(u16, String)> {
    match option {
        EdnsOption::Unknown(EXTENDED_ERROR, data) => Some((id(data)?, text::line(&data[2..], MOST_DATA))),
        _ => None,
    }
}

/// The name of a response code in the registry of IANA.
pub(super) fn rcode_name(code: u16) -> String {
    match code {
        0 => "NOERROR".into(),
        1 => "FORMERR".into(),
        2 => "SERVFAIL".into(),
        3 => "NXDOMAIN".into(),
        4 => "NOTIMP".into(),
        5 => "REFUSED".into(),
        6 => "YXDOMAIN".into(),
        7 => "YXRRSET".into(),
        8 => "NXRRSET".into(),
        9 => "NOTAUTH".into(),
        10 => "NOTZONE".into(),
        16 => "BADVERS".into(),
        23 => "BADCOOKIE".into(),
        other => format!("RCODE{other}"),
    }
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
