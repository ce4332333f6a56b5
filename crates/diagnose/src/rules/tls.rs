//! Causes in the TLS handshake.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign::{
    CertificateExpired, CertificateForOtherName, CertificateNotYetValid, ClientCertificateWanted, ExchangeSilent,
    IssuerUnknown, Loss, NoCommonTlsVersion, RequestAcknowledged, RequestUnacknowledged, SmallSegmentsHelp,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        cause: CauseId::TlsExpired,
        stage: Stage::Secure,
        needs: &[(CertificateExpired, 5.5)],
        hints: &[],
        excludes: &[],
    },
    Rule {
        cause: CauseId::TlsNotYetValid,
        stage: Stage::Secure,
        needs: &[(CertificateNotYetValid, 5.5)],
        hints: &[],
        excludes: &[],
    },
    Rule {
        cause: CauseId::TlsHostnameMismatch,
        stage: Stage::Secure,
        needs: &[(CertificateForOtherName, 5.5)],
        hints: &[(IssuerUnknown, -1.5, 0.0)],
        excludes: &[],
    },
    Rule {
        cause: CauseId::TlsUntrusted,
        stage: Stage::Secure,
        needs: &[(IssuerUnknown, 5.5)],
        hints: &[(CertificateForOtherName, -0.8, 0.0)],
        excludes: &[],
    },
    Rule {
        cause: CauseId::TlsVersionMismatch,
        stage: Stage::Secure,
        needs: &[(NoCommonTlsVersion, 5.0)],
        hints: &[],
        excludes: &[ClientCertificateWanted],
    },
    Rule {
        cause: CauseId::TlsClientCertificateRequired,
        stage: Stage::Secure,
        needs: &[(ClientCertificateWanted, 5.5)],
        hints: &[],
        excludes: &[],
    },
    Rule {
        cause: CauseId::TlsHandshakeDropped,
        stage: Stage::Secure,
        needs: &[(ExchangeSilent, 2.0), (RequestUnacknowledged, 2.8)],
        // Where packets are lost, one ClientHello more is no wonder.
        hints: &[(Loss, -4.0, 0.0)],
        excludes: &[SmallSegmentsHelp, RequestAcknowledged],
    },
];
