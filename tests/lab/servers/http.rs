//! HTTP/1.1, one request per connection.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::tcp::Stream;

/// Longest request head accepted.
const MAX_HEAD: usize = 64 * 1024;

/// A request's first line and `Host`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `CONNECT` …
    pub method: String,
    /// As sent: a path, an absolute URL (to a proxy) or `host:port` (to CONNECT).
    pub target: String,
    /// Value of the `Host` header, or empty.
    pub host: String,
    /// The whole head, for what else a case looks at.
    pub head: String,
}

/// What is answered.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Headers beyond `Date`, `Content-Length` and `Connection`.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// Time before the first byte.
    pub delay: Duration,
}

impl Reply {
    /// An answer with a small HTML body (none for 204).
    pub fn status(status: u16) -> Self {
        let body = if status == 204 { Vec::new() } else { format!("<html><body>{status}</body></html>\n").into() };
        Self { status, headers: vec![("Content-Type".into(), "text/html".into())], body, delay: Duration::ZERO }
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces the body.
    #[must_use]
    pub fn body(mut self, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self
    }

    /// Answers only after this time.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The bytes on the wire.
    pub fn encode(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        let date = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT");
        let _ = write!(head, "Date: {date}\r\nContent-Length: {}\r\nConnection: close\r\n", self.body.len());
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend(&self.body);
        bytes
    }
}

/// A web site: from a request to its answer.
pub type Site = Arc<dyn Fn(&Request) -> Reply + Send + Sync>;

/// A site that gives every request the same answer.
pub fn site(reply: Reply) -> Site {
    Arc::new(move |_| reply.clone())
}

/// Serves one request.
pub async fn converse(mut stream: Stream, site: &Site) -> std::io::Result<()> {
    let Some(request) = read_request(&mut stream).await? else { return Ok(()) };
    let reply = site(&request);
    tokio::time::sleep(reply.delay).await;
    let mut bytes = reply.encode();
    if request.method == "HEAD" {
        bytes.truncate(bytes.len() - reply.body.len());
    }
    stream.write_all(&bytes).await?;
    stream.shutdown().await
}

/// Reads a request head; `None` when the peer closed first or sent no HTTP.
pub async fn read_request(stream: &mut Stream) -> std::io::Result<Option<Request>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > MAX_HEAD || (head.len() >= 8 && !head[..8].is_ascii()) {
            return Ok(None);
        }
        // Byte by byte: what follows the head belongs to the tunnel behind a CONNECT.
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return Ok(None),
        }
    }
    Ok(parse_request(&String::from_utf8_lossy(&head)))
}

fn parse_request(head: &str) -> Option<Request> {
    let mut words = head.lines().next()?.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let host = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    let host = host.filter(|(name, _)| name.eq_ignore_ascii_case("host")).map(|(_, value)| value.trim().to_owned());
    Some(Request { method, target, host: host.last().unwrap_or_default(), head: head.to_owned() })
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        307 => "Temporary Redirect",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        429 => "Too Many Requests",
        451 => "Unavailable For Legal Reasons",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        511 => "Network Authentication Required",
        _ => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_parts_of_a_request() {
        let request = parse_request("GET /a HTTP/1.1\r\nhost: api.example.test\r\n\r\n").unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/a"));
        assert_eq!(request.host, "api.example.test");
        assert!(parse_request("\r\n").is_none());
    }

    #[test]
    fn a_204_has_no_body() {
        let text = String::from_utf8(Reply::status(204).encode()).unwrap();
        assert!(text.starts_with("HTTP/1.1 204 No Content\r\n"));
        assert!(text.contains("Content-Length: 0\r\n"));
        assert!(text.ends_with("\r\n\r\n"));
    }
}
