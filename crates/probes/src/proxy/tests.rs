use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;
use crate::testing::{
    Identity, answering, closed_port, context, dripping, hurried, read_some, resetting, server, silent, tls_server,
};

const HOST: &str = "target.example.test";

fn endpoint(at: SocketAddr, scheme: ProxyScheme) -> ProxyEndpoint {
    ProxyEndpoint { scheme, host: at.ip().to_string(), port: at.port(), has_credentials: false }
}

async fn through(ctx: &Context, at: SocketAddr, scheme: ProxyScheme, expect: Protocol) -> ProxyConnect {
    run(ctx, &endpoint(at, scheme), HOST, 443, expect).await.data().unwrap().clone()
}

async fn look(ctx: &Context, at: SocketAddr) -> ProxyConnect {
    through(ctx, at, ProxyScheme::Http, Protocol::Https).await
}

/// A proxy that grants CONNECT and then joins the client with `target`, whatever it asked for.
async fn granting(target: SocketAddr) -> SocketAddr {
    server(move |mut stream| async move {
        let head = read_some(&mut stream).await;
        assert!(head.starts_with(b"CONNECT target.example.test:443 HTTP/1.1\r\nhost: target.example.test:443\r\n"));
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
        join(stream, target).await;
    })
    .await
}

async fn join(mut stream: TcpStream, target: SocketAddr) {
    let mut upstream = TcpStream::connect(target).await.unwrap();
    drop(tokio::io::copy_bidirectional(&mut stream, &mut upstream).await);
}

async fn https() -> SocketAddr {
    tls_server(Identity::self_signed(&[HOST], |_| ()).server(), "").await
}

#[tokio::test]
async fn a_target_that_answers_is_seen_through_the_tunnel() {
    let seen = look(&context(), granting(https().await).await).await;
    assert_eq!((seen.end, seen.status, seen.target_answered), (ExchangeEnd::Answered, Some(200), Some(true)));
    assert!(seen.answer_ms.is_some() && seen.lookup.is_none());
    assert!(seen.connect.unwrap().connected().is_some());
}

#[tokio::test]
async fn a_target_that_is_silent_is_seen_through_the_tunnel() {
    let seen = look(&hurried(), granting(silent().await).await).await;
    assert_eq!((seen.status, seen.target_answered), (Some(200), Some(false)));
    let seen = look(&context(), granting(answering("HTTP/1.1 400 Bad Request\r\n\r\n").await).await).await;
    assert_eq!(seen.target_answered, Some(false), "an answer that is not TLS");
}

#[tokio::test]
async fn each_protocol_has_its_sign_of_life() {
    let http = answering("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n").await;
    let seen = through(&context(), granting(http).await, ProxyScheme::Http, Protocol::Http).await;
    assert_eq!(seen.target_answered, Some(true));
    let redis = answering("+PONG\r\n").await;
    let seen = through(&context(), granting(redis).await, ProxyScheme::Http, Protocol::Redis).await;
    assert_eq!(seen.target_answered, Some(true));
    let seen = through(&context(), granting(silent().await).await, ProxyScheme::Http, Protocol::Tcp).await;
    assert_eq!(seen.target_answered, Some(true), "a bare service that stays");
    let closing = server(|stream| async move { drop(stream) }).await;
    let seen = through(&context(), granting(closing).await, ProxyScheme::Http, Protocol::Tcp).await;
    assert_eq!(seen.target_answered, Some(false), "a bare service that closes");
}

#[tokio::test]
async fn a_proxy_that_wants_a_sign_in_says_how() {
    let refusing = answering(
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 6\r\n\r\nsorry!",
    );
    let seen = look(&context(), refusing.await).await;
    assert_eq!((seen.end, seen.status), (ExchangeEnd::Answered, Some(407)));
    assert_eq!(seen.authenticate, ["Negotiate", "Basic"]);
    assert_eq!((seen.body_start.as_str(), seen.target_answered), ("sorry!", None));
}

#[tokio::test]
async fn a_denial_and_a_failure_keep_their_status() {
    for status in [403_u16, 502] {
        let answer = format!("HTTP/1.1 {status} No\r\nX-Squid-Error: ERR\r\nContent-Length: 0\r\n\r\n");
        let seen = look(&context(), answering(answer).await).await;
        assert_eq!((seen.end, seen.status, seen.target_answered), (ExchangeEnd::Answered, Some(status), None));
        assert_eq!(seen.headers[0].0, "x-squid-error");
    }
}

#[tokio::test]
async fn what_is_no_proxy_is_told() {
    let ends = [
        look(&hurried(), silent().await).await.end,
        look(&hurried(), dripping(b"HTTP/1.1 200 O").await).await.end,
        look(&context(), answering("").await).await.end,
        look(&context(), resetting().await).await.end,
    ];
    assert_eq!(ends, [ExchangeEnd::Silent, ExchangeEnd::Silent, ExchangeEnd::Closed, ExchangeEnd::Reset]);
    let seen = look(&context(), answering("SSH-2.0-x\r\n").await).await;
    assert!(matches!(seen.end, ExchangeEnd::Malformed { .. }), "{:?}", seen.end);
    let seen = look(&context(), closed_port().await).await;
    assert!(matches!(seen.end, ExchangeEnd::NotConnected { error: Some(_) }), "{:?}", seen.end);
    assert_eq!(seen.connect.unwrap().error().unwrap().symbol, "ECONNREFUSED");
}

#[tokio::test]
async fn a_proxy_behind_tls_is_spoken_to_in_tls() {
    let at = tls_server(Identity::self_signed(&["127.0.0.1"], |_| ()).server(), "HTTP/1.1 403 No\r\n\r\n").await;
    let seen = through(&context(), at, ProxyScheme::Https, Protocol::Https).await;
    assert_eq!(seen.status, Some(403));
    let seen = through(&context(), answering("HTTP/1.1 400 No\r\n\r\n").await, ProxyScheme::Https, Protocol::Tls).await;
    assert!(matches!(seen.end, ExchangeEnd::TlsFailed { .. }), "{:?}", seen.end);
}

/// A SOCKS 5 server that picks `method`, answers the request with `reply`, and joins with `target`.
async fn socks5(method: u8, reply: &'static [u8], target: SocketAddr) -> SocketAddr {
    server(move |mut stream| async move {
        let mut hello = [0; 4];
        stream.read_exact(&mut hello).await.unwrap();
        assert_eq!(hello, [5, 2, 0, 2]);
        stream.write_all(&[5, method]).await.unwrap();
        let mut request = [0; 4 + 1 + HOST.len() + 2];
        if stream.read_exact(&mut request).await.is_ok() {
            assert_eq!(request[..5], [5, 1, 0, 3, 19]);
            stream.write_all(reply).await.unwrap();
            join(stream, target).await;
        }
    })
    .await
}

#[tokio::test]
async fn socks_5_grants_refuses_and_wants_a_sign_in() {
    let target = https().await;
    let granted = socks5(0, &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0], target).await;
    let seen = through(&context(), granted, ProxyScheme::Socks5, Protocol::Https).await;
    assert_eq!((seen.end, seen.status, seen.target_answered), (ExchangeEnd::Answered, Some(0), Some(true)));
    let refused = socks5(0, &[5, 5, 0, 1, 0, 0, 0, 0, 0, 0], target).await;
    let seen = through(&context(), refused, ProxyScheme::Socks5, Protocol::Https).await;
    assert_eq!((seen.status, seen.target_answered), (Some(5), None));
    let seen = through(&context(), socks5(2, &[], target).await, ProxyScheme::Socks5, Protocol::Https).await;
    assert_eq!((seen.status, seen.authenticate), (Some(255), vec!["Username/Password".to_owned()]));
    let seen = through(&context(), answering("HTTP/1.1 400 x").await, ProxyScheme::Socks5, Protocol::Https).await;
    assert!(matches!(seen.end, ExchangeEnd::Malformed { .. }), "{:?}", seen.end);
}

#[tokio::test]
async fn socks_4_grants_and_refuses() {
    let target = https().await;
    let granted = server(move |mut stream| async move {
        let request = read_some(&mut stream).await;
        assert_eq!(request, [&[4, 1, 1, 187, 0, 0, 0, 1, 0], HOST.as_bytes(), &[0]].concat());
        stream.write_all(&[0, 90, 0, 0, 0, 0, 0, 0]).await.unwrap();
        join(stream, target).await;
    })
    .await;
    let seen = through(&context(), granted, ProxyScheme::Socks4, Protocol::Https).await;
    assert_eq!((seen.status, seen.target_answered), (Some(90), Some(true)));
    let seen =
        through(&context(), answering([0, 91, 0, 0, 0, 0, 0, 0]).await, ProxyScheme::Socks4, Protocol::Tcp).await;
    assert_eq!((seen.end, seen.status, seen.target_answered), (ExchangeEnd::Answered, Some(91), None));
}
