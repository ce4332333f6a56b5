//! Facts of this computer, read without changing anything and without asking for rights.
//!
//! One module per topic: `<topic>.rs` has the function that reads and the pure parsers (text in, types out);
//! `<topic>/{linux,macos,windows}.rs` does the reading. Every reading has a deadline of its own and ends in an
//! [`Outcome`]: what could not be read says why, and is never an empty value.

pub mod clock;
#[cfg(target_os = "linux")]
mod dbus;
pub mod firewall;
pub mod host;
pub mod hosts;
pub mod interfaces;
pub mod limits;
pub mod listeners;
pub mod load;
#[cfg(all(test, target_os = "linux"))]
mod namespace_tests;
pub mod neighbours;
#[cfg(target_os = "linux")]
mod netlink;
pub mod proxy;
mod reading;
pub mod resolvers;
pub mod routes;
#[cfg(target_os = "linux")]
mod tool;
pub mod tunnels;

use netmend_model::{Data, Outcome, Topic};

/// Reads one topic.
pub async fn read(topic: Topic) -> Outcome<Data> {
    match topic {
        Topic::Interfaces => interfaces::read().await.map(Data::Interfaces),
        Topic::Routes => routes::read().await.map(Data::Routes),
        Topic::Neighbours => neighbours::read().await.map(Data::Neighbours),
        Topic::Resolvers => resolvers::read().await.map(Data::Resolvers),
        Topic::Hosts => hosts::read().await.map(Data::Hosts),
        Topic::ProxySettings => proxy::read().await.map(Data::ProxySettings),
        Topic::Firewall => firewall::read().await.map(Data::Firewall),
        Topic::Listeners => listeners::read().await.map(Data::Listeners),
        Topic::Tunnels => tunnels::read().await.map(Data::Tunnels),
        Topic::Limits => limits::read().await.map(Data::Limits),
        Topic::Load => load::read().await.map(Data::Load),
        Topic::Clock => clock::read().await.map(Data::Clock),
    }
}
