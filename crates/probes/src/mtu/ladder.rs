//! What the packets of several sizes say together. Pure.

use std::collections::BTreeSet;

use netmend_model::net::{IcmpError, Mtu};

/// Sizes that paths usually pass: PPPoE (1492), tunnels (WireGuard 1420, IPsec and OpenVPN about 1400), IPv6's minimum (1280).
const USUAL: [u32; 4] = [1492, 1420, 1400, 1280];

/// One packet and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// Bytes of the IP packet.
    pub size: u32,
    /// ICMP echo rather than UDP.
    pub echo: bool,
    pub answered: bool,
    /// Whether it left this machine.
    pub left: bool,
    /// A router's "too big".
    pub named: Option<IcmpError>,
}

/// Sizes, and which of them passed.
#[derive(Debug)]
pub struct Ladder {
    small: u32,
    large: u32,
    passed: BTreeSet<u32>,
    vanished: BTreeSet<u32>,
    named: Option<IcmpError>,
}

impl Ladder {
    /// Between a size that every path passes (RFC 8200, 5: 1280; RFC 791, 3.1: 576 to every host) and that of the interface.
    pub fn new(v6: bool, interface_mtu: u32) -> Self {
        let smallest = if v6 { 1280 } else { 576 };
        let large = interface_mtu.max(smallest);
        Self { small: smallest, large, passed: BTreeSet::new(), vanished: BTreeSet::new(), named: None }
    }

    /// The large packet and then the control.
    pub fn ends(&self) -> Vec<u32> {
        let large = (self.large > self.small).then_some(self.large);
        large.into_iter().chain([self.small]).collect()
    }

    /// Usual sizes between the ends, with the one that a router named; then the control.
    pub fn between(&self) -> Vec<u32> {
        let named = self.named.as_ref().and_then(|error| error.mtu);
        let sizes: BTreeSet<u32> =
            USUAL.into_iter().chain(named).filter(|size| (self.small + 1..self.large).contains(size)).collect();
        sizes.into_iter().rev().chain([self.small]).collect()
    }

    /// Takes in one round. A way (UDP, echo) whose control stayed unanswered says nothing about what vanished.
    pub fn learn(&mut self, probes: Vec<Probe>) {
        let works =
            |echo: bool| probes.iter().any(|probe| probe.echo == echo && probe.size == self.small && probe.answered);
        let control = [works(false), works(true)];
        for probe in probes {
            if probe.answered {
                self.passed.insert(probe.size);
            } else if control[usize::from(probe.echo)] && probe.left {
                self.vanished.insert(probe.size);
            }
            self.named = self.named.take().or(probe.named);
        }
    }

    /// Whether the control has arrived.
    pub fn small_passed(&self) -> bool {
        self.passed.contains(&self.small)
    }

    /// Whether the largest packet has arrived: there is nothing left to search.
    pub fn settled(&self) -> bool {
        self.passed.contains(&self.large)
    }

    /// Whether the control arrived and the large packet did not.
    pub fn large_vanished(&self) -> bool {
        self.small_passed() && !self.settled() && self.vanished.contains(&self.large)
    }

    /// The bounds. A size that passed once passes: what vanished below it was lost by chance.
    pub fn into_mtu(self, interface_mtu: Option<u32>) -> Mtu {
        let passed = self.passed.last().copied();
        let above = |size: &u32| passed.is_none_or(|passed| *size > passed);
        let vanished = self.vanished.iter().copied().find(above);
        Mtu { passed, vanished, named: self.named, interface_mtu }
    }
}

#[cfg(test)]
mod tests {
    use netmend_model::OsError;
    use netmend_model::net::IcmpOrigin;

    use super::*;

    fn probe(size: u32, answered: bool) -> Probe {
        Probe { size, echo: false, answered, left: true, named: None }
    }

    fn learnt(rounds: &[&[(u32, bool)]]) -> Ladder {
        let mut ladder = Ladder::new(false, 1500);
        for round in rounds {
            ladder.learn(round.iter().map(|(size, answered)| probe(*size, *answered)).collect());
        }
        ladder
    }

    #[test]
    fn a_clear_path_is_settled_at_once() {
        let ladder = learnt(&[&[(1500, true), (576, true)]]);
        assert!(ladder.settled() && !ladder.large_vanished());
        let mtu = ladder.into_mtu(Some(1500));
        assert_eq!((mtu.passed, mtu.vanished), (Some(1500), None));
    }

    #[test]
    fn large_packets_that_vanish_are_bounded() {
        let ends: &[(u32, bool)] = &[(1500, false), (576, true)];
        let ladder = learnt(&[ends, ends]);
        assert!(ladder.large_vanished());
        assert_eq!(ladder.between(), [1492, 1420, 1400, 1280, 576]);
        let ladder = learnt(&[ends, &[(1492, false), (1420, false), (1400, true), (1280, true), (576, true)]]);
        let mtu = ladder.into_mtu(Some(1500));
        assert_eq!((mtu.passed, mtu.vanished), (Some(1400), Some(1420)));
    }

    #[test]
    fn silence_without_the_controls_answer_means_nothing() {
        let ladder = learnt(&[&[(1500, false), (576, false)]]);
        assert!(!ladder.large_vanished());
        let mtu = ladder.into_mtu(None);
        assert_eq!((mtu.passed, mtu.vanished), (None, None));
    }

    #[test]
    fn a_way_that_is_blocked_does_not_speak_for_the_other() {
        let mut ladder = Ladder::new(false, 1500);
        let echo = |size| Probe { echo: true, ..probe(size, true) };
        ladder.learn(vec![probe(1500, false), probe(576, false), echo(1500), echo(576)]);
        assert!(ladder.settled());
        assert_eq!(ladder.into_mtu(None).vanished, None);
    }

    #[test]
    fn a_single_loss_below_what_passed_is_chance() {
        let mtu = learnt(&[&[(1500, false), (576, true)], &[(1400, true), (1280, false), (576, true)]]).into_mtu(None);
        assert_eq!((mtu.passed, mtu.vanished), (Some(1400), Some(1500)));
    }

    #[test]
    fn the_size_that_a_router_names_is_tried() {
        let error = IcmpError {
            origin: IcmpOrigin::Icmp,
            icmp_type: 3,
            code: 4,
            from: None,
            error: OsError { code: 90, symbol: "EMSGSIZE".into() },
            after_ms: 1.0,
            mtu: Some(1380),
        };
        let mut ladder = Ladder::new(false, 1500);
        ladder.learn(vec![Probe { named: Some(error), ..probe(1500, false) }, probe(576, true)]);
        assert!(ladder.between().contains(&1380));
    }
}
