//! A TLS handshake (RFC 8446): how it went, what the server showed, and what that is worth.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use netmend_model::net::{Certificate, Tls, TlsEnd, Trust};
use netmend_model::{Outcome, ReasonCode};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{Error, ProtocolVersion};
use tokio::io::AsyncReadExt as _;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use self::client::{Recorder, config, failure, handshake};
use self::trust::Chain;
use crate::transport::{Line, Socket, Tap, connect_error, milliseconds};
use crate::{Context, text};

mod alert;
mod certificate;
pub(crate) mod client;
mod trust;

/// What browsers offer.
const WEB: &[&[u8]] = &[b"h2", b"http/1.1"];
/// In TLS 1.3 the server's "certificate required" comes a round trip after the handshake (RFC 8446, 4.4.2.4).
const LATE_ALERT_AT_LEAST: Duration = Duration::from_millis(150);
const LATE_ALERT_AT_MOST: Duration = Duration::from_millis(800);

/// Begins to load this system's trust store in the background: the first look at it takes a while.
pub fn warm_up() {
    trust::warm_up();
}

/// Shakes hands with `to` as a client of `name` (a host name or an address), with segments of at most `mss` bytes where given.
pub async fn run(ctx: &Context, to: SocketAddr, name: &str, mss: Option<u16>) -> Outcome<Tls> {
    warm_up();
    let Ok(server) = ServerName::try_from(name.to_owned()) else {
        return Outcome::not_run(ReasonCode::Malformed, format!("{name:?} is neither a host name nor an address"));
    };
    let first = attempt(ctx, to, &server, mss, WEB).await;
    let seen = match &first {
        // A service of another kind may insist on a protocol of its own: once more without a wish.
        Ok(seen) if refused_the_protocol(&seen.end) => attempt(ctx, to, &server, mss, &[]).await,
        _ => first,
    };
    match seen {
        Ok(seen) => Outcome::observed(seen),
        Err(error) => Outcome::errored(ReasonCode::SystemError, error.to_string()),
    }
}

fn refused_the_protocol(end: &TlsEnd) -> bool {
    matches!(end, TlsEnd::Alert { name } if name == "no_application_protocol")
}

async fn attempt(
    ctx: &Context,
    to: SocketAddr,
    name: &ServerName<'static>,
    mss: Option<u16>,
    alpn: &[&[u8]],
) -> Result<Tls, Error> {
    let recorder = Arc::new(Recorder::default());
    let config = config(&recorder, alpn)?;
    let line = match Line::open(ctx, to, mss).await {
        Ok(line) => line,
        Err(attempt) => {
            let end = TlsEnd::NotConnected { error: connect_error(&attempt) };
            return Ok(Tls { tcp_info: attempt.tcp_info, ..nothing(end) });
        }
    };
    let begin = Instant::now();
    let result = handshake(ctx, &line, config, name.clone()).await;
    let took = begin.elapsed();
    let mut seen = match result {
        Ok(stream) => completed(ctx, stream, &recorder).await,
        Err(end) => nothing(end),
    };
    seen.connect_ms = Some(milliseconds(line.took));
    seen.handshake_ms = Some(milliseconds(took));
    seen.tcp_info = line.tcp_info();
    seen.client_certificate_requested = recorder.asked_for_client_certificate();
    judge(ctx, &mut seen, recorder.chain(), name).await;
    Ok(seen)
}

/// What a completed handshake agreed on, and an alert that comes after it.
async fn completed(ctx: &Context, mut stream: TlsStream<Tap<Socket>>, recorder: &Recorder) -> Tls {
    let (_, connection) = stream.get_ref();
    let version = connection.protocol_version();
    let suite = connection.negotiated_cipher_suite().map(|suite| format!("{:?}", suite.suite()));
    let alpn = connection.alpn_protocol().map(|protocol| text::line(protocol, 32));
    let late = version == Some(ProtocolVersion::TLSv1_3) && recorder.asked_for_client_certificate();
    let end = if late { late_alert(ctx, &mut stream).await } else { TlsEnd::Completed };
    Tls { version: version.map(version_name), cipher: suite, alpn, ..nothing(end) }
}

fn version_name(version: ProtocolVersion) -> String {
    match version {
        ProtocolVersion::TLSv1_3 => "TLSv1.3".into(),
        ProtocolVersion::TLSv1_2 => "TLSv1.2".into(),
        other => format!("{other:?}"),
    }
}

async fn late_alert(ctx: &Context, stream: &mut TlsStream<Tap<Socket>>) -> TlsEnd {
    let patience = ctx.within(ctx.pace.patience(1, LATE_ALERT_AT_LEAST, LATE_ALERT_AT_MOST));
    match timeout(patience, stream.read(&mut [0; 1])).await {
        Ok(Err(error)) => match failure(&error) {
            alert @ TlsEnd::Alert { .. } => alert,
            // How the server ends an idle connection is its own business.
            _ => TlsEnd::Completed,
        },
        _ => TlsEnd::Completed,
    }
}

async fn judge(ctx: &Context, seen: &mut Tls, sent: Vec<CertificateDer<'static>>, name: &ServerName<'static>) {
    let Some(own) = sent.first() else { return };
    seen.chain = sent.iter().map(certificate::read).collect();
    seen.name_matches = trust::name_matches(own, name);
    let self_signed = seen.chain.first().is_some_and(|own: &Certificate| own.self_signed);
    let chain = Chain { certificates: sent, name: name.clone(), self_signed };
    (seen.trust_system, seen.trust_public) = trust::judge(&chain, ctx.within(Duration::MAX)).await;
}

fn nothing(end: TlsEnd) -> Tls {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Tls {
        end,
        connect_ms: None,
        handshake_ms: None,
        version: None,
        cipher: None,
        alpn: None,
        chain: Vec::new(),
        name_matches: None,
        trust_system: Trust::NotChecked,
        trust_public: Trust::NotChecked,
        client_certificate_requested: false,
        checked_at_s: now.as_secs_f64(),
        tcp_info: None,
    }
}

#[cfg(test)]
mod tests;
