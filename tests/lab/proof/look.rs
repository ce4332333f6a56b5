//! What a TLS server shows, whatever it is worth: the handshake accepts every certificate and only writes it down.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, anyhow, bail};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

use super::PATIENCE;
use crate::lab::Lab;

/// What a proof needs of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// DNS names it is for.
    pub names: Vec<String>,
    /// Issuer as text.
    pub issuer: String,
    /// Subject as text.
    pub subject: String,
    /// Seconds since 1970.
    pub not_before: i64,
    /// Seconds since 1970.
    pub not_after: i64,
}

/// Shakes hands with a server from the client and returns its own certificate.
pub fn tls(lab: &Lab, address: &str, name: &str) -> Result<Certificate> {
    let seen = Arc::new(Recorder::default());
    let stream = connect(lab, address, name, &seen)?;
    lab.in_client(move || {
        let mut stream = stream;
        stream.write_all(b"\r\n\r\n").context("no handshake")
    })?;
    let bytes = seen.0.lock().map_err(|_| anyhow!("recorder poisoned"))?.take();
    parse(&bytes.context("the server showed no certificate")?)
}

/// The first bytes of a server's answer to a request inside TLS. A client certificate is asked for after the handshake
/// (RFC 8446 section 4.4.2.4), so only reading shows that it was missed.
pub fn tls_exchange(lab: &Lab, address: &str, name: &str) -> Result<String> {
    let stream = connect(lab, address, name, &Arc::new(Recorder::default()))?;
    lab.in_client(move || {
        let mut stream = stream;
        // The refusal may be there before the request is: it is what matters.
        let _ = write!(stream, "GET / HTTP/1.1\r\nHost: {name}\r\n\r\n");
        // Not through `stream`, which would first try to send the rest.
        let (tls, tcp) = (&mut stream.conn, &mut stream.sock);
        while tls.read_tls(tcp).context("no answer")? > 0 {
            if tls.process_new_packets().context("refused")?.plaintext_bytes_to_read() > 0 {
                let mut answer = vec![0; 1024];
                let length = tls.reader().read(&mut answer)?;
                return Ok(String::from_utf8_lossy(&answer[..length]).into_owned());
            }
        }
        bail!("closed without an answer")
    })
}

type TlsStream = StreamOwned<ClientConnection, TcpStream>;

fn connect(lab: &Lab, address: &str, name: &str, seen: &Arc<Recorder>) -> Result<TlsStream> {
    let address: SocketAddr = address.parse()?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(seen) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned())?;
    lab.in_client(|| {
        let tcp = TcpStream::connect_timeout(&address, PATIENCE).context("no connection")?;
        tcp.set_read_timeout(Some(PATIENCE))?;
        Ok(StreamOwned::new(ClientConnection::new(Arc::new(config), name)?, tcp))
    })
}

fn parse(der: &[u8]) -> Result<Certificate> {
    let (_, certificate) = X509Certificate::from_der(der).context("not a certificate")?;
    let alternative = certificate.subject_alternative_name().ok().flatten();
    let names = alternative.into_iter().flat_map(|extension| &extension.value.general_names);
    let names = names.filter_map(|name| if let GeneralName::DNSName(dns) = name { Some(*dns) } else { None });
    Ok(Certificate {
        names: names.map(ToOwned::to_owned).collect(),
        issuer: certificate.issuer().to_string(),
        subject: certificate.subject().to_string(),
        not_before: certificate.validity().not_before.timestamp(),
        not_after: certificate.validity().not_after.timestamp(),
    })
}

/// Accepts everything and keeps the first certificate.
#[derive(Debug, Default)]
struct Recorder(Mutex<Option<Vec<u8>>>);

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if let Ok(mut place) = self.0.lock() {
            *place = Some(end_entity.to_vec());
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
