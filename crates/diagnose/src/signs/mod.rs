//! Signs: named statements read from evidence that are present, absent or unknown.

pub(crate) mod computer;
mod exchange;
mod firewall;
mod names;
mod own;
pub(crate) mod path;
mod proxy;
mod quality;
mod reach;

use std::collections::BTreeMap;

use crate::view::View;

pub(crate) use firewall::{blocking_policy, blocking_rule};
pub(crate) use proxy::{applicable as applicable_proxies, request as proxy_request};
pub(crate) use reach::{neighbour_ports, reached, rejections};

macro_rules! signs {
    ($($(#[doc = $doc:literal])+ $variant:ident $id:literal,)*) => {
        /// A named statement that evidence can show, deny or leave open. Its words are `sign-…` in `locales/`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Sign { $($(#[doc = $doc])+ $variant,)* }

        impl Sign {
            /// Every sign.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// The stable id that stands in reports.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }
        }
    };
}

signs! {
    /// The target answers as it should, the whole way.
    GoalWorks "goal_works",
    /// No interface but loopback can carry packets.
    NoUsableInterface "no_usable_interface",
    /// Interfaces are up, none has an address that reaches beyond the link.
    NoUsableAddress "no_usable_address",
    /// There is no default route for the family that is needed.
    NoDefaultRoute "no_default_route",
    /// The system finds no route to where packets must go (ENETUNREACH).
    RouteMissing "route_missing",
    /// A local route swallows the target (blackhole, prohibit, unreachable).
    RouteBlocked "route_blocked",
    /// The target has a route of its own through another router than the default one.
    RouteOfItsOwn "route_of_its_own",
    /// The router's link-layer address cannot be found.
    GatewayUnresolved "gateway_unresolved",
    /// The target is on this link and its link-layer address cannot be found.
    TargetNeighbourFailed "target_neighbour_failed",
    /// The route to the target leads into a tunnel.
    RouteThroughTunnel "route_through_tunnel",
    /// An independent host answers.
    ReferenceAnswers "reference_answers",
    /// A connectivity check was answered by somebody else than the host asked.
    ConnectivityRewritten "connectivity_rewritten",
    /// No resolver is configured.
    NoResolverConfigured "no_resolver_configured",
    /// No configured resolver answers.
    ResolversSilent "resolvers_silent",
    /// The resolver that is asked first does not answer.
    FirstResolverDead "first_resolver_dead",
    /// A resolver further down the list answers.
    LaterResolverAnswers "later_resolver_answers",
    /// The system's look-up of the target's name gives an address.
    NameResolves "name_resolves",
    /// The configured resolver answers with an error code (SERVFAIL, REFUSED, …).
    ResolverErrorCode "resolver_error_code",
    /// The configured resolvers say that the name does not exist.
    NameDenied "name_denied",
    /// An independent resolver says that the name does not exist.
    NameDeniedElsewhere "name_denied_elsewhere",
    /// An independent resolver gives an address for the name.
    NameKnownElsewhere "name_known_elsewhere",
    /// The name exists without an address.
    NameWithoutAddress "name_without_address",
    /// The hosts file pins the name.
    HostsPinsName "hosts_pins_name",
    /// DNS gives other addresses than those in use.
    DnsGivesOther "dns_gives_other",
    /// The configured resolver and an independent one give different addresses.
    AnswersDiffer "answers_differ",
    /// An address that only another source gives accepts connections.
    OtherAnswerConnects "other_answer_connects",
    /// A resolver gives an address for a name that cannot exist.
    RandomNameAnswered "random_name_answered",
    /// The address in the pasted message does not answer, and the name does not resolve any more.
    AddressFromMessageFails "address_from_message_fails",
    /// A proxy is configured that applies to this target.
    ProxyConfigured "proxy_configured",
    /// A configured proxy does not answer or refuses.
    ProxyDown "proxy_down",
    /// The configured proxy's name does not resolve.
    ProxyNameUnresolved "proxy_name_unresolved",
    /// The proxy asks for credentials (407).
    ProxyAsksAuth "proxy_asks_auth",
    /// The proxy forbids this target.
    ProxyDenies "proxy_denies",
    /// The proxy cannot reach the target (502, 503, 504).
    ProxyUpstreamFails "proxy_upstream_fails",
    /// The target answers through the proxy.
    ProxyWorks "proxy_works",
    /// The automatic proxy configuration cannot be fetched or evaluated.
    PacUnavailable "pac_unavailable",
    /// The target cannot be reached directly.
    DirectFails "direct_fails",
    /// The proxy is known only from the environment and the message does not say that a direct connection failed.
    ProxyFromEnvironmentOnly "proxy_from_environment_only",
    /// A TCP connection to the target is accepted.
    TargetConnects "target_connects",
    /// The target refuses the connection (RST).
    TargetRefuses "target_refuses",
    /// Nothing comes back from the target's port.
    TargetSilent "target_silent",
    /// The target's host answers on another port or to an echo.
    HostAlive "host_alive",
    /// The target's host answers nothing at all.
    HostSilent "host_silent",
    /// A device answers "administratively prohibited".
    Prohibited "prohibited",
    /// Another machine answers "port unreachable" to a TCP connection, as only filters do.
    PortRejected "port_rejected",
    /// A router answers "network unreachable".
    NetworkUnreachable "network_unreachable",
    /// A router answers "host unreachable".
    HostUnreachable "host_unreachable",
    /// A rule of this computer's firewall matches the connection.
    LocalRuleMatches "local_rule_matches",
    /// This computer refuses to send the packet (EPERM, EACCES).
    SendingDenied "sending_denied",
    /// The rejection comes from this computer's own address.
    RejectedBySelf "rejected_by_self",
    /// This computer fails to retransmit its own SYN (TCPRetransFail rises).
    RetransmitFails "retransmit_fails",
    /// The first hop sees packets to another port, not those to this one.
    FirstHopBlind "first_hop_blind",
    /// The first hop sees packets to this port.
    FirstHopSees "first_hop_sees",
    /// The refusal comes faster than the host could answer.
    RefusedTooFast "refused_too_fast",
    /// Packets circle between the same routers.
    Loop "loop",
    /// The trace ends at a router on the way.
    TraceEndsEarly "trace_ends_early",
    /// The last router that answers is next to the target.
    TraceReachesEdge "trace_reaches_edge",
    /// A part of the packets is lost on the way to the target.
    Loss "loss",
    /// Echo requests to the target are lost.
    EchoLoss "echo_loss",
    /// Handshakes with another port of the same host are lost as well.
    NeighbourLoss "neighbour_loss",
    /// Large packets vanish where small ones pass.
    LargeVanish "large_vanish",
    /// With small segments the exchange succeeds at once.
    SmallSegmentsHelp "small_segments_help",
    /// The connection is accepted and then nothing more comes.
    ExchangeSilent "exchange_silent",
    /// The far end has acknowledged the request, so it arrived.
    RequestAcknowledged "request_acknowledged",
    /// The far end has not acknowledged the request.
    RequestUnacknowledged "request_unacknowledged",
    /// The connection is accepted and then closed or reset without an answer.
    ExchangeCut "exchange_cut",
    /// Something else than the expected protocol answers.
    WrongProtocol "wrong_protocol",
    /// Some of the name's addresses accept connections, others do not.
    SomeAddressesFail "some_addresses_fail",
    /// All failing addresses are IPv6, all working ones IPv4.
    FailuresAreIpv6 "failures_are_ipv6",
    /// This computer has a global IPv6 address and an IPv6 default route.
    Ipv6Configured "ipv6_configured",
    /// Independent hosts answer over IPv6.
    Ipv6ReferenceAnswers "ipv6_reference_answers",
    /// The certificate's validity has ended.
    CertificateExpired "certificate_expired",
    /// The certificate's validity has not begun.
    CertificateNotYetValid "certificate_not_yet_valid",
    /// The certificate is for other names.
    CertificateForOtherName "certificate_for_other_name",
    /// The certificate's issuer is not trusted by this computer.
    IssuerUnknown "issuer_unknown",
    /// The server demands a client certificate.
    ClientCertificateWanted "client_certificate_wanted",
    /// No common TLS version or cipher.
    NoCommonTlsVersion "no_common_tls_version",
    /// A gateway answers that its upstream timed out (504).
    GatewayTimeout "gateway_timeout",
    /// A gateway answers that its upstream is bad (502).
    BadGateway "bad_gateway",
    /// The service says it is unavailable (503).
    ServiceUnavailable "service_unavailable",
    /// The service says that the request took too long (408).
    RequestTimeout "request_timeout",
    /// The service throttles (429).
    RateLimited "rate_limited",
    /// The service asks for a log-in or forbids (401, 403).
    Unauthorized "unauthorized",
    /// The network alone needs longer than the client waits.
    PathSlowerThanClient "path_slower_than_client",
    /// The service's answer takes longer than the client waits.
    ServiceSlowerThanClient "service_slower_than_client",
    /// The pasted message says that the connection was refused.
    MessageRefused "message_refused",
    /// The target is this computer.
    TargetIsOwn "target_is_own",
    /// Nothing listens on the port here.
    NobodyListens "nobody_listens",
    /// A program listens on the port, on another address of this computer.
    ListensElsewhere "listens_elsewhere",
    /// A program listens on the port, in the other address family.
    ListensOtherFamily "listens_other_family",
    /// The listener's queue of waiting connections is full.
    AcceptQueueFull "accept_queue_full",
    /// The listening process is stopped.
    ProcessStopped "process_stopped",
}

/// What one sign was found to be, and on what evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Present or absent; a sign without a reading is unknown.
    pub present: bool,
    /// Ids of the evidence that says so.
    pub evidence: Vec<String>,
}

/// The signs of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signs {
    readings: BTreeMap<Sign, Reading>,
}

impl Signs {
    /// Reads every sign that the case's evidence shows or denies.
    pub fn read(view: View<'_>) -> Self {
        let mut signs = Self::default();
        computer::read(view, &mut signs);
        names::read(view, &mut signs);
        proxy::read(view, &mut signs);
        reach::read(view, &mut signs);
        path::read(view, &mut signs);
        exchange::read(view, &mut signs);
        quality::read(view, &mut signs);
        signs
    }

    /// Records a reading. What one piece of evidence shows is not undone by another that does not show it.
    pub(crate) fn note<'e>(&mut self, sign: Sign, present: bool, evidence: impl IntoIterator<Item = &'e str>) {
        let new = Reading { present, evidence: evidence.into_iter().map(str::to_owned).collect() };
        match self.readings.get_mut(&sign) {
            Some(old) if old.present && !present => {}
            Some(old) if old.present == present => {
                for id in new.evidence {
                    if !old.evidence.contains(&id) {
                        old.evidence.push(id);
                    }
                }
            }
            _ => {
                self.readings.insert(sign, new);
            }
        }
    }

    /// The reading of a sign; `None` where nothing tells.
    pub fn get(&self, sign: Sign) -> Option<&Reading> {
        self.readings.get(&sign)
    }

    /// Whether a sign is known to be present.
    pub fn has(&self, sign: Sign) -> bool {
        self.get(sign).is_some_and(|reading| reading.present)
    }

    /// Whether a sign is known to be absent.
    pub fn lacks(&self, sign: Sign) -> bool {
        self.get(sign).is_some_and(|reading| !reading.present)
    }

    /// Every reading.
    pub fn iter(&self) -> impl Iterator<Item = (Sign, &Reading)> {
        self.readings.iter().map(|(sign, reading)| (*sign, reading))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presence_is_not_undone_and_evidence_adds_up() {
        let mut signs = Signs::default();
        signs.note(Sign::Loss, false, ["e1"]);
        signs.note(Sign::Loss, true, ["e2"]);
        signs.note(Sign::Loss, false, ["e3"]);
        signs.note(Sign::Loss, true, ["e2", "e4"]);
        assert_eq!(signs.get(Sign::Loss), Some(&Reading { present: true, evidence: vec!["e2".into(), "e4".into()] }));
    }
}
