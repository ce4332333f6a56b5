//! Which port and which protocol a scheme stands for, and which protocol a port usually carries.

use netmend_model::Protocol;

/// A URL scheme with what it means for a connection.
struct Scheme {
    names: &'static [&'static str],
    /// TCP port where the URL names none; IANA's Service Name and Transport Protocol Port Number Registry,
    /// or the product's documented default.
    port: Option<u16>,
    protocol: Protocol,
}

const fn scheme(names: &'static [&'static str], port: u16, protocol: Protocol) -> Scheme {
    Scheme { names, port: Some(port), protocol }
}

const fn portless(names: &'static [&'static str], protocol: Protocol) -> Scheme {
    Scheme { names, port: None, protocol }
}

static SCHEMES: &[Scheme] = &[
    scheme(&["http", "ws"], 80, Protocol::Http),
    scheme(&["https", "wss"], 443, Protocol::Https),
    scheme(&["ssh", "sftp", "scp", "git+ssh", "ssh+git", "svn+ssh"], 22, Protocol::Ssh),
    scheme(&["postgres", "postgresql", "timescaledb"], 5432, Protocol::Postgres),
    scheme(&["mysql", "mysqlx", "mariadb"], 3306, Protocol::Mysql),
    scheme(&["redis", "valkey"], 6379, Protocol::Redis),
    scheme(&["rediss", "valkeys"], 6379, Protocol::Tls),
    scheme(&["smtp"], 25, Protocol::Smtp),
    scheme(&["submission"], 587, Protocol::Smtp),
    scheme(&["smtps", "submissions"], 465, Protocol::Tls),
    scheme(&["imap"], 143, Protocol::Imap),
    scheme(&["imaps"], 993, Protocol::Tls),
    scheme(&["pop3", "pop"], 110, Protocol::Pop3),
    scheme(&["pop3s", "pops"], 995, Protocol::Tls),
    scheme(&["ftp", "ftpes"], 21, Protocol::Ftp),
    scheme(&["ftps"], 990, Protocol::Tls),
    scheme(&["ldap"], 389, Protocol::Ldap),
    scheme(&["ldaps"], 636, Protocol::Tls),
    scheme(&["amqp"], 5672, Protocol::Amqp),
    scheme(&["amqps"], 5671, Protocol::Tls),
    scheme(&["mongodb", "mongodb+srv"], 27017, Protocol::Mongodb),
    scheme(&["mqtt"], 1883, Protocol::Tcp),
    scheme(&["mqtts"], 8883, Protocol::Tls),
    scheme(&["stomp"], 61613, Protocol::Tcp),
    scheme(&["nats"], 4222, Protocol::Tcp),
    scheme(&["kafka"], 9092, Protocol::Tcp),
    scheme(&["git"], 9418, Protocol::Tcp),
    scheme(&["svn"], 3690, Protocol::Tcp),
    scheme(&["rsync"], 873, Protocol::Tcp),
    scheme(&["telnet"], 23, Protocol::Tcp),
    scheme(&["rdp"], 3389, Protocol::Tcp),
    scheme(&["vnc"], 5900, Protocol::Tcp),
    scheme(&["smb", "cifs"], 445, Protocol::Tcp),
    scheme(&["nfs"], 2049, Protocol::Tcp),
    scheme(&["rtsp"], 554, Protocol::Tcp),
    scheme(&["rtmp"], 1935, Protocol::Tcp),
    scheme(&["sip"], 5060, Protocol::Tcp),
    scheme(&["sips"], 5061, Protocol::Tls),
    scheme(&["xmpp"], 5222, Protocol::Tcp),
    scheme(&["irc"], 6667, Protocol::Tcp),
    scheme(&["ircs"], 6697, Protocol::Tls),
    scheme(&["sqlserver", "mssql"], 1433, Protocol::Tcp),
    scheme(&["oracle"], 1521, Protocol::Tcp),
    scheme(&["db2"], 50000, Protocol::Tcp),
    scheme(&["cassandra"], 9042, Protocol::Tcp),
    scheme(&["clickhouse"], 9000, Protocol::Tcp),
    scheme(&["neo4j", "bolt", "neo4j+s", "bolt+s"], 7687, Protocol::Tcp),
    scheme(&["memcached"], 11211, Protocol::Tcp),
    scheme(&["zookeeper"], 2181, Protocol::Tcp),
    scheme(&["socks", "socks4", "socks4a", "socks5", "socks5h"], 1080, Protocol::Tcp),
    scheme(&["dns"], 53, Protocol::Tcp),
    portless(&["tcp", "tcp4", "tcp6"], Protocol::Tcp),
    portless(&["tls", "ssl", "grpcs"], Protocol::Tls),
    portless(&["grpc"], Protocol::Tcp),
];

fn find(name: &str) -> Option<&'static Scheme> {
    SCHEMES.iter().find(|scheme| scheme.names.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// Whether the scheme is one that can be reached over TCP; case does not matter.
pub fn is_known_scheme(name: &str) -> bool {
    find(name).is_some()
}

/// The TCP port that a URL of this scheme means when it names none. `None` for an unknown scheme
/// and for schemes without a port of their own (`tcp`, `tls`).
pub fn default_port(scheme: &str) -> Option<u16> {
    find(scheme).and_then(|found| found.port)
}

/// What should answer for a URL of this scheme.
pub fn protocol_for_scheme(scheme: &str) -> Option<Protocol> {
    find(scheme).map(|found| found.protocol)
}

/// What usually answers on a port; [`Protocol::Tcp`] where no protocol is common enough to expect it.
pub fn protocol_for_port(port: u16) -> Protocol {
    match port {
        80 | 8000 | 8008 | 8080 => Protocol::Http,
        443 | 6443 | 8443 | 9443 => Protocol::Https,
        465 | 636 | 853 | 990 | 993 | 995 | 2376 | 3269 | 5061 | 5671 | 6697 | 8883 => Protocol::Tls,
        22 => Protocol::Ssh,
        21 => Protocol::Ftp,
        25 | 587 | 2525 => Protocol::Smtp,
        110 => Protocol::Pop3,
        143 => Protocol::Imap,
        389 | 3268 => Protocol::Ldap,
        3306 => Protocol::Mysql,
        5432 => Protocol::Postgres,
        5672 => Protocol::Amqp,
        6379 => Protocol::Redis,
        27017 => Protocol::Mongodb,
        _ => Protocol::Tcp,
    }
}

/// The port of a service name as printed instead of a number (`db.example.test:mysql`), from `/etc/services`.
pub fn port_of_service(name: &str) -> Option<u16> {
    let lower = name.to_ascii_lowercase();
    let port = match lower.as_str() {
        "http-alt" | "webcache" => 8080,
        "domain" => 53,
        "ms-sql-s" => 1433,
        "ms-wbt-server" => 3389,
        "microsoft-ds" => 445,
        "imap2" => 143,
        _ => return default_port(&lower),
    };
    Some(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lower_case() {
        let mut names: Vec<_> = SCHEMES.iter().flat_map(|scheme| scheme.names).collect();
        assert!(names.iter().all(|name| **name == name.to_lowercase()));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn port_and_scheme_agree_on_the_protocol() {
        for name in ["http", "https", "ssh", "postgres", "mysql", "redis", "smtp", "imap", "ldap", "mongodb", "amqp"] {
            let port = default_port(name).unwrap();
            assert_eq!(Some(protocol_for_port(port)), protocol_for_scheme(name), "{name}");
        }
    }

    #[test]
    fn service_names_have_ports() {
        assert_eq!(port_of_service("HTTP"), Some(80));
        assert_eq!(port_of_service("domain"), Some(53));
        assert_eq!(port_of_service("nonsense"), None);
    }
}
