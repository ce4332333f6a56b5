//! The PAC probe against scripts served on loopback, evaluated by a real worker process.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use netmend_model::net::{ExchangeEnd, Pac};
use netmend_probes::{Context, pac};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Examples are built beside the tests.
fn worker() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let worker = test.parent().unwrap().parent().unwrap().join("examples/pac_worker");
    assert!(worker.exists(), "{} was not built", worker.display());
    worker
}

/// Serves `head` and `body` once to each client.
async fn serving(head: String, body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/proxy.pac", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 2048];
            drop(stream.read(&mut request).await);
            drop(stream.write_all(head.as_bytes()).await);
            drop(stream.write_all(&body).await);
        }
    });
    url
}

async fn ask_at(url: &str, for_url: &str) -> Pac {
    netmend_sys::pac::use_worker(worker());
    let ctx = Context::new(Duration::from_secs(20));
    pac::run(&ctx, url, for_url).await.data().unwrap().clone()
}

async fn ask(script: impl Into<Vec<u8>>) -> Pac {
    let url = serving("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".into(), script.into()).await;
    ask_at(&url, "https://www.example.test:8443/a").await
}

#[tokio::test]
async fn a_script_decides_by_url_and_host() {
    let seen = ask(r#"function FindProxyForURL(url, host) {
            if (dnsDomainIs(host, ".example.test") && shExpMatch(url, "https:*"))
                return "PROXY a.example.test:8080; SOCKS5 b.example.test:1080; HTTPS c.example.test:443; DIRECT";
            return "DIRECT";
        }"#)
    .await;
    assert_eq!((seen.end, seen.status, seen.error), (ExchangeEnd::Answered, Some(200), None));
    let expected = "PROXY a.example.test:8080; SOCKS5 b.example.test:1080; HTTPS c.example.test:443; DIRECT";
    assert_eq!(seen.result.as_deref(), Some(expected));
}

#[tokio::test]
async fn a_program_can_be_its_own_worker() {
    let mut child = tokio::process::Command::new(worker())
        .arg("http://www.example.test/")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let script = b"function FindProxyForURL(url, host) { return 'PROXY ' + host + ':8080'; }";
    child.stdin.take().unwrap().write_all(script).await.unwrap();
    let output = child.wait_with_output().await.unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "PROXY www.example.test:8080\n");
}

#[tokio::test]
async fn a_script_knows_this_computers_address() {
    let seen = ask("function FindProxyForURL(url, host) { return 'PROXY ' + myIpAddress() + ':3128'; }").await;
    assert_eq!(seen.result.as_deref(), Some("PROXY 127.0.0.1:3128"));
}

#[tokio::test]
async fn a_script_that_never_ends_is_ended() {
    let begin = Instant::now();
    let seen = ask("function FindProxyForURL(url, host) { while (true) {} }").await;
    assert!(seen.result.is_none() && seen.error.is_some());
    assert!(begin.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_script_that_wants_all_memory_gets_an_error() {
    let seen =
        ask("function FindProxyForURL(url, host) { var a = []; while (true) a.push(new Array(100000).join('x')); }");
    assert!(seen.await.error.is_some());
}

#[tokio::test]
async fn a_script_with_mistakes_is_an_error_and_never_direct() {
    for script in [
        "function FindProxyForURL(url, host) { return",
        "function FindProxyForURL(url, host) { throw '\u{1b}[31m'; }",
        "function FindProxyForURL(url, host) { return 'nonsense'; }",
        "function FindProxyForURL(url, host) { return 7; }",
        "<html>Sign in!</html>",
        "",
    ] {
        let seen = ask(script).await;
        assert_eq!(seen.result, None, "{script}");
        let error = seen.error.unwrap();
        assert!(!error.is_empty() && !error.contains('\u{1b}'), "{error:?}");
    }
}

#[tokio::test]
async fn what_is_not_fetched_is_not_evaluated() {
    let url = serving("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".into(), Vec::new()).await;
    let seen = ask_at(&url, "http://www.example.test/").await;
    assert_eq!((seen.end, seen.status, seen.result, seen.error), (ExchangeEnd::Answered, Some(404), None, None));
    let large = b"function FindProxyForURL() { return 'DIRECT'; } //".repeat(40_000);
    let seen = ask(large).await;
    assert_eq!((seen.end, seen.result), (ExchangeEnd::TooLarge, None));
}

#[tokio::test]
async fn a_redirection_is_followed_and_a_loop_is_not() {
    let script = "function FindProxyForURL(url, host) { return 'DIRECT'; }";
    let to = serving("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".into(), script.into()).await;
    let from = format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
    let seen = ask_at(&serving(from, Vec::new()).await, "http://www.example.test/").await;
    assert_eq!((seen.status, seen.result.as_deref()), (Some(200), Some("DIRECT")));
    let circle = "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n";
    let seen = ask_at(&serving(circle.into(), Vec::new()).await, "http://www.example.test/").await;
    assert_eq!((seen.status, seen.result), (Some(302), None));
}

#[tokio::test]
async fn a_file_can_hold_the_script() {
    let path = std::env::temp_dir().join(format!("netmend-test-{}.pac", std::process::id()));
    std::fs::write(&path, b"\xef\xbb\xbffunction FindProxyForURL(url, host) { return 'DIRECT'; }").unwrap();
    let seen = ask_at(&format!("file://{}", path.display()), "http://www.example.test/").await;
    std::fs::remove_file(&path).unwrap();
    assert_eq!((seen.end, seen.result.as_deref()), (ExchangeEnd::Answered, Some("DIRECT")));
    let seen = ask_at("file:///nonexistent/proxy.pac", "http://www.example.test/").await;
    assert!(matches!(seen.end, ExchangeEnd::Failed { error } if error.symbol == "ENOENT"));
}
