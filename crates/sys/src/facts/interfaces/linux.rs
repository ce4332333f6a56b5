//! rtnetlink(7) for links and addresses; sysfs for what only the driver knows.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;

use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::address::{AddressAttribute, AddressFlags, AddressMessage};
use netlink_packet_route::link::{InfoKind, LinkAttribute, LinkFlags, LinkInfo, LinkLayerType, LinkMessage, State};
use netlink_sys::protocols::NETLINK_ROUTE;
use netmend_model::Outcome;
use netmend_model::facts::{Interface, InterfaceAddress, InterfaceKind, Interfaces};

use crate::facts::{netlink, reading};

pub(super) async fn read() -> Outcome<Interfaces> {
    reading::blocking("interfaces", reading::LOCAL, || match interfaces() {
        Ok(interfaces) => Outcome::observed(Interfaces { interfaces }),
        Err(error) => reading::failed("RTM_GETLINK", &error),
    })
    .await
}

fn interfaces() -> io::Result<Vec<Interface>> {
    let links = netlink::dump(NETLINK_ROUTE, &RouteNetlinkMessage::GetLink(LinkMessage::default()))?;
    let mut addresses = addresses()?;
    let links = links.into_iter().filter_map(|message| match message {
        RouteNetlinkMessage::NewLink(link) => Some(link),
        _ => None,
    });
    Ok(links.map(|link| interface(&link, addresses.remove(&link.header.index).unwrap_or_default())).collect())
}

fn addresses() -> io::Result<HashMap<u32, Vec<InterfaceAddress>>> {
    let mut by_index: HashMap<u32, Vec<InterfaceAddress>> = HashMap::new();
    for message in netlink::dump(NETLINK_ROUTE, &RouteNetlinkMessage::GetAddress(AddressMessage::default()))? {
        if let RouteNetlinkMessage::NewAddress(message) = message
            && let Some(address) = address(&message)
        {
            by_index.entry(message.header.index).or_default().push(address);
        }
    }
    Ok(by_index)
}

/// On a point-to-point link IFA_ADDRESS is the peer and IFA_LOCAL this end; elsewhere IPv6 has IFA_ADDRESS alone.
fn address(message: &AddressMessage) -> Option<InterfaceAddress> {
    let mut local = None;
    let mut other = None;
    // IFA_FLAGS repeats the header's eight bits and has room for more.
    let mut flags = AddressFlags::from_bits_retain(u32::from(message.header.flags.bits()));
    for attribute in &message.attributes {
        match attribute {
            AddressAttribute::Local(ip) => local = Some(*ip),
            AddressAttribute::Address(ip) => other = Some(*ip),
            AddressAttribute::Flags(all) => flags = *all,
            _ => {}
        }
    }
    let address = local.or(other)?;
    Some(InterfaceAddress {
        address,
        prefix: message.header.prefix_len,
        duplicate: flags.contains(AddressFlags::Dadfailed),
        // An optimistic address may be used while it is still being checked (RFC 4429).
        tentative: flags.contains(AddressFlags::Tentative) && !flags.contains(AddressFlags::Optimistic),
        dynamic: dynamic(address, flags),
    })
}

/// DHCP clients and router advertisements give addresses a lifetime, a hand does not. The kernel makes
/// link-local IPv6 addresses itself.
fn dynamic(address: IpAddr, flags: AddressFlags) -> Option<bool> {
    match address {
        IpAddr::V6(ip) if ip.is_unicast_link_local() || ip.is_loopback() => None,
        IpAddr::V4(ip) if ip.is_loopback() => None,
        _ => Some(!flags.contains(AddressFlags::Permanent)),
    }
}

/// What the attributes of a link say.
#[derive(Default)]
struct Link {
    name: String,
    mtu: u32,
    carrier: Option<bool>,
    state: Option<State>,
    hardware: Vec<u8>,
    kind: Option<InfoKind>,
    enslaved: bool,
}

fn link(message: &LinkMessage) -> Link {
    let mut link = Link::default();
    for attribute in &message.attributes {
        match attribute {
            LinkAttribute::IfName(name) => link.name.clone_from(name),
            LinkAttribute::Mtu(mtu) => link.mtu = *mtu,
            LinkAttribute::Carrier(carrier) => link.carrier = Some(*carrier == 1),
            LinkAttribute::OperState(state) => link.state = Some(*state),
            LinkAttribute::Address(bytes) => link.hardware.clone_from(bytes),
            LinkAttribute::Controller(_) => link.enslaved = true,
            LinkAttribute::LinkInfo(infos) => {
                link.kind = infos.iter().find_map(|info| match info {
                    LinkInfo::Kind(kind) => Some(kind.clone()),
                    _ => None,
                });
            }
            _ => {}
        }
    }
    link
}

fn interface(message: &LinkMessage, addresses: Vec<InterfaceAddress>) -> Interface {
    let link = link(message);
    let layer = message.header.link_layer_type;
    let up = message.header.flags.contains(LinkFlags::Up);
    let device = Device::of(&link.name, message.header.index);
    let kind = kind(layer, &link, &device);
    let has_mac = matches!(layer, LinkLayerType::Ether | LinkLayerType::Infiniband);
    Interface {
        kind,
        index: message.header.index,
        up,
        // A driver need not watch the signal of a link that is switched off.
        carrier: link.carrier.filter(|_| up),
        oper_state: link.state.map_or_else(|| "unknown".to_owned(), |state| state.to_string().to_lowercase()),
        mtu: link.mtu,
        mac: has_mac.then(|| netlink::hardware_address(&link.hardware)).filter(|mac| !mac.is_empty()),
        addresses,
        driver: link.kind.as_ref().map(ToString::to_string).or(device.driver),
        name: link.name,
    }
}

fn kind(layer: LinkLayerType, link: &Link, device: &Device) -> InterfaceKind {
    if layer == LinkLayerType::Loopback {
        return InterfaceKind::Loopback;
    }
    match device.class.as_deref() {
        Some("wlan") => return InterfaceKind::Wifi,
        Some("wwan") => return InterfaceKind::Cellular,
        _ => {}
    }
    match &link.kind {
        Some(kind) => kind_of_virtual(kind, layer, link.enslaved),
        None => kind_of_hardware(layer),
    }
}

fn kind_of_virtual(kind: &InfoKind, layer: LinkLayerType, enslaved: bool) -> InterfaceKind {
    match kind {
        InfoKind::Bridge => InterfaceKind::Bridge,
        InfoKind::Wwan | InfoKind::RmNet => InterfaceKind::Cellular,
        InfoKind::VirtWifi => InterfaceKind::Wifi,
        // A tap that is part of a bridge or bond is the cable of a virtual machine, not a tunnel.
        InfoKind::Tun if layer == LinkLayerType::Ether && enslaved => InterfaceKind::Virtual,
        InfoKind::Wireguard | InfoKind::Tun | InfoKind::Xfrm => InterfaceKind::Tunnel,
        // GRE, IPIP, SIT, VTI, IP6TNL: their link layer is a tunnel's.
        _ if is_tunnel(layer) => InterfaceKind::Tunnel,
        InfoKind::Other(name) if matches!(name.as_str(), "ppp" | "ovpn" | "ovpn-dco") => InterfaceKind::Tunnel,
        _ => InterfaceKind::Virtual,
    }
}

fn kind_of_hardware(layer: LinkLayerType) -> InterfaceKind {
    match layer {
        LinkLayerType::Ether | LinkLayerType::Infiniband => InterfaceKind::Ethernet,
        LinkLayerType::Ieee80211 | LinkLayerType::Ieee80211Prism | LinkLayerType::Ieee80211Radiotap => {
            InterfaceKind::Wifi
        }
        LinkLayerType::Rawip => InterfaceKind::Cellular,
        layer if is_tunnel(layer) => InterfaceKind::Tunnel,
        _ => InterfaceKind::Other,
    }
}

fn is_tunnel(layer: LinkLayerType) -> bool {
    matches!(
        layer,
        LinkLayerType::Tunnel
            | LinkLayerType::Tunnel6
            | LinkLayerType::Sit
            | LinkLayerType::Ipgre
            | LinkLayerType::Ip6gre
            | LinkLayerType::Ppp
            | LinkLayerType::None
    )
}

/// What sysfs adds: the class of the device (`wlan`, `wwan`) and its driver.
#[derive(Default)]
struct Device {
    class: Option<String>,
    driver: Option<String>,
}

impl Device {
    /// sysfs shows the network namespace in which it was mounted, which may be another one with an interface of
    /// the same name; the index tells them apart well enough for what is read here.
    fn of(name: &str, index: u32) -> Self {
        let folder = PathBuf::from("/sys/class/net").join(name);
        let same = reading::text(folder.join("ifindex")).is_ok_and(|text| text.trim() == index.to_string());
        if name.is_empty() || name.contains('/') || !same {
            return Self::default();
        }
        let class = reading::text(folder.join("uevent")).ok().and_then(|text| class(&text));
        let wireless = folder.join("phy80211").exists() || folder.join("wireless").exists();
        let driver = fs::read_link(folder.join("device/driver")).ok();
        Self {
            class: class.or_else(|| wireless.then(|| "wlan".to_owned())),
            driver: driver.and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned())),
        }
    }
}

/// DEVTYPE of a device's `uevent` file.
fn class(uevent: &str) -> Option<String> {
    uevent.lines().find_map(|line| line.strip_prefix("DEVTYPE=")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn loopback_is_there_with_its_address() {
        let outcome = read().await;
        let interfaces = &outcome.data().expect("netlink answers").interfaces;
        let lo = interfaces.iter().find(|i| i.name == "lo").expect("every namespace has lo");
        assert_eq!(lo.kind, InterfaceKind::Loopback);
        assert_eq!(lo.mac, None);
        assert!(lo.mtu >= 1280);
        if lo.up {
            assert!(lo.addresses.iter().any(|a| a.address.is_loopback() && a.dynamic.is_none()));
        }
    }

    #[test]
    fn kinds() {
        let link = |kind: Option<InfoKind>, enslaved| Link { kind, enslaved, ..Link::default() };
        let none = Device::default();
        let wlan = Device { class: class("INTERFACE=wlp2s0\nDEVTYPE=wlan\nIFINDEX=3\n"), driver: None };
        let ether = LinkLayerType::Ether;
        let cases = [
            (ether, link(None, false), &none, InterfaceKind::Ethernet),
            (ether, link(None, false), &wlan, InterfaceKind::Wifi),
            (ether, link(Some(InfoKind::Veth), false), &none, InterfaceKind::Virtual),
            (ether, link(Some(InfoKind::Tun), true), &none, InterfaceKind::Virtual),
            (ether, link(Some(InfoKind::Tun), false), &none, InterfaceKind::Tunnel),
            (LinkLayerType::None, link(Some(InfoKind::Wireguard), false), &none, InterfaceKind::Tunnel),
            (LinkLayerType::Ppp, link(None, false), &none, InterfaceKind::Tunnel),
            (LinkLayerType::Rawip, link(None, false), &none, InterfaceKind::Cellular),
            (ether, link(Some(InfoKind::Bridge), false), &none, InterfaceKind::Bridge),
        ];
        for (layer, link, device, expected) in cases {
            assert_eq!(kind(layer, &link, device), expected, "{layer:?} {:?}", link.kind);
        }
    }
}
