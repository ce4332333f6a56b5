//! The hops as far as they are known, and what they make of a path. Pure.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use netmend_model::TraceMethod;
use netmend_model::net::{Hop, HopReply, IcmpError, Trace, TraceEnd};

use super::ask::Answer;

/// The hops as far as they are known.
#[derive(Debug)]
pub struct Hops {
    target: IpAddr,
    method: TraceMethod,
    by_ttl: BTreeMap<u8, Hop>,
    reached: BTreeMap<u8, &'static str>,
    refused: BTreeMap<u8, IcmpError>,
}

impl Hops {
    pub fn new(target: IpAddr, method: TraceMethod) -> Self {
        Self { target, method, by_ttl: BTreeMap::new(), reached: BTreeMap::new(), refused: BTreeMap::new() }
    }

    /// A packet with this TTL is on its way.
    pub fn sent(&mut self, ttl: u8) {
        self.by_ttl.entry(ttl).or_insert_with(|| Hop { ttl, sent: 0, replies: Vec::new() }).sent += 1;
    }

    /// Something came back, or nothing did, for a packet with this TTL.
    pub fn answer(&mut self, ttl: u8, answer: Answer) {
        let reply = match answer {
            Answer::Silence | Answer::NotSent(_) => return,
            Answer::Reached { from, by, rtt_ms } => {
                self.reached.entry(ttl).or_insert(by);
                HopReply { from, rtt_ms, icmp: None }
            }
            Answer::Icmp(error) => {
                if !error.is_time_exceeded() {
                    self.refused.entry(ttl).or_insert_with(|| error.clone());
                }
                // An error of this machine itself that names nobody comes from here; the target's address stands for "unknown".
                HopReply { from: error.from.unwrap_or(self.target), rtt_ms: error.after_ms, icmp: Some(error) }
            }
        };
        if let Some(hop) = self.by_ttl.get_mut(&ttl) {
            hop.replies.push(reply);
        }
    }

    /// The TTL at which the way ends, where it is known: reached or refused.
    fn end(&self) -> Option<u8> {
        let firsts = [self.reached.keys().next(), self.refused.keys().next()];
        firsts.into_iter().flatten().min().copied()
    }

    /// Whether the target was reached, or the way refused.
    pub fn ended(&self) -> bool {
        self.end().is_some()
    }

    /// Whether any packet was answered.
    pub fn answered(&self) -> bool {
        self.by_ttl.values().any(|hop| !hop.replies.is_empty())
    }

    /// Whether the end is known and every hop before it has answered: nothing more can be learnt.
    pub fn complete(&self) -> bool {
        self.end().is_some_and(|end| self.by_ttl.range(..end).all(|(_, hop)| !hop.replies.is_empty()))
    }

    /// TTLs without an answer that are worth another packet: those before the end, else up to `beyond` behind the last answer.
    pub fn silent(&self, beyond: u8) -> Vec<u8> {
        let last = self.by_ttl.values().rev().find(|hop| !hop.replies.is_empty()).map_or(0, |hop| hop.ttl);
        let limit = self.end().unwrap_or_else(|| last.saturating_add(beyond));
        self.by_ttl.range(..=limit).filter(|(_, hop)| hop.replies.is_empty()).map(|(ttl, _)| *ttl).collect()
    }

    /// Round trips to the hops that answered.
    pub fn round_trips(&self) -> impl Iterator<Item = Duration> + '_ {
        let replies = self.by_ttl.values().flat_map(|hop| &hop.replies);
        replies.filter_map(|reply| Duration::try_from_secs_f64(reply.rtt_ms / 1e3).ok())
    }

    /// The path: up to its end, else up to the first hop behind the last answer.
    pub fn into_trace(self) -> Trace {
        let end = self.end();
        let last = self.by_ttl.values().rev().find(|hop| !hop.replies.is_empty()).map_or(0, |hop| hop.ttl);
        let limit = end.unwrap_or(last.saturating_add(1));
        let end = end.map_or(TraceEnd::Silent, |ttl| self.how(ttl));
        Trace { hops: self.by_ttl.into_values().filter(|hop| hop.ttl <= limit).collect(), end }
    }

    fn how(&self, ttl: u8) -> TraceEnd {
        match (self.reached.get(&ttl), self.refused.get(&ttl)) {
            (Some(by), _) => TraceEnd::Reached { ttl, by: (*by).to_owned() },
            // The host's own "port unreachable" to an echo request means that the packet arrived.
            (None, Some(icmp)) if self.method == TraceMethod::Icmp && self.is_target_port(icmp) => {
                TraceEnd::Reached { ttl, by: "port_unreachable".to_owned() }
            }
            (None, Some(icmp)) => TraceEnd::Refused { ttl, icmp: icmp.clone() },
            (None, None) => TraceEnd::Silent,
        }
    }

    fn is_target_port(&self, icmp: &IcmpError) -> bool {
        icmp.is_port_unreachable() && icmp.from == Some(self.target)
    }
}

#[cfg(test)]
mod tests {
    use netmend_model::OsError;
    use netmend_model::net::IcmpOrigin;

    use super::*;

    const TARGET: [u8; 4] = [203, 0, 113, 10];

    fn icmp(from: [u8; 4], icmp_type: u8, code: u8) -> Answer {
        Answer::Icmp(IcmpError {
            origin: IcmpOrigin::Icmp,
            icmp_type,
            code,
            from: Some(from.into()),
            error: OsError { code: 113, symbol: "EHOSTUNREACH".into() },
            after_ms: 7.0,
            mtu: None,
        })
    }

    fn exceeded(last: u8) -> Answer {
        icmp([198, 51, 100, last], 11, 0)
    }

    fn reached() -> Answer {
        Answer::Reached { from: TARGET.into(), by: "syn_ack", rtt_ms: 9.0 }
    }

    fn hops(answers: impl IntoIterator<Item = (u8, Answer)>) -> Hops {
        let mut hops = Hops::new(TARGET.into(), TraceMethod::Tcp);
        for ttl in 1..=16 {
            hops.sent(ttl);
        }
        for (ttl, answer) in answers {
            hops.answer(ttl, answer);
        }
        hops
    }

    #[test]
    fn the_path_ends_at_the_first_ttl_that_reached() {
        let hops = hops([(4, reached()), (1, exceeded(1)), (3, reached()), (2, exceeded(2)), (5, reached())]);
        assert!(hops.complete());
        let trace = hops.into_trace();
        assert_eq!(trace.end, TraceEnd::Reached { ttl: 3, by: "syn_ack".into() });
        assert_eq!(trace.hops.iter().map(|hop| hop.ttl).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn a_silent_hop_before_the_end_is_asked_again_and_later_ones_are_not() {
        let hops = hops([(1, exceeded(1)), (4, reached())]);
        assert!(hops.ended() && !hops.complete());
        assert_eq!(hops.silent(4), [2, 3]);
    }

    #[test]
    fn silence_ends_one_hop_behind_the_last_answer() {
        let hops = hops([(1, exceeded(1)), (3, exceeded(3)), (9, Answer::Silence)]);
        assert!(!hops.ended());
        assert_eq!(hops.silent(2), [2, 4, 5]);
        let trace = hops.into_trace();
        assert_eq!(trace.end, TraceEnd::Silent);
        assert_eq!(trace.hops.len(), 4);
        assert_eq!(trace.last_answer(), Some((3, [198, 51, 100, 3].into())));
    }

    #[test]
    fn a_refusal_names_its_sender() {
        let trace = hops([(1, exceeded(1)), (2, icmp([198, 51, 100, 2], 3, 13)), (3, icmp([198, 51, 100, 2], 3, 13))]);
        let trace = trace.into_trace();
        let TraceEnd::Refused { ttl: 2, icmp } = &trace.end else { panic!("{trace:?}") };
        assert!(icmp.is_prohibited());
        assert_eq!(trace.hops.len(), 2);
    }

    #[test]
    fn a_loop_shows_as_addresses_that_repeat() {
        let trace = hops((1..=16).map(|ttl| (ttl, exceeded(ttl % 2)))).into_trace();
        assert_eq!(trace.hops.len(), 16);
        assert_eq!(trace.hops[3].replies[0].from, trace.hops[5].replies[0].from);
        assert_eq!(trace.end, TraceEnd::Silent);
    }

    #[test]
    fn nothing_at_all_leaves_the_first_hop_as_silent() {
        let trace = hops([]).into_trace();
        assert_eq!(trace.hops.len(), 1);
        assert_eq!(trace.hops[0].replies, []);
    }
}
