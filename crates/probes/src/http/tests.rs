use std::time::Instant;

use tokio::io::AsyncWriteExt as _;

use super::*;
use crate::testing::{
    Identity, answering, closed_port, context, dripping, hurried, read_some, resetting, server, silent, swallow,
    tls_server,
};

async fn get(ctx: &Context, to: SocketAddr, url: &str) -> Http {
    run(ctx, to, url, Via::Direct, None).await.data().unwrap().clone()
}

async fn look(bytes: impl Into<Vec<u8>>) -> Http {
    get(&context(), answering(bytes).await, "http://www.example.test/").await
}

#[tokio::test]
async fn an_answer_is_read_and_each_phase_timed() {
    let seen = look("HTTP/1.1 200 OK\r\nServer: test\r\nContent-Length: 5\r\n\r\nhello").await;
    assert_eq!((seen.end, seen.status), (ExchangeEnd::Answered, Some(200)));
    assert_eq!(seen.headers[0], ("server".to_owned(), "test".to_owned()));
    assert_eq!((seen.body_start.as_str(), seen.body_bytes), ("hello", 5));
    let HttpPhases { connect_ms, tls_ms, first_byte_ms, transfer_ms } = seen.phases;
    assert!(connect_ms.is_some() && tls_ms.is_none() && first_byte_ms.is_some() && transfer_ms.is_some());
    assert!(seen.tcp_info.is_some());
}

#[tokio::test]
async fn tls_is_spoken_below_whatever_the_certificate() {
    let config = Identity::self_signed(&["other.example.test"], |_| ()).server();
    let to = tls_server(config, "HTTP/1.1 204 No Content\r\n\r\n").await;
    let seen = get(&context(), to, "https://www.example.test/").await;
    assert_eq!((seen.end, seen.status), (ExchangeEnd::Answered, Some(204)));
    assert!(seen.phases.tls_ms.is_some());
}

#[tokio::test]
async fn a_failing_handshake_is_told() {
    let to = answering([21, 3, 3, 0, 2, 2, 40]).await;
    let ExchangeEnd::TlsFailed { detail } = get(&context(), to, "https://www.example.test/").await.end else {
        panic!()
    };
    assert_eq!(detail, "the server sent the alert handshake_failure");
}

/// A server that answers with the head that it was sent.
async fn echoing() -> SocketAddr {
    server(|mut stream| async move {
        let head = read_some(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").await.unwrap();
        stream.write_all(&head).await.unwrap();
    })
    .await
}

#[tokio::test]
async fn the_request_is_plain_and_without_secrets() {
    let seen = get(&context(), echoing().await, "http://user:secret@www.example.test:8080/a?b#c").await;
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "GET /a?b HTTP/1.1\r\nhost: www.example.test:8080\r\nuser-agent: netmend/{version}\r\naccept: */*\r\nconnection: close\r\n\r\n"
    );
    assert_eq!(seen.body_start, expected);
}

#[tokio::test]
async fn a_proxy_is_given_the_whole_url() {
    let seen = run(&context(), echoing().await, "http://www.example.test/a", Via::Proxy, None).await;
    assert!(seen.data().unwrap().body_start.starts_with("GET http://www.example.test/a HTTP/1.1\r\n"));
    let seen = run(&context(), closed_port().await, "https://www.example.test/", Via::Proxy, None).await;
    assert_eq!(seen.reason().unwrap().code, ReasonCode::NothingToMeasure);
}

#[tokio::test]
async fn chunks_are_put_together() {
    let seen = look("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").await;
    assert_eq!((seen.end, seen.body_start.as_str()), (ExchangeEnd::Answered, "abcde"));
}

#[tokio::test]
async fn an_interim_answer_is_passed_over() {
    let seen = look("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").await;
    assert_eq!((seen.end, seen.status), (ExchangeEnd::Answered, Some(404)));
}

#[tokio::test]
async fn a_large_body_is_read_in_part() {
    let seen = look([b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &vec![b'x'; 1_000_000]].concat()).await;
    assert_eq!((seen.end, seen.body_bytes, seen.body_start.len()), (ExchangeEnd::Answered, 65_536, 2048));
}

#[tokio::test]
async fn ten_megabytes_of_headers_are_too_large() {
    let line = format!("X-Long: {}\r\n", "x".repeat(1000));
    let head = format!("HTTP/1.1 200 OK\r\n{}\r\n", line.repeat(10_000));
    assert_eq!(look(head).await.end, ExchangeEnd::TooLarge);
    let one_field = format!("HTTP/1.1 200 OK\r\nX-Long: {}\r\n\r\n", "x".repeat(10_000_000));
    assert_eq!(look(one_field).await.end, ExchangeEnd::TooLarge);
    let many_fields = format!("HTTP/1.1 200 OK\r\n{}\r\n", "a: b\r\n".repeat(5000));
    assert_eq!(look(many_fields).await.end, ExchangeEnd::TooLarge);
}

#[tokio::test]
async fn headers_are_cut_and_cookies_lose_their_values() {
    let many = "x-a: b\r\n".repeat(300);
    let long = "y".repeat(5000);
    let head = format!(
        "HTTP/1.1 200 OK\r\nSet-Cookie: session=topsecret; Path=/\r\nX-Long: {long}\r\nX-Bytes: a\u{1}\u{85}b\r\n{many}Content-Length: 0\r\n\r\n"
    );
    let seen = look(head.replace('\u{1}', "")).await;
    assert_eq!(seen.end, ExchangeEnd::Answered);
    assert_eq!(seen.headers.len(), 100);
    assert!(seen.headers.contains(&("set-cookie".to_owned(), "session=".to_owned())));
    assert!(seen.headers.iter().all(|(_, value)| value.len() <= 1024 && !value.contains("topsecret")));
    assert!(seen.headers.iter().all(|(_, value)| !value.contains('\u{85}')));
}

#[tokio::test]
async fn what_is_not_http_is_malformed() {
    for bytes in ["SSH-2.0-OpenSSH_9.9\r\n", "\x15\x03\x03\x00\x02\x02\x28", "HTTP/1.1 abc\r\n\r\n", "H"] {
        let seen = look(bytes).await;
        if bytes == "H" {
            assert_eq!(seen.end, ExchangeEnd::Closed);
        } else {
            assert!(matches!(seen.end, ExchangeEnd::Malformed { .. }), "{bytes:?}: {:?}", seen.end);
        }
    }
}

#[tokio::test]
async fn a_server_that_speaks_first_is_malformed() {
    let to = server(|mut stream| async move {
        stream.write_all(b"220 mail.example.test ESMTP\r\n").await.unwrap();
        swallow(stream).await;
    })
    .await;
    let ExchangeEnd::Malformed { detail } = get(&context(), to, "http://www.example.test/").await.end else { panic!() };
    assert!(detail.contains("220 mail"), "{detail}");
}

#[tokio::test]
async fn silence_close_reset_and_refusal_are_told_apart() {
    let end = async |ctx: Context, to: SocketAddr| get(&ctx, to, "http://www.example.test/").await.end;
    assert_eq!(end(hurried(), silent().await).await, ExchangeEnd::Silent);
    assert_eq!(end(context(), answering("").await).await, ExchangeEnd::Closed);
    assert_eq!(end(context(), resetting().await).await, ExchangeEnd::Reset);
    let refused = end(context(), closed_port().await).await;
    let ExchangeEnd::NotConnected { error: Some(error) } = refused else { panic!("{refused:?}") };
    assert_eq!(error.symbol, "ECONNREFUSED");
}

#[tokio::test]
async fn silence_shows_whether_the_request_was_received() {
    let seen = get(&hurried(), silent().await, "http://www.example.test/").await;
    assert_eq!(seen.tcp_info.unwrap().unacked, 0);
}

#[tokio::test]
async fn a_head_that_never_ends_is_silence_and_a_body_that_drips_an_answer() {
    let begin = Instant::now();
    let seen = get(&hurried(), dripping(b"HTTP/1.1 200 OK\r\nx-a: ").await, "http://www.example.test/").await;
    assert_eq!((seen.end, seen.status), (ExchangeEnd::Silent, None));
    let to = server(|mut stream| async move {
        read_some(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        let mut pause = tokio::time::interval(Duration::from_millis(50));
        while stream.write_all(b".").await.is_ok() {
            pause.tick().await;
        }
    })
    .await;
    let seen = get(&hurried(), to, "http://www.example.test/").await;
    assert_eq!((seen.end, seen.status), (ExchangeEnd::Answered, Some(200)));
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_body_that_stalls_is_silence_with_a_status() {
    let to = server(|mut stream| async move {
        read_some(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc").await.unwrap();
        swallow(stream).await;
    })
    .await;
    let ctx = context();
    ctx.pace.observe(Duration::from_millis(1));
    let seen = get(&ctx, to, "http://www.example.test/").await;
    assert_eq!((seen.end, seen.status, seen.body_bytes), (ExchangeEnd::Silent, Some(200), 3));
}

#[tokio::test]
async fn a_body_cut_short_is_a_close() {
    let seen = look("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc").await;
    assert_eq!((seen.end, seen.status, seen.body_bytes), (ExchangeEnd::Closed, Some(200), 3));
}

#[tokio::test]
async fn what_is_no_url_is_not_asked_for() {
    let seen = run(&context(), closed_port().await, "gopher://www.example.test/", Via::Direct, None).await;
    assert_eq!(seen.reason().unwrap().code, ReasonCode::Malformed);
}
