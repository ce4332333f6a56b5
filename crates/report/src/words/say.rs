//! What was asked for, in one line.

use netmend_model::facts::ProxyEndpoint;
use netmend_model::{Reason, Request, Via};

use super::{Words, names::code};

impl Words {
    /// What a request measures: "Connection to 203.0.113.10:8443, the target".
    pub fn request(&self, request: &Request) -> String {
        match request {
            Request::Fact { topic, .. } => self.with("request-fact", &[("topic", &self.topic(*topic))]),
            Request::RouteTo { address, .. } => self.with("request-route-to", &[("address", &address.to_string())]),
            Request::Lookup { server, name, record, role, .. } => self.with(
                "request-lookup",
                &[
                    ("server", &server.to_string()),
                    ("name", name),
                    ("record", &code(record).to_uppercase()),
                    ("role", &self.lookup_role(*role)),
                ],
            ),
            Request::SystemLookup { name, .. } => self.with("request-system-lookup", &[("name", name)]),
            Request::Connect { to, role, .. } => {
                self.with("request-connect", &[("to", &to.to_string()), ("role", &self.role(*role))])
            }
            Request::Samples { to, count, .. } => {
                self.with("request-samples", &[("to", &to.to_string()), ("count", &count.to_string())])
            }
            Request::Egress { to, .. } => self.with("request-egress", &[("to", &to.to_string())]),
            Request::FirstHop { to, control_port, .. } => {
                self.with("request-first-hop", &[("to", &to.to_string()), ("control", &control_port.to_string())])
            }
            _ => self.request_further(request),
        }
    }

    fn request_further(&self, request: &Request) -> String {
        match request {
            Request::Trace { to, method, role, .. } => self.with(
                "request-trace",
                &[("to", &to.to_string()), ("method", &code(method).to_uppercase()), ("role", &self.role(*role))],
            ),
            Request::Echo { to, role, .. } => {
                self.with("request-echo", &[("to", &to.to_string()), ("role", &self.role(*role))])
            }
            Request::Mtu { to, .. } => self.with("request-mtu", &[("to", &to.to_string())]),
            Request::Greeting { to, expect, .. } => {
                self.with("request-greeting", &[("to", &to.to_string()), ("expect", &self.protocol(*expect))])
            }
            Request::Tls { to, name, mss, .. } => {
                let key = if mss.is_some() { "request-tls-small" } else { "request-tls" };
                self.with(key, &[("to", &to.to_string()), ("name", name)])
            }
            Request::Http { to, url, via, mss, .. } => {
                let key = match (via, mss) {
                    (Via::Proxy, _) => "request-http-proxy",
                    (Via::Direct, Some(_)) => "request-http-small",
                    (Via::Direct, None) => "request-http",
                };
                self.with(key, &[("to", &to.to_string()), ("url", url)])
            }
            Request::Proxy { proxy, host, port, .. } => {
                self.with("request-proxy", &[("to", &authority(host, *port)), ("proxy", &endpoint(proxy))])
            }
            Request::Pac { url, .. } => self.with("request-pac", &[("url", url)]),
            Request::Connectivity { url, .. } => self.with("request-connectivity", &[("url", url)]),
            // The others are said by the caller.
            _ => request.probe().to_owned(),
        }
    }

    /// Why something has nothing to show: the reason in words, its exact detail in brackets.
    pub fn reason_with_detail(&self, reason: &Reason) -> String {
        let words = self.reason(reason.code);
        if reason.detail.is_empty() { words } else { format!("{words} ({})", crate::visible(&reason.detail)) }
    }

    /// What could not be measured and why.
    pub fn skipped(&self, request: &Request, reason: &Reason) -> String {
        let (what, why) = (self.request(request), self.reason_with_detail(reason));
        self.with("skipped-entry", &[("what", &what), ("reason", &why)])
    }
}

/// `host:port`, with brackets where the host is an IPv6 address.
pub(crate) fn authority(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// A proxy as a URL.
pub(crate) fn endpoint(proxy: &ProxyEndpoint) -> String {
    format!("{}://{}", code(proxy.scheme), authority(&proxy.host, proxy.port))
}
