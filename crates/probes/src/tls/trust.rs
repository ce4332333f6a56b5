//! What a chain is worth: judged by this system's store and by the public roots, date and name included.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use netmend_model::net::Trust;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, RootCertStore};
use tokio::time::timeout;

use super::client::provider;
use crate::detached::detached;
use crate::text;

/// Some systems ask the network about revocation while they judge.
const PATIENCE: Duration = Duration::from_secs(3);

static SYSTEM: OnceLock<Option<rustls_platform_verifier::Verifier>> = OnceLock::new();
static PUBLIC: OnceLock<Option<Arc<WebPkiServerVerifier>>> = OnceLock::new();

/// A chain to judge, for a name.
#[derive(Clone)]
pub(super) struct Chain {
    pub(super) certificates: Vec<CertificateDer<'static>>,
    pub(super) name: ServerName<'static>,
    /// Whether the server's own certificate is its own issuer.
    pub(super) self_signed: bool,
}

/// Begins to load this system's store, which takes a while the first time. Later calls cost nothing.
pub(super) fn warm_up() {
    if SYSTEM.get().is_none() {
        // Without a thread now, it is loaded when it is needed.
        drop(std::thread::Builder::new().name("trust-store".into()).spawn(system_store));
    }
}

/// Both judgements: the system's, and that of the public roots.
pub(super) async fn judge(chain: &Chain, patience: Duration) -> (Trust, Trust) {
    let (by_system, by_public) = (chain.clone(), chain.clone());
    let system = detached("trust", move || system_store().map(|verifier| by_system.verdict(verifier)));
    let public = by_public.by_public_roots();
    let system = timeout(patience.min(PATIENCE), system).await.ok().flatten().flatten();
    (system.unwrap_or(Trust::NotChecked), public)
}

/// Whether the certificate is for `name`; `None` where it cannot be read.
pub(super) fn name_matches(certificate: &CertificateDer<'_>, name: &ServerName<'_>) -> Option<bool> {
    let parsed = ParsedCertificate::try_from(certificate).ok()?;
    Some(rustls::client::verify_server_name(&parsed, name).is_ok())
}

fn system_store() -> Option<&'static rustls_platform_verifier::Verifier> {
    SYSTEM.get_or_init(|| rustls_platform_verifier::Verifier::new(provider()).ok()).as_ref()
}

fn public_roots() -> Option<&'static Arc<WebPkiServerVerifier>> {
    let load = || {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build().ok()
    };
    PUBLIC.get_or_init(load).as_ref()
}

impl Chain {
    fn by_public_roots(&self) -> Trust {
        public_roots().map_or(Trust::NotChecked, |verifier| self.verdict(verifier.as_ref()))
    }

    pub(super) fn verdict(&self, verifier: &dyn ServerCertVerifier) -> Trust {
        let Some((own, others)) = self.certificates.split_first() else { return Trust::NotChecked };
        match verifier.verify_server_cert(own, others, &self.name, &[], UnixTime::now()) {
            Ok(_) => Trust::Trusted,
            Err(error) => Trust::Untrusted {
                why: why(&error, self.self_signed).into(),
                detail: text::line(error.to_string().as_bytes(), 512),
            },
        }
    }
}

fn why(error: &Error, self_signed: bool) -> &'static str {
    use CertificateError as Bad;
    let Error::InvalidCertificate(bad) = error else { return "other" };
    match bad {
        Bad::Expired | Bad::ExpiredContext { .. } => "expired",
        Bad::NotValidYet | Bad::NotValidYetContext { .. } => "not_yet_valid",
        Bad::NotValidForName | Bad::NotValidForNameContext { .. } => "name_mismatch",
        Bad::Revoked => "revoked",
        // A certificate that is its own authority is refused as "an authority used as a server" (RFC 5280, 4.2.1.9).
        Bad::UnknownIssuer | Bad::Other(_) if self_signed => "self_signed",
        Bad::UnknownIssuer => "unknown_issuer",
        _ => "other",
    }
}
