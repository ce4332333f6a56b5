//! The TLS client: it records what the server shows, and accepts it, because what it is worth is judged afterwards.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use netmend_model::net::{ExchangeEnd, TlsEnd};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ResolvesClientCert, Resumption};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::alert;
use crate::transport::{Line, Seen, Socket, Tap, end_of};
use crate::{Context, text};

/// A handshake takes two round trips and the work of the server, which may be busy.
const AT_LEAST: Duration = Duration::from_secs(2);
const AT_MOST: Duration = Duration::from_secs(5);
/// Certificates kept of a chain; real chains have two to five.
const MOST_CERTIFICATES: usize = 16;

/// The cryptography used everywhere.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// What a server showed during a handshake.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    chain: Mutex<Vec<CertificateDer<'static>>>,
    client_certificate: AtomicBool,
}

impl Recorder {
    /// The chain as it was sent, the server's own certificate first.
    pub(crate) fn chain(&self) -> Vec<CertificateDer<'static>> {
        self.chain.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the server asked for a client certificate.
    pub(crate) fn asked_for_client_certificate(&self) -> bool {
        self.client_certificate.load(Ordering::Relaxed)
    }
}

impl ResolvesClientCert for Recorder {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.client_certificate.store(true, Ordering::Relaxed);
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}

/// Records the chain and accepts it.
#[derive(Debug)]
struct Accepting {
    recorder: Arc<Recorder>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Accepting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let sent = std::iter::once(end_entity).chain(intermediates).take(MOST_CERTIFICATES);
        let chain = sent.map(|certificate| certificate.clone().into_owned()).collect();
        *self.recorder.chain.lock().unwrap_or_else(PoisonError::into_inner) = chain;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        tolerant(verify_tls12_signature(message, certificate, signed, algorithms))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        tolerant(verify_tls13_signature(message, certificate, signed, algorithms))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A certificate that rustls cannot read (X.509 version 1, say) must not hide the rest of the handshake: it is recorded and judged.
fn tolerant(result: Result<HandshakeSignatureValid, Error>) -> Result<HandshakeSignatureValid, Error> {
    match result {
        Err(Error::InvalidCertificate(_)) => Ok(HandshakeSignatureValid::assertion()),
        other => other,
    }
}

/// A client that offers `alpn`, keeps no session, has no certificate, and records into `recorder`.
pub(crate) fn config(recorder: &Arc<Recorder>, alpn: &[&[u8]]) -> Result<Arc<ClientConfig>, Error> {
    let provider = provider();
    let verifier = Accepting { recorder: Arc::clone(recorder), provider: Arc::clone(&provider) };
    let resolver: Arc<dyn ResolvesClientCert> = Arc::clone(recorder) as _;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_client_cert_resolver(resolver);
    config.alpn_protocols = alpn.iter().map(|protocol| protocol.to_vec()).collect();
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config))
}

/// Shakes hands on `line`; the error says how that ended otherwise.
pub(crate) async fn handshake(
    ctx: &Context,
    line: &Line,
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
) -> Result<TlsStream<Tap<Socket>>, TlsEnd> {
    let patience = ctx.within(ctx.pace.patience(3, AT_LEAST, AT_MOST));
    let connecting = TlsConnector::from(config).connect(name, line.io());
    match timeout(patience, connecting).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(not_tls(&line.watch.seen()).unwrap_or_else(|| failure(&error))),
        Err(_) => Err(not_tls(&line.watch.seen()).unwrap_or(TlsEnd::Silent)),
    }
}

/// Whether what came first cannot be a TLS record: a content type from 20 to 24, then the major version 3 (RFC 8446, 5.1).
fn not_tls(seen: &Seen) -> Option<TlsEnd> {
    let (first, second) = (seen.first.first(), seen.first.get(1));
    let foreign = first.is_some_and(|byte| !(20..=24).contains(byte)) || second.is_some_and(|byte| *byte != 3);
    foreign.then(|| TlsEnd::NotTls { received: text::escaped(&seen.first, 256) })
}

/// How a handshake ended that the TLS library or the system gave up.
pub(super) fn failure(error: &io::Error) -> TlsEnd {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(Error::AlertReceived(alert)) => TlsEnd::Alert { name: alert::name(u8::from(*alert)) },
        Some(other) => TlsEnd::Failed { detail: text::line(other.to_string().as_bytes(), 512) },
        None => match end_of(error) {
            ExchangeEnd::Closed => TlsEnd::Closed,
            ExchangeEnd::Reset => TlsEnd::Reset,
            _ => TlsEnd::Failed { detail: text::line(error.to_string().as_bytes(), 512) },
        },
    }
}
