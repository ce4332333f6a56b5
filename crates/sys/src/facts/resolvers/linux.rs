//! /etc/resolv.conf, systemd-resolved and NetworkManager, all asked at once.

use std::env;
use std::io;

use netmend_model::facts::Resolvers;
use netmend_model::{Outcome, Reason};

use super::join::{self, Sources};
use super::network_manager::{self, Managed};
use super::resolv_conf::{self, ResolvConf};
use super::resolved::{self, Resolved};
use crate::facts::dbus::{self, Bus};
use crate::facts::{hosts, reading};

const RESOLV_CONF: &str = "/etc/resolv.conf";

pub(super) async fn read() -> Outcome<Resolvers> {
    let (files, (resolved, managed)) = tokio::join!(files(), services());
    files.map(|(conf, order)| join::join(Sources { conf, order, resolved, managed }))
}

/// resolv.conf (`None` when there is none) and the order of name services.
async fn files() -> Outcome<(Option<ResolvConf>, Vec<String>)> {
    reading::blocking("resolvers", reading::LOCAL, || {
        let conf = match reading::text(RESOLV_CONF) {
            Ok(text) => Some(with_environment(resolv_conf::parse(&text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return reading::failed(RESOLV_CONF, &error),
        };
        Outcome::observed((conf, hosts::order_of_services()))
    })
    .await
}

/// `LOCALDOMAIN` replaces the search list, `RES_OPTIONS` adds to the options (resolv.conf(5)).
fn with_environment(mut conf: ResolvConf) -> ResolvConf {
    let words = |name| env::var(name).map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    if let Ok(search) = words("LOCALDOMAIN") {
        conf.search = search;
    }
    conf.options.extend(words("RES_OPTIONS").unwrap_or_default());
    conf
}

/// Both services over one connection, each with its own patience.
async fn services() -> (Result<Resolved, Reason>, Result<Managed, Reason>) {
    match dbus::in_time("the system bus", Bus::system()).await {
        Ok(bus) => tokio::join!(
            dbus::in_time(resolved::SERVICE, resolved::ask(&bus)),
            dbus::in_time(network_manager::SERVICE, network_manager::ask(&bus)),
        ),
        Err(reason) => (Err(reason.clone()), Err(reason)),
    }
}
