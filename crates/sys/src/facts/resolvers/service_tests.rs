//! The services' readings, against services of the test's own on a private connection.

#![allow(clippy::unused_self, reason = "the interface macro wants methods")]

use std::collections::HashMap;

use netmend_model::ReasonCode;
use tokio::net::UnixStream;
use zbus::connection::Builder;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};
use zbus::{Guid, interface};

use super::{network_manager, resolved};
use crate::facts::dbus::{self, Bus};

struct Manager;

#[interface(name = "org.freedesktop.resolve1.Manager")]
impl Manager {
    #[zbus(property, name = "DNSEx")]
    fn dns_ex(&self) -> Vec<(i32, i32, Vec<u8>, u16, String)> {
        vec![
            (0, libc::AF_INET, vec![192, 0, 2, 53], 0, String::new()),
            (7, libc::AF_INET, vec![192, 0, 2, 54], 5353, "dns.example.test".to_owned()),
            (8, libc::AF_INET6, [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1].to_vec(), 0, String::new()),
            (8, libc::AF_INET, vec![192, 0, 2], 0, "too short".to_owned()),
        ]
    }
    #[zbus(property)]
    fn domains(&self) -> Vec<(i32, String, bool)> {
        vec![
            (0, "example.test".to_owned(), false),
            (7, "corp.example.test".to_owned(), true),
            (8, ".".to_owned(), true),
            (8, "home.example.test".to_owned(), false),
        ]
    }
    fn get_link(&self, index: i32) -> OwnedObjectPath {
        ObjectPath::try_from(format!("/link/_{index}")).unwrap().into()
    }
}

struct Link;

#[interface(name = "org.freedesktop.resolve1.Link")]
impl Link {
    #[zbus(property)]
    fn default_route(&self) -> bool {
        false
    }
}

struct DnsManager;

#[interface(name = "org.freedesktop.NetworkManager.DnsManager")]
impl DnsManager {
    #[zbus(property)]
    fn configuration(&self) -> Vec<HashMap<String, OwnedValue>> {
        let value = |value: Value<'_>| value.try_to_owned().unwrap();
        vec![HashMap::from([
            ("nameservers".to_owned(), value(Value::from(vec!["192.0.2.53", "2001:db8::53"]))),
            ("domains".to_owned(), value(Value::from(vec!["~corp.example.test"]))),
            ("interface".to_owned(), value(Value::from("tun0"))),
            ("priority".to_owned(), value(Value::from(50_i32))),
        ])]
    }
    #[zbus(property)]
    fn mode(&self) -> &'static str {
        "systemd-resolved"
    }
}

/// A bus with the services on it, and the other end, which must live as long.
async fn bus() -> (Bus, zbus::Connection) {
    let (near, far) = UnixStream::pair().unwrap();
    let server = Builder::unix_stream(far)
        .server(Guid::generate())
        .unwrap()
        .p2p()
        .serve_at("/org/freedesktop/resolve1", Manager)
        .unwrap()
        .serve_at("/link/_7", Link)
        .unwrap()
        .serve_at("/org/freedesktop/NetworkManager/DnsManager", DnsManager)
        .unwrap()
        .build();
    let client = Builder::unix_stream(near).p2p().build();
    let (server, client) = tokio::join!(server, client);
    (Bus::from(client.unwrap()), server.unwrap())
}

#[tokio::test]
async fn systemd_resolved() {
    let (bus, _server) = bus().await;
    let resolved = resolved::ask(&bus).await.unwrap();
    let addresses: Vec<String> = resolved.servers.iter().map(|server| server.address.to_string()).collect();
    assert_eq!(addresses, ["192.0.2.53:53", "192.0.2.54:5353", "[fe80::1%8]:53"], "a malformed address is left out");
    assert!(resolved.servers[0].domains.is_empty());
    assert_eq!(resolved.servers[1].domains, ["corp.example.test"], "of a link that is not for other names");
    assert!(resolved.servers[2].domains.is_empty(), "a link with the domain ~. is for all names");
    assert_eq!(resolved.search, ["example.test", "home.example.test"]);
}

#[tokio::test]
async fn network_manager() {
    let (bus, _server) = bus().await;
    let managed = network_manager::ask(&bus).await.unwrap();
    assert_eq!((managed.servers.len(), managed.mode.as_str()), (2, "systemd-resolved"));
    assert_eq!(managed.servers[1].address.to_string(), "[2001:db8::53]:53");
    assert_eq!(managed.servers[0].interface.as_deref(), Some("tun0"));
    assert_eq!(managed.servers[0].domains, ["corp.example.test"]);
}

#[tokio::test]
async fn a_service_that_is_not_there() {
    let (near, far) = UnixStream::pair().unwrap();
    let server =
        Builder::unix_stream(far).server(Guid::generate()).unwrap().p2p().serve_at("/other", Link).unwrap().build();
    let (server, client) = tokio::join!(server, Builder::unix_stream(near).p2p().build());
    let _server = server.unwrap();
    let bus = Bus::from(client.unwrap());
    let result = dbus::in_time("a service", resolved::ask(&bus)).await;
    assert_eq!(result.unwrap_err().code, ReasonCode::NotOnThisSystem);
}

#[tokio::test]
async fn a_service_that_hangs_is_given_up() {
    let result = dbus::in_time("a service", std::future::pending::<Result<(), _>>()).await;
    assert_eq!(result.unwrap_err().code, ReasonCode::OutOfTime);
}
