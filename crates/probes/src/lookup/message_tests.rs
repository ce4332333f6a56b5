use std::net::{Ipv4Addr, Ipv6Addr};

use hickory_resolver::proto::op::{OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::opt::{EdnsCode, OPT};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CNAME, SOA};
use netmend_model::Record as Wanted;
use proptest::prelude::*;

use super::*;

const ID: u16 = 0x1234;

fn question() -> Question {
    Question::new("www.example.test", Wanted::A).unwrap()
}

fn fqdn(name: &str) -> Name {
    let mut name = Name::from_ascii(name).unwrap();
    name.set_fqdn(true);
    name
}

/// An answer to [`question`] with the answer section given.
fn reply(answers: Vec<Record>) -> Message {
    let mut message = Message::response(ID, OpCode::Query);
    message.add_query(Query::query(fqdn("www.example.test"), RecordType::A));
    message.insert_answers(answers);
    message
}

fn a(owner: &str, last: u8) -> Record {
    Record::from_rdata(fqdn(owner), 60, RData::A(A(Ipv4Addr::new(192, 0, 2, last))))
}

fn cname(owner: &str, target: &str) -> Record {
    Record::from_rdata(fqdn(owner), 60, RData::CNAME(CNAME(fqdn(target))))
}

fn answer(message: &Message) -> Answer {
    match decode(&message.to_vec().unwrap(), &[ID], &question()) {
        Decoded::Answer(answer) => *answer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_encoded_query_asks_what_was_meant() {
    let (id, bytes) = question().encode(true).unwrap();
    let message = Message::from_vec(&bytes).unwrap();
    assert_eq!(message.metadata.id, id);
    assert!(message.metadata.recursion_desired && question().matches(&message.queries[0]));
    assert_eq!(message.edns.unwrap().max_payload(), 1232);
    assert!(Message::from_vec(&question().encode(false).unwrap().1).unwrap().edns.is_none());
}

#[test]
fn what_is_no_name_is_refused() {
    assert!(Question::new(&"a".repeat(64), Wanted::A).is_err());
    assert!(Question::new("a..b", Wanted::A).is_err());
}

#[test]
fn aliases_are_followed_in_order() {
    let seen = answer(&reply(vec![
        cname("www.example.test", "a.example.test"),
        cname("a.example.test", "b.example.test"),
        a("b.example.test", 7),
        a("b.example.test", 8),
    ]));
    assert_eq!(seen.addresses, [IpAddr::from([192, 0, 2, 7]), IpAddr::from([192, 0, 2, 8])]);
    assert_eq!(seen.records[0].record, "CNAME");
    assert_eq!((seen.records[3].name.as_str(), seen.records[3].ttl_s), ("b.example.test", 60));
    assert_eq!(seen.records[3].data, "192.0.2.8");
}

#[test]
fn addresses_of_other_names_do_not_count() {
    let mut message = reply(vec![a("evil.example.test", 66)]);
    message.add_additional(a("www.example.test", 67));
    assert!(answer(&message).addresses.is_empty());
}

#[test]
fn a_loop_of_aliases_ends() {
    let records = vec![cname("www.example.test", "a.example.test"), cname("a.example.test", "www.example.test")];
    assert!(answer(&reply(records)).addresses.is_empty());
}

#[test]
fn names_are_compared_without_case() {
    assert_eq!(answer(&reply(vec![a("WWW.Example.TEST", 1)])).addresses.len(), 1);
}

#[test]
fn v6_addresses_are_read() {
    let record = Record::from_rdata(fqdn("www.example.test"), 1, RData::AAAA(AAAA(Ipv6Addr::LOCALHOST)));
    assert_eq!(answer(&reply(vec![record])).addresses, [IpAddr::from(Ipv6Addr::LOCALHOST)]);
}

#[test]
fn a_denial_names_its_zone_and_its_reason() {
    let mut message = reply(Vec::new());
    message.metadata.response_code = ResponseCode::NXDomain;
    message.metadata.recursion_available = true;
    let soa = SOA::new(fqdn("ns.example.test"), fqdn("root.example.test"), 1, 2, 3, 4, 5);
    message.add_authority(Record::from_rdata(fqdn("example.test"), 5, RData::SOA(soa)));
    let reason = [&15u16.to_be_bytes()[..], b"blocked\x1b[31m"].concat();
    let mut edns = Edns::new();
    *edns.options_mut() = OPT::new(vec![(EdnsCode::from(15), EdnsOption::Unknown(15, reason))]);
    message.set_edns(edns);
    let seen = answer(&message);
    assert_eq!((rcode_name(seen.rcode).as_str(), seen.soa.as_deref()), ("NXDOMAIN", Some("example.test")));
    assert_eq!(seen.extended_errors, [(15, "blocked\u{fffd}[31m".to_owned())]);
    assert_eq!(seen.flags, ["ra"]);
}

#[test]
fn what_is_not_ours_is_foreign() {
    let bytes = reply(vec![a("www.example.test", 1)]).to_vec().unwrap();
    assert!(matches!(decode(&bytes, &[ID + 1], &question()), Decoded::Foreign(_)), "another id");
    let other = Question::new("other.example.test", Wanted::A).unwrap();
    assert!(matches!(decode(&bytes, &[ID], &other), Decoded::Foreign(_)), "another question");
    let (id, echoed) = question().encode(true).unwrap();
    assert!(matches!(decode(&echoed, &[id], &question()), Decoded::Foreign(_)), "our own query");
    assert!(matches!(decode(b"", &[ID], &question()), Decoded::Foreign(_)), "nothing");
}

#[test]
fn a_server_that_does_not_understand_may_leave_the_question_out() {
    let mut message = Message::response(ID, OpCode::Query);
    message.metadata.response_code = ResponseCode::FormErr;
    assert_eq!(answer(&message).rcode, 1);
    message.metadata.response_code = ResponseCode::NoError;
    let seen = decode(&message.to_vec().unwrap(), &[ID], &question());
    assert!(matches!(seen, Decoded::Malformed(_)), "{seen:?}");
}

#[test]
fn a_message_cut_off_is_malformed_unless_it_says_so() {
    let mut message = reply(vec![a("www.example.test", 1)]);
    let whole = message.to_vec().unwrap();
    let seen = decode(&whole[..whole.len() - 2], &[ID], &question());
    assert!(matches!(seen, Decoded::Malformed(_)), "{seen:?}");
    message.metadata.truncation = true;
    let whole = message.to_vec().unwrap();
    let Decoded::Answer(seen) = decode(&whole[..whole.len() - 2], &[ID], &question()) else { panic!() };
    assert!(seen.truncated && seen.records.is_empty());
}

#[test]
fn thousands_of_records_are_cut() {
    let seen = answer(&reply((0..3000).map(|n| a("www.example.test", u8::try_from(n % 250).unwrap())).collect()));
    assert_eq!(seen.records.len(), 64);
    assert_eq!(seen.addresses.len(), 64);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let ids: Vec<u16> = id(&bytes).into_iter().collect();
        let _ = decode(&bytes, &ids, &question());
    }

    #[test]
    fn a_damaged_answer_never_panics(at in 2usize..200, byte in any::<u8>(), cut in 12usize..200) {
        let records = vec![cname("www.example.test", "a.example.test"), a("a.example.test", 1)];
        let mut bytes = reply(records).to_vec().unwrap();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(cut);
        let _ = decode(&bytes, &[ID], &question());
    }
}
