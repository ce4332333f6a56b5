//! One diagnostic alone: the same probes as `diagnose`, without a judgement.

mod show;

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use netmend_engine::{CancellationToken, measure};
use netmend_model::{Data, Evidence, Family, LookupRole, Outcome, Protocol, Record, Request, Role, Target, Topic, Via};
use tokio::task::JoinSet;

use crate::args::{Single, SingleOptions, SingleTarget};
use crate::{diagnose, exit, output};

/// Runs one diagnostic: exit status 0 when it could be made, 3 when nothing could be measured.
pub fn run(single: &Single) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let how = options(single);
    let cancel = CancellationToken::new();
    let session = Session { cancel: cancel.clone(), end: Instant::now() + how.budget };
    let evidence = runtime.block_on(diagnose::until_interrupted(&cancel, session.take(single)));
    runtime.shutdown_background();
    let evidence = evidence?;
    let out = if how.json { serde_json::to_string_pretty(&evidence)? + "\n" } else { show::all(&evidence) };
    output::result(&out);
    let asked = evidence.iter().filter(|evidence| !matches!(evidence.request, Request::SystemLookup { .. }));
    let seen = asked.map(|evidence| evidence.outcome.data()).any(|data| data.is_some());
    Ok(match (cancel.is_cancelled(), seen) {
        (true, _) => 130.into(),
        (false, true) => ExitCode::SUCCESS,
        (false, false) => exit::NO_VERDICT.into(),
    })
}

fn options(single: &Single) -> SingleOptions {
    match single {
        Single::Ping { to, .. }
        | Single::Trace { to, .. }
        | Single::Dns { to, .. }
        | Single::Connect(to)
        | Single::Tls(to)
        | Single::Http(to) => to.how,
        Single::Proxy { how, .. }
        | Single::Routes { how, .. }
        | Single::Firewall(how)
        | Single::Listeners(how)
        | Single::Interfaces(how) => *how,
    }
}

struct Session {
    cancel: CancellationToken,
    end: Instant,
}

impl Session {
    async fn take(&self, single: &Single) -> anyhow::Result<Vec<Evidence>> {
        match single {
            Single::Ping { count, to } => {
                self.each_address(to, |address, _| Request::Echo { to: address, count: *count, role: Role::Target })
                    .await
            }
            Single::Trace { method, to } => {
                let method = (*method).into();
                self.each_address(to, |address, port| Request::Trace {
                    to: (address, port).into(),
                    method,
                    role: Role::Target,
                })
                .await
            }
            Single::Connect(to) => {
                self.each_address(to, |address, port| Request::Connect {
                    to: (address, port).into(),
                    role: Role::Target,
                    wait_ms: None,
                })
                .await
            }
            Single::Dns { server, to } => self.names(to, server.as_deref()).await,
            Single::Tls(to) => {
                let host = diagnose::parse(&to.target)?.host;
                self.each_address(to, |address, port| Request::Tls {
                    to: (address, port).into(),
                    name: host.clone(),
                    mss: None,
                })
                .await
            }
            Single::Http(to) => self.http(to).await,
            Single::Proxy { target, .. } => self.proxies(target.as_deref()).await,
            Single::Firewall(_) => Ok(vec![self.fact(Topic::Firewall).await]),
            Single::Listeners(_) => Ok(vec![self.fact(Topic::Listeners).await]),
            Single::Interfaces(_) => Ok(vec![self.fact(Topic::Interfaces).await]),
            Single::Routes { target, .. } => self.routes(target.as_deref()).await,
        }
    }

    async fn one(&self, request: Request) -> Evidence {
        measure(request, self.left(), self.cancel.clone()).await
    }

    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    async fn fact(&self, topic: Topic) -> Evidence {
        self.one(Request::Fact { topic }).await
    }

    /// Measures all at once, and gives the evidence in the order of the requests.
    async fn all(&self, requests: Vec<Request>) -> Vec<Evidence> {
        let mut tasks = JoinSet::new();
        for (index, request) in requests.into_iter().enumerate() {
            let (left, cancel) = (self.left(), self.cancel.clone());
            tasks.spawn(async move { (index, measure(request, left, cancel).await) });
        }
        let mut done = tasks.join_all().await;
        done.sort_by_key(|(index, _)| *index);
        done.into_iter().map(|(_, evidence)| evidence).collect()
    }

    /// The addresses of a target, with the look-up where one was needed.
    async fn resolve(&self, target: &Target, family: Option<Family>) -> (Vec<Evidence>, Vec<IpAddr>) {
        if let Ok(address) = target.host.parse() {
            return (Vec::new(), vec![address]);
        }
        let evidence = self.one(Request::SystemLookup { name: target.host.clone() }).await;
        let mut addresses = match &evidence.outcome {
            Outcome::Observed { data: Data::SystemLookup(lookup) } => lookup.addresses.clone(),
            _ => Vec::new(),
        };
        addresses.retain(|address| family.is_none_or(|family| Family::of(*address) == family));
        if addresses.is_empty() {
            output::say(&output::words().with("cli-no-address", &[("host", &target.host)]));
        }
        (vec![evidence], addresses)
    }

    async fn each_address(
        &self,
        to: &SingleTarget,
        request: impl Fn(IpAddr, u16) -> Request,
    ) -> anyhow::Result<Vec<Evidence>> {
        let target = diagnose::parse(&to.target)?;
        let (mut evidence, addresses) = self.resolve(&target, diagnose::family(to.ipv4, to.ipv6)).await;
        let port = target.ports().first().copied().unwrap_or(443);
        evidence.extend(self.all(addresses.into_iter().map(|address| request(address, port)).collect()).await);
        Ok(numbered(evidence))
    }

    async fn http(&self, to: &SingleTarget) -> anyhow::Result<Vec<Evidence>> {
        let target = diagnose::parse(&to.target)?;
        let clear = target.expect == Protocol::Http || target.port == Some(80);
        let (scheme, usual) = if clear { ("http", 80) } else { ("https", 443) };
        let host = if target.host.contains(':') { format!("[{}]", target.host) } else { target.host.clone() };
        let port = target.port.unwrap_or(usual);
        let path = if target.path.is_empty() { "/" } else { &target.path };
        let url = format!("{scheme}://{host}:{port}{path}");
        let (mut evidence, addresses) = self.resolve(&target, diagnose::family(to.ipv4, to.ipv6)).await;
        let requests = addresses.into_iter().map(|address| Request::Http {
            to: (address, port).into(),
            url: url.clone(),
            via: Via::Direct,
            mss: None,
        });
        evidence.extend(self.all(requests.collect()).await);
        Ok(numbered(evidence))
    }

    async fn names(&self, to: &SingleTarget, server: Option<&str>) -> anyhow::Result<Vec<Evidence>> {
        let target = diagnose::parse(&to.target)?;
        let mut evidence = Vec::new();
        let servers = if let Some(server) = server {
            vec![server_address(server)?]
        } else {
            let settings = self.fact(Topic::Resolvers).await;
            let servers = configured(&settings);
            evidence.push(settings);
            servers
        };
        let mut requests = vec![Request::SystemLookup { name: target.host.clone() }];
        for server in servers {
            for record in records(diagnose::family(to.ipv4, to.ipv6)) {
                let (name, role) = (target.host.clone(), LookupRole::Configured);
                requests.push(Request::Lookup { server, name, record, role });
            }
        }
        evidence.extend(self.all(requests).await);
        Ok(numbered(evidence))
    }

    async fn proxies(&self, target: Option<&str>) -> anyhow::Result<Vec<Evidence>> {
        let target = target.map(diagnose::parse).transpose()?;
        let settings = self.fact(Topic::ProxySettings).await;
        let mut requests = Vec::new();
        if let (Some(target), Outcome::Observed { data: Data::ProxySettings(settings) }) = (target, &settings.outcome) {
            for setting in &settings.proxies {
                let request = Request::Proxy {
                    proxy: setting.proxy.clone(),
                    host: target.host.clone(),
                    port: target.ports().first().copied().unwrap_or(443),
                    expect: target.expect,
                };
                if !requests.contains(&request) {
                    requests.push(request);
                }
            }
        }
        let mut evidence = vec![settings];
        evidence.extend(self.all(requests).await);
        Ok(numbered(evidence))
    }

    async fn routes(&self, target: Option<&str>) -> anyhow::Result<Vec<Evidence>> {
        let Some(target) = target else { return Ok(vec![self.fact(Topic::Routes).await]) };
        let target = diagnose::parse(target)?;
        let (mut evidence, addresses) = self.resolve(&target, None).await;
        evidence.extend(self.all(addresses.into_iter().map(|address| Request::RouteTo { address }).collect()).await);
        Ok(numbered(evidence))
    }
}

/// The servers that the settings name.
fn configured(settings: &Evidence) -> Vec<SocketAddr> {
    match &settings.outcome {
        Outcome::Observed { data: Data::Resolvers(resolvers) } => {
            resolvers.servers.iter().map(|server| server.address).collect()
        }
        _ => Vec::new(),
    }
}

fn records(family: Option<Family>) -> Vec<Record> {
    match family {
        Some(Family::Ipv4) => vec![Record::A],
        Some(Family::Ipv6) => vec![Record::Aaaa],
        None => vec![Record::A, Record::Aaaa],
    }
}

fn server_address(text: &str) -> anyhow::Result<SocketAddr> {
    let address = text.trim_matches(['[', ']']).parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 53));
    address
        .or_else(|_| text.parse())
        .map_err(|_| exit::Wrong(output::words().with("cli-server-wrong", &[("server", text)])).into())
}

fn numbered(mut evidence: Vec<Evidence>) -> Vec<Evidence> {
    for (index, evidence) in evidence.iter_mut().enumerate() {
        evidence.id = format!("e{}", index + 1);
    }
    evidence
}
