//! The lab's own certificate authority and the certificates a case may need.

use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, anyhow};
use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

/// Name in the authority's own certificate.
pub const AUTHORITY_NAME: &str = "Example Corp Root";

/// Name of the intermediate authority that servers may forget to send.
pub const INTERMEDIATE_NAME: &str = "Example Corp Issuing";

/// What is wrong with a server's certificate, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing.
    None,
    /// Its validity ended ten days ago.
    Expired,
    /// Its validity begins in ten days.
    NotYetValid,
    /// Signed by itself.
    SelfSigned,
    /// Signed by an authority nobody trusts.
    UnknownAuthority,
    /// Signed by an intermediate authority that the server does not send.
    IncompleteChain,
}

/// An authority that signs.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Result<Self> {
        let key = KeyPair::generate()?;
        Ok(Self { issuer: CertifiedIssuer::self_signed(authority_params(name)?, key)? })
    }

    fn below(&self, name: &str) -> Result<Self> {
        let key = KeyPair::generate()?;
        Ok(Self { issuer: CertifiedIssuer::signed_by(authority_params(name)?, key, &self.issuer)? })
    }

    /// The authority's certificate for a trust store.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }
}

/// The authority the client trusts, made once per process: keys cost time.
pub fn trusted() -> Result<&'static Authority> {
    static TRUSTED: OnceLock<std::result::Result<Authority, String>> = OnceLock::new();
    let made = TRUSTED.get_or_init(|| Authority::new(AUTHORITY_NAME).map_err(|error| format!("{error:#}")));
    made.as_ref().map_err(|error| anyhow!("cannot make the lab's authority: {error}"))
}

fn authority_params(name: &str) -> Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(DnType::OrganizationName, "Example Corp");
    params.distinguished_name.push(DnType::CommonName, name);
    set_validity(&mut params, -365, 3650)?;
    Ok(params)
}

/// A server configuration with a fresh certificate for `names` that has the given flaw.
pub fn server(names: &[&str], flaw: Flaw) -> Result<Arc<ServerConfig>> {
    server_of(names, flaw, names.first().copied().unwrap_or("server"))
}

/// As [`server`], with a chosen common name.
pub fn server_of(names: &[&str], flaw: Flaw, common_name: &str) -> Result<Arc<ServerConfig>> {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, common_name);
    let (from, until) = match flaw {
        Flaw::Expired => (-100, -10),
        Flaw::NotYetValid => (10, 100),
        _ => (-30, 60),
    };
    set_validity(&mut params, from, until)?;
    let key = KeyPair::generate()?;
    let chain = sign(&params, &key, flaw)?;
    let private = PrivateKeyDer::try_from(key.serialize_der()).map_err(|error| anyhow!(error))?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, private)?;
    Ok(Arc::new(config))
}

fn sign(params: &CertificateParams, key: &KeyPair, flaw: Flaw) -> Result<Vec<CertificateDer<'static>>> {
    let certificate = match flaw {
        Flaw::SelfSigned => params.self_signed(key)?,
        Flaw::UnknownAuthority => params.signed_by(key, &Authority::new("Unknown Root")?.issuer)?,
        Flaw::IncompleteChain => params.signed_by(key, &trusted()?.below(INTERMEDIATE_NAME)?.issuer)?,
        Flaw::None | Flaw::Expired | Flaw::NotYetValid => params.signed_by(key, &trusted()?.issuer)?,
    };
    Ok(vec![certificate.der().clone()])
}

/// As [`server`] without a flaw, for clients that show a certificate of the lab's authority.
pub fn server_for_known_clients(name: &str) -> Result<Arc<ServerConfig>> {
    let mut params = CertificateParams::new(vec![name.to_owned()])?;
    set_validity(&mut params, -30, 60)?;
    let key = KeyPair::generate()?;
    let chain = sign(&params, &key, Flaw::None)?;
    let private = PrivateKeyDer::try_from(key.serialize_der()).map_err(|error| anyhow!(error))?;
    let mut roots = RootCertStore::empty();
    roots.add(trusted()?.issuer.der().clone())?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build()?;
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(clients)
        .with_single_cert(chain, private)?;
    Ok(Arc::new(config))
}

/// Validity in days from today; whole days are enough for every case.
fn set_validity(params: &mut CertificateParams, from: i64, until: i64) -> Result<()> {
    let today: Zoned = Timestamp::now().to_zoned(TimeZone::UTC);
    let day = |offset: i64| -> Result<_> {
        let date = today.date().checked_add(offset.days()).context("date out of range")?;
        Ok(date_time_ymd(i32::from(date.year()), u8::try_from(date.month())?, u8::try_from(date.day())?))
    };
    params.not_before = day(from)?;
    params.not_after = day(until)?;
    Ok(())
}

/// Another authority's certificate, which has signed nothing in the lab.
pub fn unrelated_authority() -> Result<String> {
    Ok(Authority::new("Unrelated Root")?.pem())
}
