//! URLs, and the requests made of them.

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::header::{ACCEPT, CONNECTION, HOST, USER_AGENT};
use hyper::{Method, Request};
use url::{Host, Url};

/// What this program calls itself.
const AGENT: &str = concat!("netmend/", env!("CARGO_PKG_VERSION"));

/// Where a request goes and what it asks for.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    url: Url,
    host: String,
    port: u16,
}

impl Location {
    /// Reads an `http` or `https` URL. User name, password and fragment are dropped: they are never sent.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut url = Url::parse(text).map_err(|error| format!("{text:?} is not a URL: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("the scheme {:?} is neither http nor https", url.scheme()));
        }
        url.set_fragment(None);
        // Both fail only for URLs without a host, and these schemes have one.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let host = match url.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => return Err(format!("{text:?} names no host")),
        };
        let port = url.port_or_known_default().unwrap_or(80);
        Ok(Self { url, host, port })
    }

    /// Where a `Location` header of this one's answer leads.
    pub(crate) fn redirected(&self, to: &str) -> Result<Self, String> {
        let url = self.url.join(to).map_err(|error| format!("{to:?} is not a URL: {error}"))?;
        Self::parse(url.as_str())
    }

    /// Name or address, without brackets.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Whether TLS is spoken below HTTP.
    pub(crate) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// GET in origin-form (RFC 9112, 3.2.1).
    pub(crate) fn get(&self) -> Result<Request<Empty<Bytes>>, String> {
        let query = self.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        self.request(&Method::GET, &format!("{}{query}", self.url.path()))
    }

    /// HEAD, where any answer will do.
    pub(crate) fn head(&self) -> Result<Request<Empty<Bytes>>, String> {
        self.request(&Method::HEAD, self.url.path())
    }

    /// GET in absolute-form, as a proxy wants it (RFC 9112, 3.2.2).
    pub(crate) fn get_by_proxy(&self) -> Result<Request<Empty<Bytes>>, String> {
        self.request(&Method::GET, self.url.as_str())
    }

    fn request(&self, method: &Method, target: &str) -> Result<Request<Empty<Bytes>>, String> {
        let bracketed = self.url.host_str().unwrap_or_default();
        let host = self.url.port().map_or_else(|| bracketed.to_owned(), |port| format!("{bracketed}:{port}"));
        build(method, target, &host)
    }
}

/// CONNECT to `host:port` (RFC 9110, 9.3.6).
pub(crate) fn connect(host: &str, port: u16) -> Result<Request<Empty<Bytes>>, String> {
    let authority = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    build(&Method::CONNECT, &authority, &authority)
}

fn build(method: &Method, target: &str, host: &str) -> Result<Request<Empty<Bytes>>, String> {
    let request = Request::builder().method(method).uri(target).header(HOST, host).header(USER_AGENT, AGENT);
    // A tunnel is to stay; any other connection is for this one exchange.
    let request =
        if *method == Method::CONNECT { request } else { request.header(ACCEPT, "*/*").header(CONNECTION, "close") };
    request.body(Empty::new()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_split_without_its_secrets() {
        let location = Location::parse("https://user:secret@www.example.test:8443/a?b=c#d").unwrap();
        assert_eq!((location.host(), location.port(), location.is_secure()), ("www.example.test", 8443, true));
        let request = location.get().unwrap();
        assert_eq!(request.uri().to_string(), "/a?b=c");
        assert_eq!(request.headers()[HOST], "www.example.test:8443");
        let request = location.get_by_proxy().unwrap();
        assert_eq!(request.uri().to_string(), "https://www.example.test:8443/a?b=c");
    }

    #[test]
    fn a_redirection_may_be_relative() {
        let location = Location::parse("http://www.example.test/a/b").unwrap();
        assert_eq!(location.redirected("../c").unwrap().get().unwrap().uri(), "/c");
        assert!(location.redirected("https://other.example.test/").unwrap().is_secure());
        assert!(location.redirected("file:///etc/passwd").is_err());
    }

    #[test]
    fn addresses_keep_their_brackets_where_they_need_them() {
        let location = Location::parse("http://[2001:db8::1]").unwrap();
        assert_eq!((location.host(), location.port()), ("2001:db8::1", 80));
        assert_eq!(location.get().unwrap().headers()[HOST], "[2001:db8::1]");
        assert_eq!(connect("2001:db8::1", 443).unwrap().uri().to_string(), "[2001:db8::1]:443");
    }

    #[test]
    fn what_is_not_http_is_refused() {
        assert!(Location::parse("ftp://www.example.test/").is_err());
        assert!(Location::parse("http://").is_err());
        assert!(Location::parse("www.example.test").is_err());
    }
}
