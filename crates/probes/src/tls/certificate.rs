//! Certificates, read for people (RFC 5280). Everything in them is the peer's word.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use netmend_model::net::Certificate;
use ring::digest::{SHA256, digest};
use rustls::pki_types::CertificateDer;
use x509_parser::certificate::X509Certificate;
use x509_parser::error::X509Error;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer as _;

use crate::text;

/// Bytes kept of a distinguished name.
const MOST_NAME: usize = 512;
/// Subject alternative names kept; some certificates have hundreds.
const MOST_NAMES: usize = 100;

/// The details of a certificate; of one that cannot be read, its digest alone.
pub(super) fn read(der: &CertificateDer<'_>) -> Certificate {
    let sha256 = text::hexadecimal(digest(&SHA256, der).as_ref());
    match X509Certificate::from_der(der) {
        Ok((_, parsed)) => Certificate { sha256, ..details(&parsed) },
        Err(error) => Certificate { sha256, ..unreadable(&error.to_string()) },
    }
}

fn details(parsed: &X509Certificate<'_>) -> Certificate {
    let seconds = |time: x509_parser::time::ASN1Time| time.timestamp() as f64;
    Certificate {
        subject: text::line(parsed.subject().to_string().as_bytes(), MOST_NAME),
        issuer: text::line(parsed.issuer().to_string().as_bytes(), MOST_NAME),
        names: names(parsed),
        not_before_s: seconds(parsed.validity().not_before),
        not_after_s: seconds(parsed.validity().not_after),
        sha256: String::new(),
        self_signed: self_signed(parsed),
        authority: parsed.is_ca(),
    }
}

fn unreadable(error: &str) -> Certificate {
    let subject = format!("unreadable certificate: {}", text::line(error.as_bytes(), MOST_NAME));
    Certificate {
        subject,
        issuer: String::new(),
        names: Vec::new(),
        not_before_s: 0.0,
        not_after_s: 0.0,
        sha256: String::new(),
        self_signed: false,
        authority: false,
    }
}

/// An algorithm that cannot be checked here is taken at its word: the names say that it is its own issuer.
fn self_signed(parsed: &X509Certificate<'_>) -> bool {
    let own_issuer = parsed.subject().as_raw() == parsed.issuer().as_raw();
    own_issuer && matches!(parsed.verify_signature(None), Ok(()) | Err(X509Error::SignatureUnsupportedAlgorithm))
}

fn names(parsed: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = parsed.subject_alternative_name() else { return Vec::new() };
    extension.value.general_names.iter().filter_map(name).take(MOST_NAMES).collect()
}

fn name(general: &GeneralName<'_>) -> Option<String> {
    match general {
        GeneralName::DNSName(name) => Some(text::line(name.as_bytes(), MOST_NAME)),
        GeneralName::IPAddress(bytes) => address(bytes).map(|address| address.to_string()),
        _ => None,
    }
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = || <[u8; 4]>::try_from(bytes).ok().map(|octets| Ipv4Addr::from(octets).into());
    let v6 = || <[u8; 16]>::try_from(bytes).ok().map(|octets| Ipv6Addr::from(octets).into());
    v4().or_else(v6)
}
