//! Whether the target answers behind a proxy: some grant every CONNECT before they have tried.

use std::sync::Arc;
use std::time::Duration;

use netmend_model::Protocol;
use rustls::pki_types::ServerName;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::http::exchange::exchange;
use crate::http::limits;
use crate::http::request::Location;
use crate::tls::client::{Recorder, config};
use crate::transport::{Layered, Tap, Watch};
use crate::{Context, greeting};

const PATIENCE: Duration = Duration::from_secs(5);

/// Whether anything answers in `tunnel` that `expect` could be: a TLS record, an HTTP status, first bytes. Of a bare TCP
/// service nothing is to be expected but that the tunnel stays.
pub(super) async fn answers(ctx: &Context, tunnel: Layered, host: &str, port: u16, expect: Protocol) -> bool {
    let patience = ctx.within(PATIENCE);
    match expect {
        Protocol::Tls | Protocol::Https => says_tls(tunnel, host, patience).await,
        Protocol::Http => says_http(ctx, tunnel, host, port).await,
        _ => greeting::answers(ctx, tunnel, expect, patience).await,
    }
}

/// A record of any kind (RFC 8446, 5.1) will do, an alert too.
async fn says_tls(tunnel: Layered, host: &str, patience: Duration) -> bool {
    let name = ServerName::try_from(host.to_owned());
    let (Ok(name), Ok(config)) = (name, config(&Arc::new(Recorder::default()), &[])) else { return false };
    let watch = Watch::default();
    let handshake = TlsConnector::from(config).connect(name, Tap::new(tunnel, watch.clone()));
    drop(timeout(patience, handshake).await);
    matches!(watch.seen().first.as_slice(), [20..=24, 3, ..])
}

async fn says_http(ctx: &Context, tunnel: Layered, host: &str, port: u16) -> bool {
    let authority = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let request = Location::parse(&format!("http://{authority}:{port}/")).and_then(|location| location.head());
    match request {
        Ok(request) => exchange(tunnel, request, limits(ctx, 1)).await.status.is_some(),
        Err(_) => false,
    }
}
