//! resolv.conf(5).

use std::net::IpAddr;

/// glibc and musl ask the first three servers and no more (MAXNS in resolv.h).
pub(super) const MOST_SERVERS: usize = 3;

/// What a resolv.conf says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ResolvConf {
    /// Servers in order, an IPv6 zone (`%eth0`) beside the address.
    pub servers: Vec<(IpAddr, Option<String>)>,
    /// The last `search` or `domain` line.
    pub search: Vec<String>,
    /// Every option, such as `timeout:2`.
    pub options: Vec<String>,
}

/// Parses the file. Lines that the C library would not understand say nothing here either.
pub(super) fn parse(text: &str) -> ResolvConf {
    let mut conf = ResolvConf::default();
    for line in text.lines() {
        // A comment must begin in the first column; elsewhere `#` and `;` end an address all the same.
        let mut words = line.split([';', '#']).next().unwrap_or_default().split_whitespace();
        let keyword = words.next();
        match keyword {
            Some("nameserver") => conf.servers.extend(words.next().and_then(server)),
            Some("search") => conf.search = words.map(domain).collect(),
            Some("domain") => conf.search = words.take(1).map(domain).collect(),
            Some("options") => conf.options.extend(words.map(str::to_owned)),
            _ => {}
        }
    }
    conf
}

fn server(word: &str) -> Option<(IpAddr, Option<String>)> {
    match word.split_once('%') {
        Some((address, zone)) => Some((address.parse().ok()?, Some(zone.to_owned()))),
        None => Some((word.parse().ok()?, None)),
    }
}

fn domain(word: &str) -> String {
    match word.trim_end_matches('.') {
        "" => ".".to_owned(),
        name => name.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn addresses(conf: &ResolvConf) -> Vec<String> {
        conf.servers.iter().map(|(address, _)| address.to_string()).collect()
    }

    #[test]
    fn stub_of_systemd_resolved() {
        let conf = parse(
            "# This is /run/systemd/resolve/stub-resolv.conf managed by man:systemd-resolved(8).\n\nnameserver 127.0.0.53\noptions edns0 trust-ad\nsearch .\n",
        );
        assert_eq!(addresses(&conf), ["127.0.0.53"]);
        assert_eq!(conf.options, ["edns0", "trust-ad"]);
        assert_eq!(conf.search, ["."]);
    }

    #[test]
    fn the_last_search_list_wins_and_servers_add_up() {
        let conf = parse(
            "domain old.example.test\nsearch Corp.Example.test. lab.example.test\nnameserver 192.0.2.53 # first\nnameserver 2001:db8::53\nnameserver\nnameserver nonsense\nnameserver fe80::1%eth0\noptions timeout:2\noptions rotate\n",
        );
        assert_eq!(addresses(&conf), ["192.0.2.53", "2001:db8::53", "fe80::1"]);
        assert_eq!(conf.servers[2].1.as_deref(), Some("eth0"));
        assert_eq!(conf.search, ["corp.example.test", "lab.example.test"]);
        assert_eq!(conf.options, ["timeout:2", "rotate"]);
    }

    #[test]
    fn comments_are_not_servers() {
        assert_eq!(parse("#nameserver 192.0.2.1\n; nameserver 192.0.2.2\n"), ResolvConf::default());
    }

    proptest! {
        #[test]
        fn any_text_parses(text in "(?s).{0,300}") {
            parse(&text);
        }

        #[test]
        fn servers_come_back_in_order(servers in prop::collection::vec(any::<IpAddr>(), 0..6)) {
            let lines: Vec<String> = servers.iter().map(|server| format!("nameserver\t{server}\r\n")).collect();
            let text = lines.concat();
            let read: Vec<IpAddr> = parse(&text).servers.into_iter().map(|(address, _)| address).collect();
            prop_assert_eq!(read, servers);
        }
    }
}
