//! Secrets by their form, in any text.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands in a secret's place.
pub(super) const REMOVED: &str = "[removed]";

/// A form, and what takes its place; `$1` and the like are kept.
struct Form {
    pattern: &'static str,
    kept: &'static str,
}

/// The forms, the most telling first. The engine is linear in the length of the text (crate `regex`), so none can be made slow.
const FORMS: &[Form] = &[
    // PEM private keys, whole or cut off.
    Form {
        pattern: r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)",
        kept: REMOVED,
    },
    Form { pattern: r#"(?i)\b((?:proxy-)?authorization["']?\s*[:=]\s*)[^\r\n]+"#, kept: "$1[removed]" },
    Form { pattern: r#"(?i)\b((?:set-)?cookie2?["']?\s*[:=]\s*)[^\r\n]+"#, kept: "$1[removed]" },
    // User and password before a host, in a URL or alone before an address with a port.
    Form { pattern: r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/?#@]*@", kept: "$1" },
    // Queries and fragments of URLs.
    Form { pattern: r#"(?i)\b([a-z][a-z0-9+.-]*://[^\s"'<>?#]*)[?#][^\s"'<>]*"#, kept: "$1" },
    // JSON Web Tokens (RFC 7519).
    Form { pattern: r"\beyJ[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){1,4}", kept: REMOVED },
    // Keys that providers mark: AWS, GitHub, GitLab, Slack, Stripe, Google, npm, PyPI.
    Form { pattern: r"\b(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{12,}\b", kept: REMOVED },
    Form {
        pattern: r"\b(?:gh[pousr]_|github_pat_|glpat-|npm_|pypi-|sk-|[sr]k_live_|[sr]k_test_|AIza)[A-Za-z0-9_-]{8,}",
        kept: REMOVED,
    },
    Form { pattern: r"\bxox[abeoprs]-[A-Za-z0-9-]{6,}", kept: REMOVED },
    // Names of secrets with a value.
    Form {
        pattern: r#"(?i)\b([a-z0-9_.-]*(?:password|passwd|passphrase|pwd|secret|credential|token|api[_-]?key|access[_-]?key|private[_-]?key|session(?:[_-]?id)?|sessid|signature|csrf|xsrf)s?["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s&;,"'<>]+)"#,
        kept: "$1[removed]",
    },
    Form {
        pattern: r#"(?i)((?:^|[\s?&;,{("'])(?:pass|pw|sid|auth|sig|user(?:[_ -]?name)?|login|uid|account)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s&;,"'<>]+)"#,
        kept: "$1[removed]",
    },
    // Owners in firewall rules (nft meta skuid, iptables --uid-owner).
    Form {
        pattern: r#"(?i)\b(skuid|skgid|uid-owner|gid-owner)(\s+(?:!=\s*|!\s*)?)"?[a-z_][a-z0-9_.-]*\$?"?"#,
        kept: "$1$2[removed]",
    },
    // Networks and devices.
    Form { pattern: r#"(?i)\b(e?ssid["']?\s*[:=]?\s*)("[^"]*"|'[^']*')"#, kept: "$1[removed]" },
    Form { pattern: r"(?i)\b(e?ssid\s*[:=]\s*)[^\r\n,;]+", kept: "$1[removed]" },
    Form { pattern: r"(?i)\b(serial(?:[ _-]?(?:number|no))?\.?\s*[:=#]\s*)[A-Za-z0-9-]{4,}", kept: "$1[removed]" },
];

/// Schemes of Authorization and Proxy-Authorization with what follows them (RFC 9110, 11.4).
const SCHEME: &str =
    r"(?i)\b(bearer|basic|digest|negotiate|ntlm|token|apikey|aws4-hmac-sha256)(\s+)([A-Za-z0-9+/=._~:,-]{8,})";

/// People's addresses (RFC 5322, in the form that is used).
const EMAIL: &str = r"(?i)[a-z0-9._%+'-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+";

/// `somebody@host`, as ssh writes it.
const LOGIN: &str = r"(?i)\b[a-z_][a-z0-9._-]*@(?P<host>[a-z0-9][a-z0-9.-]*|\[[0-9a-f:]+\])";

/// Home folders; what follows the name is kept.
const HOME: &str = concat!(
    // A name with spaces is one only where the path goes on behind it.
    r#"(?i)(?P<folder>[a-z]:\\+Users\\+)(?P<spaced>[^\\/"':;,<>|\r\n]+)(?P<on>\\)|"#,
    r#"(?P<root>/home/|/Users/|/var/home/|[a-z]:\\+Users\\+|[a-z]:/Users/)(?P<name>[^/\\\s"':;,<>|]+)"#
);

/// Long runs that hold letters and digits: keys, sessions, machine ids. Names in the field are shorter.
const LONG: &str = r"[A-Za-z0-9+_=-]{32,}";

static COMPILED: LazyLock<Vec<(Regex, &'static str)>> =
    LazyLock::new(|| FORMS.iter().filter_map(|form| Some((Regex::new(form.pattern).ok()?, form.kept))).collect());
static SCHEMES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SCHEME).ok());
static EMAILS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(EMAIL).ok());
static LOGINS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(LOGIN).ok());
static HOMES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(HOME).ok());
static LONGS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(LONG).ok());

/// The text without secrets.
pub(super) fn without(text: &str) -> String {
    let mut text = text.to_owned();
    for (pattern, kept) in COMPILED.iter() {
        if pattern.is_match(&text) {
            text = pattern.replace_all(&text, *kept).into_owned();
        }
    }
    replace(&mut text, SCHEMES.as_ref(), |found| {
        let value = if is_credential(&found[1], &found[3]) { REMOVED } else { &found[3] };
        format!("{}{}{value}", &found[1], &found[2])
    });
    replace(&mut text, HOMES.as_ref(), |found| match found.name("folder") {
        Some(folder) => format!("{}user\\", folder.as_str()),
        None => format!("{}user", &found["root"]),
    });
    long_runs(&text)
}

/// What follows a scheme is a credential rather than a word ("Basic authentication").
fn is_credential(scheme: &str, value: &str) -> bool {
    let mixed = value.chars().skip(1).any(char::is_uppercase) && value.chars().any(char::is_lowercase);
    scheme.eq_ignore_ascii_case("bearer") || mixed || value.contains(|c: char| c.is_ascii_digit() || c == '=')
}

/// Without long runs that look like chance. A label of a host name may be long: it is followed by its domain.
fn long_runs(text: &str) -> String {
    let Some(pattern) = LONGS.as_ref() else { return text.to_owned() };
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for found in pattern.find_iter(text).filter(|found| is_random(found.as_str())) {
        let mut after = text[found.end()..].chars();
        let domain = after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_lowercase());
        let label =
            found.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !(domain && label) {
            out.push_str(&text[done..found.start()]);
            out.push_str(REMOVED);
            done = found.end();
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The text without people's addresses and log-ins.
pub(super) fn without_people(text: &str) -> String {
    let mut text = text.to_owned();
    if text.contains('@') {
        replace(&mut text, EMAILS.as_ref(), |_| REMOVED.into());
        replace(&mut text, LOGINS.as_ref(), |found| format!("{REMOVED}@{}", &found["host"]));
    }
    text
}

/// Names of people from home folders in a text. Names that every system has tell nothing.
pub(super) fn people(text: &str) -> Vec<String> {
    const COMMON: &[&str] =
        &["user", "users", "root", "shared", "public", "default", "guest", "admin", "runner", "linux"];
    let Some(homes) = HOMES.as_ref() else { return Vec::new() };
    let names = homes.captures_iter(text).filter_map(|found| {
        let name = found.name("spaced").or_else(|| found.name("name"))?;
        Some(name.as_str().to_owned())
    });
    names.filter(|name| name.chars().count() >= 3 && !COMMON.contains(&name.to_ascii_lowercase().as_str())).collect()
}

fn replace(text: &mut String, pattern: Option<&Regex>, with: impl Fn(&Captures<'_>) -> String) {
    if let Some(pattern) = pattern
        && pattern.is_match(text)
    {
        *text = pattern.replace_all(text, |found: &Captures<'_>| with(found)).into_owned();
    }
}

/// Whether a long run looks like chance rather than like words: it has digits and letters.
fn is_random(run: &str) -> bool {
    run.bytes().any(|byte| byte.is_ascii_digit()) && run.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(COMPILED.len(), FORMS.len());
        for pattern in [&SCHEMES, &EMAILS, &LOGINS, &HOMES, &LONGS] {
            assert!(pattern.is_some());
        }
    }

    #[test]
    fn secrets_go_and_what_they_stood_in_stays() {
        for (text, expected) in [
            ("https://alice:pw@host.test:8443/a?b=c#d x", "https://host.test:8443/a x"),
            ("Authorization: Basic YWxhZGRpbjpvcGVu", "Authorization: [removed]"),
            ("used bearer abcdefgh12345678 there", "used bearer [removed] there"),
            ("PGPASSWORD=hunter2 psql", "PGPASSWORD=[removed] psql"),
            (r#"{"api_key": "x y z", "n": 1}"#, r#"{"api_key": [removed], "n": 1}"#),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig", "[removed]"),
            ("key AKIAIOSFODNN7EXAMPLE", "key [removed]"),
            ("/home/alice/.bashrc and C:\\Users\\Bob Smith\\x", "/home/user/.bashrc and C:\\Users\\user\\x"),
            ("in /Users/carol", "in /Users/user"),
            ("Proxy-Authenticate: Basic dXNlcjpwYXNz", "Proxy-Authenticate: Basic [removed]"),
            ("deadbeef00112233445566778899aabbccddeeff", "[removed]"),
            ("meta skuid \"alice\" drop", "meta skuid [removed] drop"),
            ("ESSID:\"Smith home\"", "ESSID:[removed]"),
            ("Serial Number: C02XL0THJHCC", "Serial Number: [removed]"),
            ("id 123e4567-e89b-12d3-a456-426614174000", "id [removed]"),
        ] {
            assert_eq!(without(text), expected);
            assert_eq!(without(&without(text)), without(text), "twice is once");
        }
        assert_eq!(without_people("mail a.b@corp.example, ssh bob@host"), "mail [removed], ssh [removed]@host");
    }

    #[test]
    fn ordinary_texts_stay() {
        for text in [
            "tcp dport 8443 counter packets 3 bytes 180 drop",
            "net.ipv4.ip_local_port_range",
            "org.freedesktop.resolve1",
            "a path of https://host.test:8443/v1/items",
            "TLS_AES_256_GCM_SHA384 and TLSv1.3",
            "2001:db8:1:2:3:4:5:6",
            "Basic authentication is needed",
            "a-load-balancer-with-a-long-name-1234567890.elb.example.test",
            "IPTABLES-DOCKER-ISOLATION-STAGE-ONE-CHAIN",
        ] {
            assert_eq!(without_people(&without(text)), text);
        }
    }
}
