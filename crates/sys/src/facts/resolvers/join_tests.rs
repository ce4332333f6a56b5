use netmend_model::ReasonCode;

use super::*;
use crate::facts::resolvers::resolv_conf;

fn missing() -> Reason {
    Reason { code: ReasonCode::ToolMissing, detail: "not running".to_owned() }
}

fn server(address: &str, source: ResolverSource) -> Resolver {
    Resolver {
        address: address.parse().unwrap(),
        interface: Some("eth0".to_owned()),
        source,
        domains: Vec::new(),
        stub: false,
        in_use: false,
    }
}

fn sources(conf: &str) -> Sources {
    Sources {
        conf: Some(resolv_conf::parse(conf)),
        order: vec!["files".to_owned(), "dns".to_owned()],
        resolved: Err(missing()),
        managed: Err(missing()),
    }
}

fn seen(resolvers: &Resolvers) -> Vec<(String, bool, bool)> {
    resolvers.servers.iter().map(|s| (s.address.ip().to_string(), s.stub, s.in_use)).collect()
}

fn expected(list: &[(&str, bool, bool)]) -> Vec<(String, bool, bool)> {
    list.iter().map(|(ip, stub, in_use)| ((*ip).to_owned(), *stub, *in_use)).collect()
}

#[test]
fn three_servers_are_asked_and_no_more() {
    let resolvers =
        join(sources("nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n"));
    let in_use: Vec<bool> = resolvers.servers.iter().map(|server| server.in_use).collect();
    assert_eq!(in_use, [true, true, true, false]);
    assert!(resolvers.read_from[1].contains("not read (not running)"), "{:?}", resolvers.read_from);
}

#[test]
fn the_stub_stands_beside_the_servers_behind_it() {
    let resolved = Resolved {
        servers: vec![server("192.0.2.53:53", ResolverSource::SystemdResolved)],
        search: vec!["corp.example.test".to_owned()],
    };
    let managed = Managed {
        servers: vec![server("192.0.2.53:53", ResolverSource::NetworkManager)],
        mode: "systemd-resolved".to_owned(),
    };
    let conf = "nameserver 127.0.0.53\noptions edns0\nsearch corp.example.test .\n";
    let resolvers = join(Sources { resolved: Ok(resolved), managed: Ok(managed), ..sources(conf) });
    assert_eq!(seen(&resolvers), expected(&[("127.0.0.53", true, true), ("192.0.2.53", false, true)]));
    assert_eq!(resolvers.search, ["corp.example.test"]);
}

#[test]
fn a_resolved_that_nobody_asks_is_not_in_use() {
    let resolved =
        || Resolved { servers: vec![server("192.0.2.54:53", ResolverSource::SystemdResolved)], search: Vec::new() };
    let resolvers = join(Sources { resolved: Ok(resolved()), ..sources("nameserver 192.0.2.53\n") });
    assert_eq!(seen(&resolvers), expected(&[("192.0.2.53", false, true), ("192.0.2.54", false, false)]));
    // nss-resolve goes to it past resolv.conf.
    let order = vec!["files".to_owned(), "resolve".to_owned()];
    let resolvers = join(Sources { resolved: Ok(resolved()), order, ..sources("nameserver 192.0.2.53\n") });
    assert!(resolvers.servers[1].in_use);
}

#[test]
fn network_managers_dnsmasq_is_a_stub() {
    let managed =
        Managed { servers: vec![server("192.0.2.53:53", ResolverSource::NetworkManager)], mode: "dnsmasq".to_owned() };
    let resolvers = join(Sources { managed: Ok(managed), ..sources("nameserver 127.0.0.1\n") });
    assert_eq!(seen(&resolvers), expected(&[("127.0.0.1", true, true), ("192.0.2.53", false, true)]));
    // A server of one's own at the same address is none.
    let resolvers = join(sources("nameserver 127.0.0.1\n"));
    assert_eq!(seen(&resolvers), expected(&[("127.0.0.1", false, true)]));
}

#[test]
fn the_same_server_gains_its_interface() {
    let managed =
        Managed { servers: vec![server("192.0.2.53:53", ResolverSource::NetworkManager)], mode: "default".to_owned() };
    let resolvers = join(Sources { managed: Ok(managed), ..sources("nameserver 192.0.2.53\n") });
    assert_eq!(resolvers.servers.len(), 1);
    assert_eq!(resolvers.servers[0].interface.as_deref(), Some("eth0"));
    assert_eq!(resolvers.servers[0].source, ResolverSource::ResolvConf);
}

#[test]
fn nothing_at_all() {
    let resolvers = join(Sources { conf: None, ..sources("") });
    assert!(resolvers.servers.is_empty());
    assert_eq!(resolvers.read_from[0], "/etc/resolv.conf: there is no such file");
}
