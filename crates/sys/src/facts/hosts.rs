//! The hosts file, and the order of name services.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(target_os = "linux")]
use linux as platform;
#[cfg(target_os = "macos")]
use macos as platform;
#[cfg(target_os = "windows")]
use windows as platform;

use std::net::IpAddr;

use netmend_model::Outcome;
pub use netmend_model::facts::{Hosts, HostsEntry};

use super::reading;

/// Reads the hosts file and, where there is one, nsswitch.conf. No hosts file is a hosts file without entries.
pub async fn read() -> Outcome<Hosts> {
    reading::blocking("hosts", reading::LOCAL, || {
        let path = platform::path();
        let entries = match reading::text(&path) {
            Ok(text) => parse(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return reading::failed(&path.to_string_lossy(), &error),
        };
        Outcome::observed(Hosts { path: path.to_string_lossy().into_owned(), entries, order: platform::order() })
    })
    .await
}

/// The services of `hosts:` in nsswitch.conf; empty where there is no such file.
#[cfg(target_os = "linux")]
pub(crate) fn order_of_services() -> Vec<String> {
    platform::order()
}

/// The entries of a hosts file (hosts(5)), of any system: CRLF, a byte order mark and zones are understood.
/// A line without an address and a name says nothing, to the system as well.
pub fn parse(text: &str) -> Vec<HostsEntry> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().zip(1..).filter_map(|(line, number)| entry(line, number)).collect()
}

fn entry(line: &str, number: u32) -> Option<HostsEntry> {
    let content = line.split('#').next()?;
    let mut fields = content.split_whitespace();
    let address = address(fields.next()?)?;
    let names: Vec<String> = fields.map(str::to_lowercase).collect();
    (!names.is_empty()).then_some(HostsEntry { line: number, address, names })
}

/// An address; macOS writes `fe80::1%lo0`.
fn address(field: &str) -> Option<IpAddr> {
    field.split('%').next()?.parse().ok()
}

/// The services of `hosts:` in nsswitch.conf(5), without the actions in brackets.
#[cfg(any(target_os = "linux", test))]
fn order(text: &str) -> Vec<String> {
    let content = |line| str::split(line, '#').next().unwrap_or_default().trim();
    let Some(services) = text.lines().map(content).find_map(|line| line.strip_prefix("hosts:")) else {
        return Vec::new();
    };
    let mut order = Vec::new();
    let mut in_action = false;
    // `[NOTFOUND=return]` may stand against a service and may hold blanks.
    for word in services.replace('[', " [ ").replace(']', " ] ").split_whitespace() {
        match word {
            "[" => in_action = true,
            "]" => in_action = false,
            service if !in_action => order.push(service.to_owned()),
            _ => {}
        }
    }
    order
}

#[cfg(test)]
mod tests;
