//! Which words can be host names, and which only look like one.

/// Words that follow "connect to" and the like without being a name.
static STOP_WORDS: &[&str] = &[
    "a",
    "an",
    "the",
    "to",
    "at",
    "on",
    "in",
    "by",
    "from",
    "for",
    "of",
    "with",
    "and",
    "or",
    "is",
    "was",
    "be",
    "been",
    "not",
    "no",
    "this",
    "that",
    "these",
    "your",
    "our",
    "my",
    "it",
    "its",
    "any",
    "all",
    "some",
    "one",
    "more",
    "if",
    "server",
    "servers",
    "host",
    "hosts",
    "hostname",
    "remote",
    "peer",
    "client",
    "database",
    "proxy",
    "address",
    "connect",
    "connection",
    "connections",
    "connected",
    "connecting",
    "failed",
    "failure",
    "fail",
    "error",
    "errors",
    "timeout",
    "timed",
    "unknown",
    "null",
    "none",
    "undefined",
    "nil",
    "https",
    "http",
    "tcp",
    "udp",
    "ssl",
    "tls",
    "ip",
    "url",
    "uri",
    "port",
    "name",
    "node",
    "socket",
    "due",
    "via",
    "after",
    "while",
    "because",
    "service",
    "services",
    "site",
    "page",
    "internet",
    "network",
    "upstream",
    "local",
    "unable",
    "cannot",
    "could",
    "please",
    "check",
    "read",
    "write",
    "request",
    "response",
    "true",
    "false",
    "refused",
    "closed",
    "reset",
    "each",
    "another",
    "other",
    "specified",
    "destination",
    "target",
    "endpoint",
    "resource",
    "api",
    "docker",
    "daemon",
    "package",
    "repository",
    "https_proxy",
    "http_proxy",
    "host_name",
    "what",
    "which",
    "where",
    "when",
    "how",
    "why",
    "again",
    "later",
    "additional",
    "information",
    "details",
    "further",
    "through",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "did",
    "getsockopt",
    "getaddrinfo",
    "lookup",
    "dial",
    "user",
    "root",
    "operation",
    "reason",
    "code",
    "status",
];

/// Last parts of file names that no top-level domain shares in practice, or that meet source places far more often.
static FILE_ENDINGS: &[&str] = &[
    "java", "js", "ts", "jsx", "tsx", "mjs", "cjs", "py", "pyc", "rb", "go", "rs", "php", "c", "cc", "cpp", "cxx", "h",
    "hpp", "cs", "vb", "fs", "kt", "scala", "swift", "lua", "pl", "pm", "ps", "psm", "psd", "sh", "bat", "cmd", "log",
    "conf", "cfg", "ini", "json", "xml", "yml", "yaml", "toml", "html", "htm", "css", "map", "vue", "svelte", "jar",
    "war", "pom", "exe", "dll", "so", "dylib", "class", "zip", "gz", "tgz", "tar", "deb", "rpm", "whl", "txt", "md",
    "sql", "db", "sock", "pid", "lock", "erl", "ex", "exs", "clj", "hs", "dart", "groovy", "gradle", "m", "mm",
];

/// Whether a scheme may name a host at all.
pub(super) fn is_network_scheme(scheme: &str) -> bool {
    const LOCAL: &[&str] = &[
        "file",
        "chrome-error",
        "chrome",
        "about",
        "data",
        "blob",
        "moz-extension",
        "chrome-extension",
        "webpack",
        "unix",
        "npipe",
        "resource",
        "app",
        "vscode-webview",
        "webpack-internal",
    ];
    !LOCAL.iter().any(|local| local.eq_ignore_ascii_case(scheme))
}

/// Whether a word is a host name although nothing around it says so: dotted, with a last part like a domain's.
pub(super) fn is_plain(name: &str) -> bool {
    let Some((rest, last)) = name.rsplit_once('.') else { return false };
    let like_domain = (2..=24).contains(&last.len())
        && (last.bytes().all(|byte| byte.is_ascii_lowercase()) || last.starts_with("xn--"))
        && !FILE_ENDINGS.contains(&last);
    like_domain && is_possible(name) && rest.bytes().any(|byte| byte.is_ascii_alphanumeric()) && !is_code(name)
}

/// Whether a word can be a host name where one is expected.
pub(super) fn is_possible(name: &str) -> bool {
    let labels_fit = name.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    let named = name.bytes().any(|byte| byte.is_ascii_alphabetic()) || is_mask(name);
    name.len() <= 253 && labels_fit && named && !is_source(name) && !is_error_name(name)
}

/// Whether a word rather belongs to the sentence than names a host.
pub(super) fn is_stop_word(name: &str) -> bool {
    STOP_WORDS.iter().any(|word| word.eq_ignore_ascii_case(name))
}

/// `ENOTFOUND`, `EAI_AGAIN`.
fn is_error_name(name: &str) -> bool {
    name.len() > 4 && name.starts_with(['E', 'W']) && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

fn is_source(name: &str) -> bool {
    const CLEAR: &[&str] = &[
        "java", "js", "ts", "py", "rb", "php", "cs", "cpp", "c", "h", "exe", "dll", "jar", "log", "json", "xml",
        "html", "psm1", "ps1", "sock",
    ];
    name.rsplit_once('.').is_some_and(|(_, last)| CLEAR.iter().any(|ending| ending.eq_ignore_ascii_case(last)))
}

/// Names of packages and classes: `java.net.socket`, `System.Net`.
fn is_code(name: &str) -> bool {
    const ROOTS: &[&str] = &[
        "java",
        "javax",
        "sun",
        "org.apache",
        "com.sun",
        "io.netty",
        "kotlin",
        "scala",
        "system",
        "microsoft",
        "requests",
        "urllib3",
        "socket",
        "ssl",
        "aiohttp",
        "httpx",
        "node",
        "net",
        "okhttp3",
        "libcore",
        "android",
        "console",
        "process",
        "this",
        "self",
        "www.xxx",
    ];
    let lower = name.to_ascii_lowercase();
    ROOTS.iter().any(|root| lower.strip_prefix(root).is_some_and(|rest| rest.starts_with('.')))
}

/// Whether a word stands for a name that was taken out.
pub(super) fn is_mask(name: &str) -> bool {
    const MASKS: &[&str] = &[
        "myip",
        "my_ip",
        "my-ip",
        "yourip",
        "your_ip",
        "your-ip",
        "server_ip",
        "serverip",
        "server-ip",
        "ip_address",
        "redacted",
        "masked",
        "hidden",
        "removed",
        "censored",
        "xxx",
        "hostname_here",
        "your_host",
        "your-host",
        "yourhost",
        "myhost",
        "my-host",
        "host_ip",
        "domain",
        "ipaddress",
        "some_ip",
        "some-ip",
        "public_ip",
        "remote_ip",
    ];
    let blotted = |byte: u8| matches!(byte, b'x' | b'X' | b'*' | b'.' | b'-' | b'#' | b'?' | b'_' | b':');
    let lower = name.to_ascii_lowercase();
    name.bytes().all(blotted)
        || MASKS.contains(&lower.as_str())
        || lower.contains("redacted")
        || name.split('.').count() > 1 && name.split('.').filter(|label| !label.is_empty()).all(is_blotted_label)
        || name.split('.').next().is_some_and(|label| label.len() > 1 && label.bytes().all(|byte| byte == b'-'))
}

/// `xxx`, `XX` or digits: a masked address such as `192.168.x.x`.
fn is_blotted_label(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit()) || label.bytes().all(|byte| matches!(byte, b'x' | b'X' | b'*'))
}

/// The name without the service and protocol labels of an SRV query (RFC 2782): `_mongodb._tcp.`
pub(super) fn without_service(name: &str) -> &str {
    match name.split_once("._tcp.").or_else(|| name.split_once("._udp.")) {
        Some((service, host)) if service.starts_with('_') => host,
        _ => name,
    }
}

/// Whether a URL leads to documentation rather than to the peer.
pub(super) fn is_help_page(url: &str) -> bool {
    const PAGES: &[&str] = &[
        "//curl.haxx.se/",
        "//curl.se/",
        "//docs.",
        "//doc.",
        "//help.",
        "//support.",
        "//wiki.",
        "//developer.mozilla.org",
        "//developers.",
        "//stackoverflow.com",
        "//aka.ms",
        "//go.microsoft.com",
        "//learn.microsoft.com",
        "//kb.",
        "//errors.",
        "//www.docker.com/increase",
        "//dev.mysql.com/doc",
        "//redis.io/topics",
        "//cwiki.",
        "//bugs.",
        "//reactjs.org",
        "//react.dev",
        "//nodejs.org/",
        "//forums.",
        "//forum.",
        "//community.",
        "//www.openssl.org/docs",
        "//chromewebdata",
        "//mui.com",
        "//man7.org",
        "//faq.",
        "//urllib3.readthedocs",
        "//goo.gl",
        "//git.io",
        "//bit.ly",
        "//tools.ietf.org",
        "//www.rfc-editor.org",
        "//en.wikipedia.org",
        "//httpstatuses",
        "//pip.pypa.io",
    ];
    let lower = url.to_ascii_lowercase();
    let issue = lower.contains("/issues/")
        || lower.ends_with("/issues")
        || lower.contains("/pull/")
        || lower.contains("/wiki/");
    let script =
        lower.split_once(".js").is_some_and(|(_, rest)| rest.starts_with([':', '"', '\'', ')']) || rest.is_empty());
    PAGES.iter().any(|page| lower.contains(page))
        || issue
        || script
        || lower.contains("/docs/")
        || lower.contains("troubleshoot")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_only_looks_like_one() {
        for name in ["example.test", "a-b.c1.example.org", "xn--bcher-kva.example"] {
            assert!(is_plain(name), "{name}");
        }
        for word in ["net.js", "Foo.java", "java.net.socket", "1.7.0_71", "System.Net", "localhost", "a..b", "s3_pkt.c"]
        {
            assert!(!is_plain(word), "{word}");
        }
        assert!(is_possible("localhost") && is_possible("my_service") && is_possible("db"));
        assert!(!is_possible("ENOTFOUND") && !is_possible(""));
        assert!(is_stop_word("The") && !is_stop_word("db"));
    }

    #[test]
    fn masked_names_are_none() {
        for mask in ["xxx.xxx.xx.x", "REDACTED", "192.168.x.x", "MYIP", "---.---.com", "**"] {
            assert!(is_mask(mask), "{mask}");
        }
        for name in ["ec2-XX-XXX.example.test", "tdw-xxx", "xbox.example.test", "max"] {
            assert!(!is_mask(name), "{name}");
        }
    }

    #[test]
    fn help_pages_and_scripts_are_told_from_peers() {
        assert!(is_help_page("https://curl.se/docs/sslcerts.html"));
        assert!(is_help_page("https://example.test/app.js:10:3"));
        assert!(!is_help_page("https://api.example.test/v1"));
    }
}
