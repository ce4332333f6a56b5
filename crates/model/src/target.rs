//! What is to be reached.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// What is to be reached, and what the person's words were taken to mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
pub struct Target {
    /// The words as they were given, without credentials.
    pub asked: String,
    /// Host name (lower case, IDNA A-labels, no trailing dot) or address literal without brackets.
    pub host: String,
    /// The address, where `host` is a literal or the pasted message named one beside the name.
    pub address: Option<IpAddr>,
    /// TCP port; `None` means "as a browser would": 443, then 80.
    pub port: Option<u16>,
    /// Scheme of a URL, lower case, such as `https` or `postgres`.
    pub scheme: Option<String>,
    /// Path and query of a URL, starting with `/`; empty where none was given.
    #[serde(default)]
    pub path: String,
    /// What should answer: from `--expect`, else the scheme, else the port.
    pub expect: Protocol,
}

impl Target {
    /// Whether the host is an address literal rather than a name.
    pub fn is_literal(&self) -> bool {
        self.host.parse::<IpAddr>().is_ok()
    }
    /// The ports to try, the most wanted first.
    pub fn ports(&self) -> Vec<u16> {
        match (self.port, self.expect) {
            (Some(port), _) => vec![port],
            (None, Protocol::Http) => vec![80],
            (None, _) => vec![443, 80],
        }
    }
}

/// What should answer at the target.
#[derive(Debug, Clone, PartialEq, Copy, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Anything that accepts a TCP connection.
    Tcp,
    /// TLS with an unknown protocol inside.
    Tls,
    /// HTTP in clear text.
    Http,
    /// HTTP over TLS.
    Https,
    /// Secure Shell (RFC 4253): the server speaks first.
    Ssh,
    /// PostgreSQL frontend/backend protocol: the client speaks first.
    Postgres,
    /// MySQL or MariaDB: the server speaks first.
    Mysql,
    /// Redis serialization protocol: the client speaks first.
    Redis,
    /// SMTP (RFC 5321): the server speaks first.
    Smtp,
    /// IMAP (RFC 9051): the server speaks first.
    Imap,
    /// POP3 (RFC 1939): the server speaks first.
    Pop3,
    /// FTP (RFC 959): the server speaks first.
    Ftp,
    /// LDAP (RFC 4511): the client speaks first.
    Ldap,
    /// AMQP: the client speaks first.
    Amqp,
    /// MongoDB wire protocol: the client speaks first.
    Mongodb,
}

impl Protocol {
    /// Whether the connection starts with a TLS handshake.
    pub fn is_tls(self) -> bool {
        matches!(self, Self::Tls | Self::Https)
    }
    /// Whether HTTP is spoken, in clear text or over TLS.
    pub fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }
    /// Whether the server sends its greeting without being asked.
    pub fn server_speaks_first(self) -> bool {
        matches!(self, Self::Ssh | Self::Mysql | Self::Smtp | Self::Imap | Self::Pop3 | Self::Ftp)
    }
}
