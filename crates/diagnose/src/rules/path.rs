//! Causes between this computer and an accepted connection.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign;
use crate::signs::Sign::{
    DirectFails, FirstHopBlind, FirstHopSees, GatewayUnresolved, HostAlive, HostSilent, HostUnreachable,
    LocalRuleMatches, Loop, NetworkUnreachable, NoDefaultRoute, PortRejected, Prohibited, RefusedTooFast,
    RejectedBySelf, RetransmitFails, RouteBlocked, RouteMissing, RouteThroughTunnel, SendingDenied, TargetConnects,
    TargetIsOwn, TargetNeighbourFailed, TargetRefuses, TargetSilent, TraceEndsEarly, TraceReachesEdge,
};

/// What a refusal by this computer itself rules out.
const NOT_OURS: &[Sign] = &[TargetConnects, RouteBlocked, RouteMissing, NoDefaultRoute, TargetIsOwn];

pub(super) const RULES: &[Rule] = &[
    Rule {
        cause: CauseId::FirewallLocalOutbound,
        stage: Stage::Reach,
        needs: &[(DirectFails, 0.5), (LocalRuleMatches, 5.0)],
        hints: &[(FirstHopBlind, 1.5, 1.5), (SendingDenied, 1.0, 0.0), (RejectedBySelf, 1.5, 0.0)],
        excludes: NOT_OURS,
    },
    Rule {
        cause: CauseId::FirewallLocalOutbound,
        stage: Stage::Reach,
        needs: &[(DirectFails, 0.5), (SendingDenied, 4.5)],
        hints: &[(FirstHopBlind, 1.5, 0.0), (RetransmitFails, 1.5, 0.0)],
        excludes: NOT_OURS,
    },
    Rule {
        cause: CauseId::FirewallLocalOutbound,
        stage: Stage::Reach,
        needs: &[(DirectFails, 0.5), (RejectedBySelf, 5.5)],
        hints: &[],
        excludes: NOT_OURS,
    },
    Rule {
        cause: CauseId::FirewallLocalOutbound,
        stage: Stage::Reach,
        needs: &[(DirectFails, 0.5), (FirstHopBlind, 3.8)],
        hints: &[(RetransmitFails, 2.0, 0.5), (RefusedTooFast, 1.5, 0.0)],
        excludes: NOT_OURS,
    },
    Rule {
        cause: CauseId::FirewallLocalOutbound,
        stage: Stage::Reach,
        needs: &[(DirectFails, 0.5), (RefusedTooFast, 4.0)],
        hints: &[(FirstHopBlind, 1.5, 0.0)],
        excludes: &[TargetConnects, RouteBlocked, RouteMissing, NoDefaultRoute, TargetIsOwn, FirstHopSees],
    },
    Rule {
        cause: CauseId::FirewallRejected,
        stage: Stage::Reach,
        needs: &[(Prohibited, 6.0)],
        hints: &[],
        excludes: &[RejectedBySelf, TargetConnects],
    },
    Rule {
        cause: CauseId::FirewallRejected,
        stage: Stage::Reach,
        needs: &[(PortRejected, 5.0)],
        hints: &[],
        excludes: &[RejectedBySelf, TargetConnects],
    },
    // "Host" or "network unreachable" about a host that answers otherwise is a filter's word, not a router's.
    Rule {
        cause: CauseId::FirewallRejected,
        stage: Stage::Reach,
        needs: &[(HostUnreachable, 2.5), (HostAlive, 4.0)],
        hints: &[],
        excludes: &[RejectedBySelf, TargetConnects],
    },
    Rule {
        cause: CauseId::FirewallRejected,
        stage: Stage::Reach,
        needs: &[(NetworkUnreachable, 2.5), (HostAlive, 4.0)],
        hints: &[],
        excludes: &[RejectedBySelf, TargetConnects],
    },
    Rule {
        cause: CauseId::FirewallDropped,
        stage: Stage::Reach,
        needs: &[(TargetSilent, 2.0), (HostAlive, 3.2)],
        hints: &[
            (FirstHopBlind, -3.0, 0.0),
            (FirstHopSees, 0.4, 0.0),
            (SendingDenied, -3.0, 0.0),
            (RetransmitFails, -2.0, 0.0),
            (TraceEndsEarly, 0.4, 0.0),
        ],
        excludes: &[TargetConnects, TargetIsOwn, NoDefaultRoute, GatewayUnresolved, LocalRuleMatches, Loop],
    },
    Rule {
        cause: CauseId::PathNoRoute,
        stage: Stage::Reach,
        needs: &[(NetworkUnreachable, 5.5)],
        hints: &[(HostAlive, -6.0, 0.0)],
        excludes: &[RejectedBySelf, TargetConnects],
    },
    Rule {
        cause: CauseId::PathHostUnreachable,
        stage: Stage::Reach,
        needs: &[(HostUnreachable, 5.5)],
        hints: &[(HostAlive, -6.0, 0.0)],
        excludes: &[RejectedBySelf, Loop, TargetConnects],
    },
    // This computer is the last router itself when the target is on its own link.
    Rule {
        cause: CauseId::PathHostUnreachable,
        stage: Stage::Reach,
        needs: &[(TargetNeighbourFailed, 5.5)],
        hints: &[],
        excludes: &[TargetConnects, HostAlive],
    },
    Rule {
        cause: CauseId::PathHostSilent,
        stage: Stage::Reach,
        needs: &[(TargetSilent, 1.5), (HostSilent, 1.5), (TraceReachesEdge, 1.8)],
        hints: &[],
        excludes: &[
            TargetConnects,
            HostAlive,
            HostUnreachable,
            NetworkUnreachable,
            Prohibited,
            Loop,
            GatewayUnresolved,
        ],
    },
    Rule {
        cause: CauseId::PathBlackhole,
        stage: Stage::Reach,
        needs: &[(TargetSilent, 1.8), (HostSilent, 1.8)],
        hints: &[(TraceEndsEarly, 1.5, 0.5), (TraceReachesEdge, -2.0, 0.0)],
        excludes: &[
            TargetConnects,
            TargetIsOwn,
            HostAlive,
            HostUnreachable,
            NetworkUnreachable,
            Prohibited,
            PortRejected,
            Loop,
            GatewayUnresolved,
            TargetNeighbourFailed,
            LocalRuleMatches,
            SendingDenied,
            RouteThroughTunnel,
        ],
    },
    Rule {
        cause: CauseId::VpnTunnelStalled,
        stage: Stage::Reach,
        needs: &[(TargetSilent, 1.5), (HostSilent, 1.5), (RouteThroughTunnel, 2.5)],
        hints: &[],
        excludes: &[TargetConnects, HostAlive, HostUnreachable, NetworkUnreachable, Prohibited],
    },
    Rule {
        cause: CauseId::PathRoutingLoop,
        stage: Stage::Reach,
        needs: &[(Loop, 6.0)],
        hints: &[],
        excludes: &[TargetConnects, TargetRefuses],
    },
];
