//! A proxy auto-configuration file: fetched without a proxy, and evaluated for the target in a process of its own.

use std::fs::File;
use std::io::Read as _;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use netmend_model::net::{ExchangeEnd, Pac};
use netmend_model::{Outcome, ReasonCode};
use netmend_sys::pac::{Question, evaluate};
use netmend_sys::sockets::os_error_from;
use tokio::time::timeout;
use url::Url;

use crate::detached::detached;
use crate::http::exchange::exchange;
use crate::http::request::Location;
use crate::http::{Limits, limits};
use crate::transport::{layered, reach};
use crate::{Context, text};

/// The largest script that is taken, as in browsers.
const MOST: usize = 1024 * 1024;
const MOST_REDIRECTIONS: usize = 3;
const FETCH: Duration = Duration::from_secs(3);
const EVALUATE: Duration = Duration::from_secs(2);

/// Fetches the script at `url` (http, https or file) and asks it for `for_url`.
pub async fn run(ctx: &Context, url: &str, for_url: &str) -> Outcome<Pac> {
    let parsed = Url::parse(url).map_err(|error| error.to_string());
    let file = parsed.as_ref().ok().filter(|url| url.scheme() == "file").and_then(|url| url.to_file_path().ok());
    let fetched = match (file, Location::parse(url)) {
        (Some(path), _) => from_file(path).await,
        (None, Ok(location)) => fetch(ctx, &location).await,
        (None, Err(detail)) => return Outcome::not_run(ReasonCode::Malformed, detail),
    };
    let mut seen = Pac { end: fetched.end, status: fetched.status, bytes: fetched.bytes, result: None, error: None };
    if let Some(script) = fetched.script {
        match answer(ctx, script, for_url, fetched.my_address).await {
            Ok(result) => seen.result = Some(text::line(result.as_bytes(), 2048)),
            Err(error) => seen.error = Some(text::line(error.as_bytes(), 2048)),
        }
    }
    Outcome::observed(seen)
}

/// What came of fetching.
struct Fetched {
    end: ExchangeEnd,
    status: Option<u16>,
    bytes: u64,
    /// The script, where one came.
    script: Option<Vec<u8>>,
    /// Where the answer sends its reader.
    leads_to: Option<String>,
    /// This computer's address towards the server.
    my_address: IpAddr,
}

impl Fetched {
    fn nothing(end: ExchangeEnd) -> Self {
        Self { end, status: None, bytes: 0, script: None, leads_to: None, my_address: Ipv4Addr::LOCALHOST.into() }
    }
}

async fn fetch(ctx: &Context, location: &Location) -> Fetched {
    let patience = ctx.within(FETCH);
    timeout(patience, followed(ctx, location)).await.unwrap_or_else(|_| Fetched::nothing(ExchangeEnd::Silent))
}

/// Redirections are followed, as programs do.
async fn followed(ctx: &Context, location: &Location) -> Fetched {
    let mut location = location.clone();
    let mut came = fetched(ctx, &location).await;
    for _ in 0..MOST_REDIRECTIONS {
        let next = came.leads_to.as_deref().and_then(|to| location.redirected(to).ok());
        let Some(next) = next else { break };
        location = next;
        came = fetched(ctx, &location).await;
    }
    came
}

async fn fetched(ctx: &Context, location: &Location) -> Fetched {
    let request = match location.get() {
        Ok(request) => request,
        Err(detail) => return Fetched::nothing(ExchangeEnd::Malformed { detail }),
    };
    let reached = reach(ctx, location.host(), location.port()).await;
    let Some(line) = &reached.line else { return Fetched::nothing(reached.end()) };
    let io = match layered(ctx, line, location.is_secure(), location.host()).await {
        Ok((io, _)) => io,
        Err(end) => return Fetched::nothing(end),
    };
    let limits = Limits { first_byte: ctx.within(FETCH), ..limits(ctx, MOST) };
    let answer = exchange(io, request, limits).await;
    let whole = answer.end == ExchangeEnd::Answered && !answer.more;
    let redirected = matches!(answer.status, Some(301 | 302 | 303 | 307 | 308));
    let leads_to = answer.header("location").filter(|_| redirected).map(str::to_owned);
    let my_address = line.attempt().local.map(|local| local.ip());
    Fetched {
        end: if answer.more { ExchangeEnd::TooLarge } else { answer.end },
        status: answer.status,
        bytes: answer.body.len() as u64,
        leads_to,
        script: (whole && answer.status == Some(200)).then_some(answer.body),
        my_address: my_address.unwrap_or(Ipv4Addr::LOCALHOST.into()),
    }
}

/// On a thread of its own: what the path names may be a pipe that nobody writes to.
async fn from_file(path: PathBuf) -> Fetched {
    let read = timeout(FETCH, detached("pac-file", move || read_file(&path))).await;
    match read {
        Ok(Some(Ok(script))) if script.len() > MOST => Fetched::nothing(ExchangeEnd::TooLarge),
        Ok(Some(Ok(script))) => {
            let bytes = script.len() as u64;
            Fetched { bytes, script: Some(script), ..Fetched::nothing(ExchangeEnd::Answered) }
        }
        Ok(Some(Err(error))) => Fetched::nothing(ExchangeEnd::Failed { error: os_error_from(&error) }),
        Ok(None) | Err(_) => Fetched::nothing(ExchangeEnd::Silent),
    }
}

fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut script = Vec::new();
    File::open(path)?.take(MOST as u64 + 1).read_to_end(&mut script)?;
    Ok(script)
}

async fn answer(ctx: &Context, script: Vec<u8>, for_url: &str, my_address: IpAddr) -> Result<String, String> {
    // Old files are in Latin-1; outside comments they are ASCII all the same.
    let script = String::from_utf8(script)
        .unwrap_or_else(|error| error.into_bytes().iter().map(|byte| char::from(*byte)).collect());
    let script = script.trim_start_matches('\u{feff}').to_owned();
    if !script.contains("FindProxyForURL") {
        return Err("this is no PAC file: it does not define FindProxyForURL".into());
    }
    let patience = ctx.within(EVALUATE);
    let question = Question { script, url: for_url.to_owned(), my_address, patience };
    detached("pac", move || evaluate(&question))
        .await
        .unwrap_or_else(|| Err("not evaluated: the system gave no thread for it".into()))
}
