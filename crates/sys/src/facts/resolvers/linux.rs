//! /etc/resolv.conf, systemd-resolved and NetworkManager, all at once.

use std::io;
use std::net::{IpAddr, SocketAddr, SocketAddrV6};

use netmend_model::Outcome;
use netmend_model::facts::{Resolver, ResolverSource, Resolvers};

use super::resolv_conf::{self, MOST_SERVERS, ResolvConf};
use crate::facts::reading;

const RESOLV_CONF: &str = "/etc/resolv.conf";

pub(super) async fn read() -> Outcome<Resolvers> {
    let conf = reading::blocking("resolvers", reading::LOCAL, || match reading::text(RESOLV_CONF) {
        Ok(text) => Outcome::observed(resolv_conf::parse(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Outcome::observed(ResolvConf::default()),
        Err(error) => reading::failed(RESOLV_CONF, &error),
    })
    .await;
    conf.map(|conf| Resolvers {
        servers: conf.servers.iter().enumerate().map(|(n, (ip, zone))| configured(*ip, zone.as_deref(), n)).collect(),
        search: conf.search,
        options: conf.options,
        read_from: vec![RESOLV_CONF.to_owned()],
    })
}

fn configured(address: IpAddr, zone: Option<&str>, position: usize) -> Resolver {
    Resolver {
        address: socket_address(address, zone),
        interface: zone.map(str::to_owned),
        source: ResolverSource::ResolvConf,
        domains: Vec::new(),
        stub: false,
        in_use: position < MOST_SERVERS,
    }
}

fn socket_address(address: IpAddr, zone: Option<&str>) -> SocketAddr {
    let index = zone.and_then(|name| name.parse().ok().or_else(|| nix::net::if_::if_nametoindex(name).ok()));
    match address {
        IpAddr::V4(_) => SocketAddr::new(address, 53),
        IpAddr::V6(ip) => SocketAddrV6::new(ip, 53, 0, index.unwrap_or(0)).into(),
    }
}
