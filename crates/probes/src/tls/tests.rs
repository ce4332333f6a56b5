use proptest::prelude::*;
use rcgen::{DnType, date_time_ymd};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::server::WebPkiClientVerifier;
use tokio::io::AsyncWriteExt as _;

use super::client::provider;
use super::*;
use crate::testing::{
    Identity, answering, authority, closed_port, context, dripping, hurried, read_some, resetting, server, silent,
    swallow, tls_server,
};

const NAME: &str = "www.example.test";

async fn look(ctx: &Context, to: SocketAddr, name: &str) -> Tls {
    run(ctx, to, name, None).await.data().unwrap().clone()
}

async fn look_at(identity: &Identity) -> Tls {
    look(&context(), tls_server(identity.server(), "").await, NAME).await
}

fn why(trust: &Trust) -> &str {
    match trust {
        Trust::Untrusted { why, .. } => why,
        Trust::Trusted => "trusted",
        Trust::NotChecked => "not checked",
    }
}

/// What a store with `root` alone says of the chain of `identity`, now.
fn judged_by(root: &CertificateDer<'static>, identity: &Identity) -> Trust {
    let mut roots = RootCertStore::empty();
    roots.add(root.clone()).unwrap();
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build().unwrap();
    let name = ServerName::try_from(NAME).unwrap();
    Chain { certificates: identity.chain.clone(), name, self_signed: false }.verdict(verifier.as_ref())
}

#[tokio::test]
async fn a_handshake_is_completed_whatever_the_certificate() {
    let seen = look_at(&Identity::self_signed(&[NAME], |_| ())).await;
    assert_eq!(seen.end, TlsEnd::Completed);
    assert_eq!((seen.version.as_deref(), seen.name_matches), (Some("TLSv1.3"), Some(true)));
    assert_eq!(seen.cipher.as_deref(), Some("TLS13_AES_256_GCM_SHA384"));
    assert_eq!(why(&seen.trust_public), "self_signed");
    assert!(seen.connect_ms.is_some() && seen.handshake_ms.is_some() && seen.tcp_info.is_some());
    assert!(!seen.client_certificate_requested);
    let own = &seen.chain[0];
    assert!(own.self_signed && !own.authority && own.sha256.len() == 64);
    assert_eq!(own.names, [NAME]);
}

#[tokio::test]
async fn an_own_authority_as_server_is_self_signed() {
    let identity = Identity::self_signed(&[NAME], |params| {
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    });
    let seen = look_at(&identity).await;
    assert_eq!(why(&seen.trust_public), "self_signed");
    assert!(seen.chain[0].authority);
}

#[tokio::test]
async fn another_name_does_not_match() {
    let seen = look_at(&Identity::self_signed(&["other.example.test"], |_| ())).await;
    assert_eq!((seen.end, seen.name_matches), (TlsEnd::Completed, Some(false)));
}

#[tokio::test]
async fn an_address_can_be_the_name() {
    let identity = Identity::self_signed(&["127.0.0.1"], |_| ());
    let to = tls_server(identity.server(), "").await;
    let seen = look(&context(), to, "127.0.0.1").await;
    assert_eq!((seen.end, seen.name_matches), (TlsEnd::Completed, Some(true)));
    assert_eq!(seen.chain[0].names, ["127.0.0.1"]);
}

#[tokio::test]
async fn an_unknown_authority_is_unknown() {
    let authority = authority();
    let seen = look_at(&Identity::issued(&authority, &[NAME], |_| ())).await;
    assert_eq!(why(&seen.trust_public), "unknown_issuer");
    assert!(!seen.chain[0].self_signed);
}

#[test]
fn a_known_authority_is_trusted_in_time_and_for_the_name() {
    let authority = authority();
    let root = authority.der();
    let of = |change: fn(&mut rcgen::CertificateParams)| Identity::issued(&authority, &[NAME], change);
    assert_eq!(judged_by(root, &of(|_| ())), Trust::Trusted);
    let expired = of(|params| params.not_after = date_time_ymd(2001, 1, 1));
    assert_eq!(why(&judged_by(root, &expired)), "expired");
    let early = of(|params| params.not_before = date_time_ymd(4000, 1, 1));
    assert_eq!(why(&judged_by(root, &early)), "not_yet_valid");
    let other = Identity::issued(&authority, &["other.example.test"], |_| ());
    assert_eq!(why(&judged_by(root, &other)), "name_mismatch");
}

#[tokio::test]
async fn the_dates_are_kept() {
    let identity = Identity::self_signed(&[NAME], |params| {
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(2001, 1, 1);
    });
    let own = &look_at(&identity).await.chain[0];
    assert!((own.not_before_s - 946_684_800.0).abs() < 0.5 && (own.not_after_s - 978_307_200.0).abs() < 0.5);
}

#[tokio::test]
async fn names_are_shown_as_they_are_without_steering() {
    let identity = Identity::self_signed(&[NAME], |params| {
        params.distinguished_name.push(DnType::CommonName, "<script>alert(1)</script>\u{1b}[31m\n");
    });
    let subject = look_at(&identity).await.chain[0].subject.clone();
    assert!(subject.contains("<script>") && !subject.contains(['\u{1b}', '\n']), "{subject:?}");
}

/// A server that wants a certificate of its clients.
async fn exacting(version: &'static rustls::SupportedProtocolVersion) -> SocketAddr {
    let authority = authority();
    let identity = Identity::issued(&authority, &[NAME], |_| ());
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).unwrap();
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider()).build().unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[version])
        .unwrap()
        .with_client_cert_verifier(clients)
        .with_single_cert(identity.chain, identity.key)
        .unwrap();
    tls_server(config, "").await
}

#[tokio::test]
async fn a_missing_client_certificate_is_seen_after_the_handshake() {
    let seen = look(&context(), exacting(&rustls::version::TLS13).await, NAME).await;
    assert_eq!(seen.end, TlsEnd::Alert { name: "certificate_required".into() });
    assert!(seen.client_certificate_requested && !seen.chain.is_empty());
}

#[tokio::test]
async fn a_missing_client_certificate_is_seen_in_the_older_version() {
    let seen = look(&context(), exacting(&rustls::version::TLS12).await, NAME).await;
    assert!(matches!(seen.end, TlsEnd::Alert { .. }), "{:?}", seen.end);
    assert!(seen.client_certificate_requested);
}

#[tokio::test]
async fn a_service_with_a_protocol_of_its_own_is_asked_again() {
    let mut config = Identity::self_signed(&[NAME], |_| ()).server();
    config.alpn_protocols = vec![b"postgresql".to_vec()];
    let seen = look(&context(), tls_server(config, "").await, NAME).await;
    assert_eq!((seen.end, seen.alpn), (TlsEnd::Completed, None));
}

#[tokio::test]
async fn the_protocol_chosen_is_kept() {
    let mut config = Identity::self_signed(&[NAME], |_| ()).server();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let seen = look(&context(), tls_server(config, "").await, NAME).await;
    assert_eq!(seen.alpn.as_deref(), Some("http/1.1"));
}

#[tokio::test]
async fn an_alert_has_its_name() {
    let seen = look(&context(), answering([21, 3, 3, 0, 2, 2, 40]).await, NAME).await;
    assert_eq!(seen.end, TlsEnd::Alert { name: "handshake_failure".into() });
    assert_eq!(seen.name_matches, None);
}

#[tokio::test]
async fn what_is_not_tls_is_kept() {
    let seen = look(&context(), answering("HTTP/1.1 400 Bad Request\r\n\r\n").await, NAME).await;
    let TlsEnd::NotTls { received } = seen.end else { panic!("{:?}", seen.end) };
    assert!(received.starts_with("HTTP/1.1 400 Bad Request\\x0d"), "{received}");
    let short = look(&context(), answering("-").await, NAME).await;
    assert_eq!(short.end, TlsEnd::NotTls { received: "-".into() });
}

#[tokio::test]
async fn silence_is_silence() {
    let seen = look(&hurried(), silent().await, NAME).await;
    assert_eq!(seen.end, TlsEnd::Silent);
    assert_eq!(seen.tcp_info.unwrap().state, "ESTABLISHED");
}

#[tokio::test]
async fn a_byte_at_a_time_does_not_hang() {
    let begin = Instant::now();
    let seen = look(&hurried(), dripping(&[22, 3, 3, 0x40, 0]).await, NAME).await;
    assert_eq!(seen.end, TlsEnd::Silent);
    assert!(begin.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_close_and_a_reset_are_told_apart() {
    assert_eq!(look(&context(), answering("").await, NAME).await.end, TlsEnd::Closed);
    assert_eq!(look(&context(), resetting().await, NAME).await.end, TlsEnd::Reset);
}

#[tokio::test]
async fn a_close_within_the_answer_is_a_close() {
    let seen = look(&context(), answering([22, 3, 3, 0, 100, 2]).await, NAME).await;
    assert_eq!(seen.end, TlsEnd::Closed);
}

#[tokio::test]
async fn a_refused_connection_keeps_its_error() {
    let seen = look(&context(), closed_port().await, NAME).await;
    let TlsEnd::NotConnected { error: Some(error) } = seen.end else { panic!("{:?}", seen.end) };
    assert_eq!(error.symbol, "ECONNREFUSED");
}

#[tokio::test]
async fn a_size_of_segments_is_asked_for() {
    let identity = Identity::self_signed(&[NAME], |_| ());
    let seen = run(&context(), tls_server(identity.server(), "").await, NAME, Some(536)).await;
    assert!(seen.data().unwrap().tcp_info.as_ref().unwrap().snd_mss <= 536);
}

#[tokio::test]
async fn what_is_no_name_is_not_tried() {
    let seen = run(&context(), closed_port().await, "not a name", None).await;
    assert_eq!(seen.reason().unwrap().code, ReasonCode::Malformed);
}

#[tokio::test]
async fn garbage_within_a_handshake_is_a_failure() {
    let to = server(|mut stream| async move {
        read_some(&mut stream).await;
        stream.write_all(&[22, 3, 3, 0, 4, 0xff, 0, 0, 0]).await.unwrap();
        swallow(stream).await;
    })
    .await;
    let seen = look(&context(), to, NAME).await;
    assert!(matches!(seen.end, TlsEnd::Failed { .. }), "{:?}", seen.end);
}

/// Where the child of the next test finds its server.
const CHILD: &str = "NETMEND_TEST_TLS_SERVER";

#[tokio::test]
async fn a_store_that_the_environment_names_is_honoured() {
    let authority = authority();
    let to = tls_server(Identity::issued(&authority, &[NAME], |_| ()).server(), "").await;
    let store = std::env::temp_dir().join(format!("netmend-test-{}.pem", std::process::id()));
    std::fs::write(&store, authority.pem()).unwrap();
    // The variable must stand before the process starts: the store is read once.
    let child = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "tls::tests::the_child_trusts_the_store_of_its_environment"])
        .env("SSL_CERT_FILE", &store)
        .env_remove("SSL_CERT_DIR")
        .env(CHILD, to.to_string())
        .output()
        .await
        .unwrap();
    std::fs::remove_file(&store).unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test]
#[ignore = "run by the test before it"]
async fn the_child_trusts_the_store_of_its_environment() {
    let to = std::env::var(CHILD).unwrap().parse().unwrap();
    let seen = look(&context(), to, NAME).await;
    assert_eq!((seen.trust_system, why(&seen.trust_public)), (Trust::Trusted, "unknown_issuer"));
    let other = look(&context(), to, "other.example.test").await;
    assert_eq!(why(&other.trust_system), "name_mismatch");
}

proptest! {
    #[test]
    fn no_certificate_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let read = certificate::read(&CertificateDer::from(bytes));
        prop_assert_eq!(read.sha256.len(), 64);
    }

    #[test]
    fn no_damaged_certificate_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = SAMPLE.with(Clone::clone);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = certificate::read(&CertificateDer::from(bytes));
    }
}

thread_local! {
    static SAMPLE: Vec<u8> = Identity::self_signed(&[NAME, "192.0.2.1"], |_| ()).chain[0].to_vec();
}
