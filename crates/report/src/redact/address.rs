//! Pseudonyms of addresses that keep their class and their networks.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Host parts smaller than this, in bits, leave no room for a pseudonym beside the address itself.
const ROOM: u8 = 3;

/// The interface part of an IPv6 address that replaces one made from a hardware address (RFC 4291, appendix A).
const MADE: u64 = 0x5eed_0000_0000_0000;

/// The pseudonyms given so far.
#[derive(Debug)]
pub(super) struct Addresses {
    /// This computer's public addresses and what stands for each.
    own: BTreeMap<IpAddr, IpAddr>,
    /// Interface parts made from hardware addresses, in the order in which they appeared.
    made: BTreeMap<u64, u64>,
    /// Whether those two are replaced.
    people: bool,
    /// Whether private addresses are replaced, and the seed that says how.
    private: Option<u64>,
}

impl Addresses {
    /// Pseudonyms for a report: `own` are this computer's addresses with their prefix lengths, `used` every address in it.
    pub(super) fn new(own: &BTreeMap<IpAddr, u8>, used: &BTreeSet<IpAddr>, people: bool, private: Option<u64>) -> Self {
        let mut taken = used.clone();
        let mut map = BTreeMap::new();
        for (address, prefix) in own.iter().filter(|(address, _)| people && is_public(**address)) {
            let stands = beside(*address, *prefix, &taken);
            taken.insert(stands);
            map.insert(*address, stands);
        }
        Self { own: map, made: BTreeMap::new(), people, private }
    }

    /// What stands for an address; most stand for themselves.
    pub(super) fn replace(&mut self, address: IpAddr) -> IpAddr {
        if let Some(stands) = self.own.get(&address) {
            return *stands;
        }
        let address = match address {
            IpAddr::V6(v6) if self.people => IpAddr::V6(self.without_hardware(v6)),
            _ => address,
        };
        match self.private {
            Some(seed) => mixed(address, seed),
            None => address,
        }
    }

    /// What stands for `address/prefix`: a network where the bits behind the prefix are zero, else an address with its network.
    pub(super) fn replace_network(&mut self, address: IpAddr, prefix: u8) -> IpAddr {
        if prefix >= width(address) || masked(address, prefix) != address {
            return self.replace(address);
        }
        self.private.map_or(address, |seed| masked(mixed(address, seed), prefix))
    }

    fn without_hardware(&mut self, address: Ipv6Addr) -> Ipv6Addr {
        let bits = address.to_bits();
        let [.., a, b, c, d] = address.segments();
        let interface = [a, b, c, d].iter().fold(0, |all, part| (all << 16) | u64::from(*part));
        if (interface >> 24) & 0xffff != 0xfffe {
            return address;
        }
        let next = MADE + self.made.len() as u64 + 1;
        let stands = *self.made.entry(interface).or_insert(next);
        Ipv6Addr::from_bits((bits >> 64 << 64) | u128::from(stands))
    }
}

/// The network's part of an address.
fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix.min(32))).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() & mask))
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix.min(128))).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & mask))
        }
    }
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The first free address of the network, counted from its end: it tells nothing of the one it stands for. Where the network
/// has no room, one of the ranges for benchmarks (RFC 2544) or documentation (RFC 3849).
fn beside(address: IpAddr, prefix: u8, taken: &BTreeSet<IpAddr>) -> IpAddr {
    let room = width(address).saturating_sub(prefix) >= ROOM;
    let (network, bits) = match address {
        IpAddr::V4(v4) if room => (IpAddr::V4(v4), 32 - u32::from(prefix)),
        IpAddr::V4(_) => (IpAddr::V4(Ipv4Addr::new(198, 18, 0, 0)), 17),
        IpAddr::V6(v6) if room => (IpAddr::V6(v6), 128 - u32::from(prefix)),
        IpAddr::V6(_) => (IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0)), 96),
    };
    // As many tries as there are taken addresses, and one more, find a free one; the last address is the broadcast address.
    let tries = taken.len() as u128 + 2;
    let candidates = (1..=tries).map(|back| at_end(network, bits, back));
    candidates.into_iter().find(|candidate| !taken.contains(candidate)).unwrap_or(at_end(network, bits, 1))
}

fn at_end(network: IpAddr, bits: u32, back: u128) -> IpAddr {
    let host = 1_u128.checked_shl(bits).unwrap_or(0).wrapping_sub(1);
    let end = host.wrapping_sub(back) & host;
    match network {
        IpAddr::V4(v4) => from_bits_v4((u128::from(v4.to_bits()) & !host) | end),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits((v6.to_bits() & !host) | end)),
    }
}

/// The IPv4 address in the lower 32 bits.
fn from_bits_v4(bits: u128) -> IpAddr {
    let [.., a, b, c, d] = bits.to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(a, b, c, d))
}

/// The bits of a private address' class; `None` for every other address.
fn private_class(address: IpAddr) -> Option<u8> {
    match address {
        IpAddr::V4(v4) => match v4.octets() {
            [10, ..] => Some(8),
            [172, second, ..] if (16..32).contains(&second) => Some(12),
            [192, 168, ..] | [169, 254, ..] => Some(16),
            [100, second, ..] if (64..128).contains(&second) => Some(10),
            _ => None,
        },
        IpAddr::V6(v6) => match v6.segments()[0] {
            first if first & 0xfe00 == 0xfc00 => Some(8),
            // The bits between fe80::/10 and /64 are zero (RFC 4291, 2.5.6).
            first if first & 0xffc0 == 0xfe80 => Some(64),
            _ => None,
        },
    }
}

/// Whether an address is one that the world can reach, or might be.
pub(super) fn is_public(address: IpAddr) -> bool {
    let special = match address {
        IpAddr::V4(v4) => v4.is_broadcast() || v4.octets()[0] == 0,
        IpAddr::V6(_) => false,
    };
    !(address.is_loopback() || address.is_unspecified() || address.is_multicast() || special)
        && private_class(address).is_none()
}

/// A private address with every bit behind its class turned over or not, as the bits before it and the seed say: two
/// addresses share as many leading bits afterwards as before (prefix-preserving, after Xu, Fan and others, 2002).
fn mixed(address: IpAddr, seed: u64) -> IpAddr {
    let Some(class) = private_class(address) else { return address };
    match address {
        IpAddr::V4(v4) => from_bits_v4(flip(u128::from(v4.to_bits()), 32, class, seed)),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(flip(v6.to_bits(), 128, class, seed))),
    }
}

fn flip(bits: u128, width: u32, class: u8, seed: u64) -> u128 {
    (u32::from(class)..width).fold(bits, |turned, at| {
        let before = bits >> (width - at);
        let mut hasher = DefaultHasher::new();
        (seed, width, at, before).hash(&mut hasher);
        turned ^ (u128::from(hasher.finish() & 1) << (width - at - 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn shared(one: IpAddr, other: IpAddr) -> u32 {
        match (one, other) {
            (IpAddr::V4(one), IpAddr::V4(other)) => (one.to_bits() ^ other.to_bits()).leading_zeros(),
            (IpAddr::V6(one), IpAddr::V6(other)) => (one.to_bits() ^ other.to_bits()).leading_zeros(),
            _ => 0,
        }
    }

    #[test]
    fn private_addresses_stay_in_their_class_and_keep_their_prefixes() {
        let mut strict = Addresses::new(&BTreeMap::new(), &BTreeSet::new(), true, Some(7));
        let all = [
            "10.1.2.3",
            "10.1.2.77",
            "10.9.0.1",
            "172.16.5.1",
            "172.31.5.1",
            "192.168.1.1",
            "192.168.1.2",
            "100.64.0.9",
            "169.254.3.4",
            "fd00:1::2",
            "fd00:1::3",
            "fe80::1",
            "fe80::2",
        ];
        for one in all {
            let replaced = strict.replace(ip(one));
            assert_eq!(private_class(replaced), private_class(ip(one)), "{one}");
            for other in all {
                let (before, after) = (shared(ip(one), ip(other)), shared(replaced, strict.replace(ip(other))));
                assert_eq!(before, after, "{one} {other}");
            }
        }
        for kept in ["127.0.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "203.0.113.7", "::1", "::", "2001:db8::1"]
        {
            assert_eq!(strict.replace(ip(kept)), ip(kept));
        }
    }

    #[test]
    fn a_network_holds_the_same_addresses_afterwards() {
        let mut strict = Addresses::new(&BTreeMap::new(), &BTreeSet::new(), true, Some(9));
        let network = strict.replace_network(ip("192.168.7.0"), 24);
        let host = strict.replace(ip("192.168.7.9"));
        assert!(shared(network, host) >= 24 && network.to_string().ends_with(".0"));
        assert_eq!(strict.replace_network(ip("0.0.0.0"), 0), ip("0.0.0.0"));
    }

    #[test]
    fn own_public_addresses_give_way_to_free_ones_of_the_same_network() {
        let own = BTreeMap::from([(ip("203.0.113.9"), 24), (ip("198.51.100.1"), 32), (ip("10.0.0.5"), 8)]);
        let used = BTreeSet::from([ip("203.0.113.254"), ip("203.0.113.9")]);
        let mut standard = Addresses::new(&own, &used, true, None);
        assert_eq!(standard.replace(ip("203.0.113.9")), ip("203.0.113.253"));
        assert_eq!(standard.replace(ip("203.0.113.254")), ip("203.0.113.254"));
        assert_eq!(standard.replace(ip("198.51.100.1")), ip("198.19.255.254"));
        assert_eq!(standard.replace(ip("10.0.0.5")), ip("10.0.0.5"));
        assert_eq!(standard.replace_network(ip("203.0.113.9"), 24), ip("203.0.113.253"), "as `ip address` writes it");
        assert_eq!(standard.replace_network(ip("203.0.113.0"), 24), ip("203.0.113.0"));
    }

    #[test]
    fn hardware_addresses_inside_addresses_go() {
        let mut standard = Addresses::new(&BTreeMap::new(), &BTreeSet::new(), true, None);
        let (link, global) =
            (standard.replace(ip("fe80::5054:ff:fe12:3456")), standard.replace(ip("2001:db8::5054:ff:fe12:3456")));
        assert!(!link.to_string().contains("fe12:3456") && link.to_string().starts_with("fe80::"), "{link}");
        assert_eq!(link.to_string().rsplit_once("::").unwrap().1, global.to_string().rsplit_once("::").unwrap().1);
    }
}
