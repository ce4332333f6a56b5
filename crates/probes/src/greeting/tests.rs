use super::*;
use crate::testing::{
    answering, closed_port, context, dripping, hurried, read_some, resetting, server, silent, swallow,
};

async fn greet(ctx: &Context, to: SocketAddr, expect: Protocol) -> Greeting {
    run(ctx, to, expect).await.data().unwrap().clone()
}

/// A server that greets at once with `bytes` and stays.
async fn greeting(bytes: &'static [u8]) -> SocketAddr {
    server(move |mut stream| async move {
        stream.write_all(bytes).await.unwrap();
        swallow(stream).await;
    })
    .await
}

#[tokio::test]
async fn a_greeting_is_read_and_recognised() {
    let seen = greet(&context(), greeting(b"SSH-2.0-test\r\n").await, Protocol::Ssh).await;
    assert_eq!((seen.end, seen.looks_like.as_deref()), (ExchangeEnd::Answered, Some("ssh")));
    assert_eq!((seen.received.as_str(), seen.sent.as_str()), ("SSH-2.0-test\\x0d\\x0a", "nothing"));
    assert!(seen.connect_ms.is_some() && seen.first_byte_ms.is_some() && seen.tcp_info.is_some());
}

#[tokio::test]
async fn another_service_is_recognised() {
    let seen = greet(&context(), greeting(b"220 mail.example.test ESMTP\r\n").await, Protocol::Ssh).await;
    assert_eq!(seen.looks_like.as_deref(), Some("smtp"));
}

#[tokio::test]
async fn a_client_that_speaks_first_does() {
    let postgres = server(|mut stream| async move {
        assert_eq!(read_some(&mut stream).await, opening::POSTGRES.bytes);
        stream.write_all(b"S").await.unwrap();
        swallow(stream).await;
    })
    .await;
    let seen = greet(&context(), postgres, Protocol::Postgres).await;
    assert_eq!((seen.looks_like.as_deref(), seen.sent.as_str()), (Some("postgres"), "postgres_ssl_request"));
    let seen = greet(&context(), answering("+PONG\r\n").await, Protocol::Redis).await;
    assert_eq!((seen.end, seen.looks_like.as_deref()), (ExchangeEnd::Answered, Some("redis")));
}

#[tokio::test]
async fn a_bare_service_is_waited_for_briefly() {
    let begin = Instant::now();
    let seen = greet(&context(), silent().await, Protocol::Tcp).await;
    assert_eq!((seen.end, seen.received.as_str()), (ExchangeEnd::Silent, ""));
    assert!(begin.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_service_that_should_greet_and_does_not_is_silent() {
    assert_eq!(greet(&hurried(), silent().await, Protocol::Smtp).await.end, ExchangeEnd::Silent);
}

#[tokio::test]
async fn a_close_a_reset_and_a_refusal_are_told_apart() {
    let closing = server(|stream| async move { drop(stream) }).await;
    assert_eq!(greet(&context(), closing, Protocol::Ssh).await.end, ExchangeEnd::Closed);
    assert_eq!(greet(&context(), resetting().await, Protocol::Redis).await.end, ExchangeEnd::Reset);
    let refused = greet(&context(), closed_port().await, Protocol::Ssh).await.end;
    assert!(matches!(refused, ExchangeEnd::NotConnected { error: Some(_) }), "{refused:?}");
}

#[tokio::test]
async fn a_byte_at_a_time_and_a_flood_end() {
    let begin = Instant::now();
    let seen = greet(&context(), dripping(b"x").await, Protocol::Redis).await;
    assert_eq!((seen.end, seen.looks_like), (ExchangeEnd::Answered, None));
    let seen = greet(&context(), answering(vec![b'x'; 1_000_000]).await, Protocol::Redis).await;
    assert_eq!(seen.received.len(), 256);
    assert!(begin.elapsed() < Duration::from_secs(3));
}
