//! An HTTP proxy: CONNECT and absolute-form requests (RFC 9110 section 9.3.6, RFC 9112 section 3.2.2).

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use socket2::{Domain, Socket, Type};
use tokio::io::{AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpSocket;

use super::dns::Zone;
use super::http::{Reply, Request, read_request};
use super::tcp::Stream;
use crate::ns::Namespace;

/// How long the proxy waits for the target.
const UPSTREAM_PATIENCE: Duration = Duration::from_secs(2);

/// What the proxy does with a request.
#[derive(Clone)]
pub enum Policy {
    /// Carries everything, connecting from `space`, names from `zone`.
    Carry {
        /// Where its own connections start.
        space: Arc<Namespace>,
        /// What it knows about names.
        zone: Zone,
    },
    /// Gives this answer to requests for the host, carries all others like the inner policy.
    Refuse {
        /// The host, without port; empty means every host.
        host: &'static str,
        /// The answer.
        reply: Reply,
        /// For other hosts.
        others: Box<Policy>,
    },
    /// Reads and never answers.
    Silent,
}

/// Serves one connection.
pub async fn converse(mut stream: Stream, policy: &Policy) -> std::io::Result<()> {
    let Some(request) = read_request(&mut stream).await? else { return Ok(()) };
    let mut policy = policy;
    loop {
        match policy {
            Policy::Silent => std::future::pending().await,
            Policy::Refuse { host, reply, .. } if host.is_empty() || destination(&request).0 == *host => {
                tokio::time::sleep(reply.delay).await;
                stream.write_all(&reply.encode()).await?;
                return stream.shutdown().await;
            }
            Policy::Refuse { others, .. } => policy = others,
            Policy::Carry { space, zone } => return carry(stream, &request, space, zone).await,
        }
    }
}

/// Host and port a request asks for.
fn destination(request: &Request) -> (String, u16) {
    let connect = request.method == "CONNECT";
    let rest = request.target.strip_prefix("http://").unwrap_or(&request.target);
    let authority = rest.split('/').next().unwrap_or_default();
    let default = if connect { 443 } else { 80 };
    match authority.rsplit_once(':') {
        Some((host, port)) => (host.trim_matches(['[', ']']).to_owned(), port.parse().unwrap_or(default)),
        None => (authority.to_owned(), default),
    }
}

async fn carry(mut stream: Stream, request: &Request, space: &Arc<Namespace>, zone: &Zone) -> std::io::Result<()> {
    let (host, port) = destination(request);
    match upstream(&host, port, space, zone).await {
        Ok(mut target) => {
            if request.method == "CONNECT" {
                stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
            } else {
                target.write_all(origin_form(request).as_bytes()).await?;
            }
            copy_bidirectional(&mut stream, &mut target).await.map(drop)
        }
        Err(error) => {
            let reply = Reply::status(502).with("Via", "1.1 lab-proxy").body(&format!("{error:#}\n"));
            stream.write_all(&reply.encode()).await?;
            stream.shutdown().await
        }
    }
}

async fn upstream(host: &str, port: u16, space: &Arc<Namespace>, zone: &Zone) -> Result<tokio::net::TcpStream> {
    let address = match host.parse() {
        Ok(literal) => literal,
        Err(_) => *zone.addresses(host).first().context("the proxy does not know this name")?,
    };
    let address = SocketAddr::new(address, port);
    let space = Arc::clone(space);
    // A socket belongs to the namespace of the thread that makes it.
    let socket = tokio::task::spawn_blocking(move || {
        space.run(|| {
            let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
            socket.set_nonblocking(true)?;
            Ok(socket)
        })
    });
    let socket = TcpSocket::from_std_stream(socket.await??.into());
    match tokio::time::timeout(UPSTREAM_PATIENCE, socket.connect(address)).await {
        Ok(connected) => connected.map_err(|error| anyhow!(error)),
        Err(_) => bail!("the target did not answer the proxy"),
    }
}

/// The request as the target expects it: path only.
fn origin_form(request: &Request) -> String {
    let rest = request.target.strip_prefix("http://").unwrap_or(&request.target);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    request.head.replacen(&request.target, path, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, target: &str) -> Request {
        let head = format!("{method} {target} HTTP/1.1\r\n\r\n");
        Request { method: method.into(), target: target.into(), host: String::new(), head }
    }

    #[test]
    fn finds_the_destination() {
        assert_eq!(destination(&request("CONNECT", "api.example.test:8443")), ("api.example.test".into(), 8443));
        assert_eq!(destination(&request("CONNECT", "[2001:db8::1]:443")), ("2001:db8::1".into(), 443));
        assert_eq!(destination(&request("GET", "http://a.test/x:1")), ("a.test".into(), 80));
    }

    #[test]
    fn shortens_the_request_line() {
        assert!(origin_form(&request("GET", "http://a.test/x")).starts_with("GET /x HTTP/1.1"));
        assert!(origin_form(&request("GET", "http://a.test")).starts_with("GET / HTTP/1.1"));
    }
}
