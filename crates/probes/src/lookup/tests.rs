use std::net::IpAddr;

use hickory_resolver::proto::op::{Message, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::A;
use hickory_resolver::proto::rr::{RData, Record as Resource};
use tokio::net::TcpListener;

use super::*;

const PATIENCE: Duration = Duration::from_millis(300);

/// Answers every datagram with what `answer` makes of it, as often as it says.
async fn server(answer: impl Fn(Message) -> Vec<Vec<u8>> + Send + 'static) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut buffer = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            for bytes in answer(Message::from_vec(&buffer[..length]).unwrap()) {
                socket.send_to(&bytes, from).await.unwrap();
            }
        }
    });
    address
}

/// A good answer to `query` with one address.
fn reply(query: &Message) -> Message {
    let mut message = Message::response(query.metadata.id, OpCode::Query);
    let name = query.queries[0].name().clone();
    message.add_query(query.queries[0].clone());
    message.add_answer(Resource::from_rdata(name, 30, RData::A(A::new(192, 0, 2, 5))));
    message
}

async fn look_up(server: SocketAddr) -> Lookup {
    ask(server, &Question::new("www.example.test", Record::A).unwrap(), PATIENCE).await
}

fn expected() -> Vec<IpAddr> {
    vec![IpAddr::from([192, 0, 2, 5])]
}

#[tokio::test]
async fn an_answer_is_read_and_timed() {
    let seen = look_up(server(|query| vec![reply(&query).to_vec().unwrap()]).await).await;
    assert_eq!((seen.end, seen.rcode.as_deref(), seen.sent), (LookupEnd::Answered, Some("NOERROR"), 1));
    assert_eq!((seen.addresses, seen.transport.as_str()), (expected(), "udp"));
    assert!(seen.answer_ms.unwrap() < 300.0);
}

#[tokio::test]
async fn a_closed_port_is_refused() {
    let closed = UdpSocket::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let LookupEnd::Failed { error } = look_up(closed).await.end else { panic!() };
    assert_eq!(error.symbol, "ECONNREFUSED");
}

#[tokio::test]
async fn silence_is_no_answer_after_two_datagrams() {
    let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let seen = look_up(silent.local_addr().unwrap()).await;
    assert_eq!((seen.end, seen.sent, seen.answer_ms), (LookupEnd::NoAnswer, 2, None));
}

#[tokio::test]
async fn a_server_that_swallows_edns_is_asked_without() {
    let only_plain = |query: Message| match query.edns {
        Some(_) => Vec::new(),
        None => vec![reply(&query).to_vec().unwrap()],
    };
    let seen = look_up(server(only_plain).await).await;
    assert_eq!((seen.end, seen.sent, seen.addresses), (LookupEnd::Answered, 2, expected()));
}

#[tokio::test]
async fn a_server_that_refuses_edns_is_asked_without() {
    let only_plain = |query: Message| match query.edns {
        Some(_) => vec![Message::error_msg(query.metadata.id, OpCode::Query, ResponseCode::FormErr).to_vec().unwrap()],
        None => vec![reply(&query).to_vec().unwrap()],
    };
    let seen = look_up(server(only_plain).await).await;
    assert_eq!((seen.rcode.as_deref(), seen.addresses), (Some("NOERROR"), expected()));
}

#[tokio::test]
async fn forged_answers_are_passed_over() {
    let forging = |query: Message| {
        let mut wrong_id = reply(&query);
        wrong_id.metadata.id = query.metadata.id.wrapping_add(1);
        let mut wrong_question = reply(&query);
        wrong_question.queries[0].set_name("evil.example.test.".parse().unwrap());
        [wrong_id, wrong_question, reply(&query)].map(|message| message.to_vec().unwrap()).into()
    };
    let seen = look_up(server(forging).await).await;
    assert_eq!((seen.end, seen.addresses), (LookupEnd::Answered, expected()));
}

#[tokio::test]
async fn only_forged_answers_are_told() {
    let forging = |query: Message| {
        let mut wrong_id = reply(&query);
        wrong_id.metadata.id = !query.metadata.id;
        vec![wrong_id.to_vec().unwrap()]
    };
    let LookupEnd::Malformed { detail } = look_up(server(forging).await).await.end else { panic!() };
    assert!(detail.contains("id of another query"), "{detail}");
}

#[tokio::test]
async fn garbage_is_malformed() {
    let seen = look_up(server(|query| vec![[&query.metadata.id.to_be_bytes()[..], &[0xff; 40]].concat()]).await).await;
    assert!(matches!(seen.end, LookupEnd::Malformed { .. }), "{:?}", seen.end);
}

#[tokio::test]
async fn a_failing_server_has_answered() {
    let failing = |query: Message| {
        vec![Message::error_msg(query.metadata.id, OpCode::Query, ResponseCode::ServFail).to_vec().unwrap()]
    };
    let seen = look_up(server(failing).await).await;
    assert_eq!((seen.end, seen.rcode.as_deref(), seen.sent), (LookupEnd::Answered, Some("SERVFAIL"), 1));
}

/// UDP and TCP on one port: a truncated answer there, `over_tcp` makes the one here.
async fn truncating(over_tcp: impl Fn(Message) -> Vec<u8> + Send + 'static) -> SocketAddr {
    let udp = server(|query| {
        let mut cut = reply(&query);
        cut.answers.clear();
        cut.metadata.truncation = true;
        vec![cut.to_vec().unwrap()]
    })
    .await;
    let listener = TcpListener::bind(udp).await.unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let length = stream.read_u16().await.unwrap();
            let mut query = vec![0; usize::from(length)];
            stream.read_exact(&mut query).await.unwrap();
            stream.write_all(&over_tcp(Message::from_vec(&query).unwrap())).await.unwrap();
        }
    });
    udp
}

#[tokio::test]
async fn a_truncated_answer_is_fetched_over_tcp() {
    let framed = |query: Message| {
        let bytes = reply(&query).to_vec().unwrap();
        [&u16::try_from(bytes.len()).unwrap().to_be_bytes()[..], &bytes].concat()
    };
    let seen = look_up(truncating(framed).await).await;
    assert_eq!((seen.transport.as_str(), seen.tcp), ("tcp", Some(LookupEnd::Answered)));
    assert_eq!(seen.addresses, expected());
}

#[tokio::test]
async fn a_truncated_answer_without_tcp_keeps_both_ends() {
    let udp = server(|query| {
        let mut cut = reply(&query);
        cut.metadata.truncation = true;
        vec![cut.to_vec().unwrap()]
    })
    .await;
    let seen = look_up(udp).await;
    assert_eq!((seen.end, seen.transport.as_str()), (LookupEnd::Answered, "udp"));
    assert!(seen.flags.contains(&"tc".to_owned()));
    let Some(LookupEnd::Failed { error }) = seen.tcp else { panic!("{:?}", seen.tcp) };
    assert_eq!(error.symbol, "ECONNREFUSED");
}

#[tokio::test]
async fn half_an_answer_over_tcp_is_malformed() {
    let seen = look_up(truncating(|_| vec![0, 40, 1, 2, 3]).await).await;
    assert!(matches!(seen.tcp, Some(LookupEnd::Malformed { .. })), "{:?}", seen.tcp);
}

#[tokio::test]
async fn what_is_no_name_is_not_asked_for() {
    let ctx = Context::new(PATIENCE);
    let seen = run(&ctx, "127.0.0.1:9".parse().unwrap(), "a..b", Record::A).await;
    assert_eq!(seen.reason().unwrap().code, ReasonCode::Malformed);
}
