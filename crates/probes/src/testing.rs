//! Small servers on loopback for the tests of this crate.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, CertifiedIssuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::Context;

/// A context with time for anything on loopback.
pub(crate) fn context() -> Context {
    Context::new(Duration::from_secs(20))
}

/// A context of a run that is nearly over, for peers that keep it waiting.
pub(crate) fn hurried() -> Context {
    Context::new(Duration::from_millis(400))
}

/// A server that does `serve` with every connection, in a task of its own.
pub(crate) async fn server<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    address
}

/// A server that reads what comes at first, answers `bytes`, and closes.
pub(crate) async fn answering(bytes: impl Into<Vec<u8>>) -> SocketAddr {
    let bytes: Arc<[u8]> = bytes.into().into();
    server(move |mut stream| {
        let bytes = Arc::clone(&bytes);
        async move {
            read_some(&mut stream).await;
            // The client may have had enough before the end.
            drop(stream.write_all(&bytes).await);
            drop(stream.shutdown().await);
            swallow(stream).await;
        }
    })
    .await
}

/// A server that accepts, takes all, and says nothing.
pub(crate) async fn silent() -> SocketAddr {
    server(swallow).await
}

/// A server that reads what comes at first and resets the connection.
pub(crate) async fn resetting() -> SocketAddr {
    server(|mut stream| async move {
        read_some(&mut stream).await;
        stream.set_zero_linger().unwrap();
    })
    .await
}

/// A server that reads what comes at first, then sends one byte of `bytes` each 50 ms.
pub(crate) async fn dripping(bytes: &'static [u8]) -> SocketAddr {
    server(move |mut stream| async move {
        read_some(&mut stream).await;
        let mut pause = tokio::time::interval(Duration::from_millis(50));
        for byte in bytes.iter().cycle() {
            pause.tick().await;
            if stream.write_all(&[*byte]).await.is_err() {
                return;
            }
        }
    })
    .await
}

/// An address where nothing listens.
pub(crate) async fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

pub(crate) async fn read_some(stream: &mut (impl AsyncRead + Unpin)) -> Vec<u8> {
    let mut buffer = vec![0; 16_384];
    let length = stream.read(&mut buffer).await.unwrap_or(0);
    buffer.truncate(length);
    buffer
}

/// Reads to the end.
pub(crate) async fn swallow(mut stream: TcpStream) {
    let mut buffer = vec![0; 4096];
    while matches!(stream.read(&mut buffer).await, Ok(1..)) {}
}

/// A certificate and its key.
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl Identity {
    /// Its own issuer, for `names`, with `change` made to it.
    pub(crate) fn self_signed(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Self {
        let (params, key) = params(names, change);
        Self { chain: vec![params.self_signed(&key).unwrap().der().clone()], key: key.into() }
    }

    /// Issued by `authority`.
    pub(crate) fn issued(
        authority: &CertifiedIssuer<'static, KeyPair>,
        names: &[&str],
        change: impl FnOnce(&mut CertificateParams),
    ) -> Self {
        let (params, key) = params(names, change);
        Self { chain: vec![params.signed_by(&key, authority).unwrap().der().clone()], key: key.into() }
    }

    /// The configuration of a server with this identity.
    pub(crate) fn server(&self) -> ServerConfig {
        let builder = ServerConfig::builder_with_provider(crate::tls::client::provider());
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        builder.with_single_cert(self.chain.clone(), self.key.clone_key()).unwrap()
    }
}

fn params(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> (CertificateParams, KeyPair) {
    let mut params = CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap();
    change(&mut params);
    (params, KeyPair::generate().unwrap())
}

/// A certificate authority.
pub(crate) fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A TLS server that answers what comes at first with `bytes`.
pub(crate) async fn tls_server(config: ServerConfig, bytes: impl Into<Vec<u8>>) -> SocketAddr {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let bytes: Arc<[u8]> = bytes.into().into();
    server(move |stream| {
        let (acceptor, bytes) = (acceptor.clone(), Arc::clone(&bytes));
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            read_some(&mut stream).await;
            drop(stream.write_all(&bytes).await);
            drop(stream.shutdown().await);
        }
    })
    .await
}
