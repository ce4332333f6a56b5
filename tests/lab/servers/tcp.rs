//! What a TCP service does with a connection, from correct to hostile.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::http::{self, Site};
use super::proxy::{self, Policy};

/// A connection, plain or inside TLS.
pub type Stream = Box<dyn Duplex>;

/// Both directions of a connection.
pub trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}

/// What a service does.
#[derive(Clone)]
pub enum Behaviour {
    /// Accepts, reads everything, never writes.
    Silent,
    /// Closes as soon as it has accepted.
    Close,
    /// Resets as soon as it has accepted.
    Reset,
    /// Closes after the first bytes of the request.
    CloseAfterRequest,
    /// Resets after the first bytes of the request.
    ResetAfterRequest,
    /// Speaks first, as SSH, SMTP and databases do, then listens.
    Banner(&'static [u8]),
    /// Waits for the first bytes, then answers with these.
    Answer(&'static [u8]),
    /// Sends these bytes, then one more after each interval, for ever.
    Trickle(&'static [u8], Duration),
    /// A valid status line, then this many bytes of headers.
    HeaderFlood(usize),
    /// A web server.
    Http(Site),
    /// TLS around another behaviour.
    Tls(Arc<ServerConfig>, Box<Behaviour>),
    /// An HTTP proxy.
    Proxy(Policy),
}

impl Behaviour {
    /// Whether it ends connections by a reset.
    pub fn resets(&self) -> bool {
        matches!(self, Behaviour::Reset | Behaviour::ResetAfterRequest)
    }
}

/// Accepts and serves until the runtime ends.
pub async fn serve(listener: TcpListener, behaviour: Behaviour) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(start(stream, behaviour.clone()));
    }
}

async fn start(stream: TcpStream, behaviour: Behaviour) {
    if behaviour.resets() {
        // Closing with a linger time of zero sends a reset instead of a FIN (socket(7)).
        let _ = SockRef::from(&stream).set_linger(Some(Duration::ZERO));
    }
    let _ = stream.set_nodelay(true);
    // A client that goes away in the middle is part of the game.
    let _ = converse(Box::new(stream), behaviour).await;
}

/// Boxed, because TLS wraps a behaviour around another.
fn converse(mut stream: Stream, behaviour: Behaviour) -> Pin<Box<dyn Future<Output = std::io::Result<()>> + Send>> {
    Box::pin(async move {
        match behaviour {
            Behaviour::Close | Behaviour::Reset => Ok(()),
            Behaviour::Silent => read_to_end(&mut stream).await,
            Behaviour::CloseAfterRequest | Behaviour::ResetAfterRequest => first_bytes(&mut stream).await,
            Behaviour::Banner(text) => {
                stream.write_all(text).await?;
                read_to_end(&mut stream).await
            }
            Behaviour::Answer(text) => {
                first_bytes(&mut stream).await?;
                stream.write_all(text).await?;
                stream.shutdown().await
            }
            Behaviour::Trickle(start, interval) => trickle(stream, start, interval).await,
            Behaviour::HeaderFlood(size) => flood(stream, size).await,
            Behaviour::Http(site) => http::converse(stream, &site).await,
            Behaviour::Proxy(policy) => proxy::converse(stream, &policy).await,
            Behaviour::Tls(config, inner) => {
                let stream = TlsAcceptor::from(config).accept(stream).await?;
                converse(Box::new(stream), *inner).await
            }
        }
    })
}

async fn first_bytes(stream: &mut Stream) -> std::io::Result<()> {
    stream.read(&mut [0; 4096]).await.map(drop)
}

async fn read_to_end(stream: &mut Stream) -> std::io::Result<()> {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}

async fn trickle(mut stream: Stream, start: &[u8], interval: Duration) -> std::io::Result<()> {
    stream.write_all(start).await?;
    loop {
        tokio::time::sleep(interval).await;
        stream.write_all(b"a").await?;
    }
}

async fn flood(mut stream: Stream, size: usize) -> std::io::Result<()> {
    first_bytes(&mut stream).await?;
    stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
    let line = [b"X-Filler: ".as_slice(), &[b'a'; 1012], b"\r\n"].concat();
    for _ in 0..size.div_ceil(line.len()) {
        stream.write_all(&line).await?;
    }
    stream.write_all(b"\r\n").await?;
    stream.shutdown().await
}
