//! Causes on this computer's own links, and the sign-in of a network.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign::{
    ConnectivityRewritten, DirectFails, GatewayUnresolved, GoalWorks, NoDefaultRoute, NoUsableAddress,
    NoUsableInterface, ReferenceAnswers, RouteBlocked, RouteMissing, RouteOfItsOwn, TargetConnects, TargetIsOwn,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        cause: CauseId::LinkDown,
        stage: Stage::Computer,
        needs: &[(NoUsableInterface, 6.0)],
        hints: &[],
        excludes: &[TargetConnects, TargetIsOwn],
    },
    Rule {
        cause: CauseId::IpNoAddress,
        stage: Stage::Computer,
        needs: &[(NoUsableAddress, 5.5)],
        hints: &[],
        excludes: &[TargetConnects, TargetIsOwn, NoUsableInterface],
    },
    Rule {
        cause: CauseId::IpNoDefaultRoute,
        stage: Stage::Computer,
        needs: &[(NoDefaultRoute, 3.0), (RouteMissing, 3.0)],
        hints: &[],
        excludes: &[TargetConnects, TargetIsOwn, NoUsableInterface, NoUsableAddress],
    },
    Rule {
        cause: CauseId::IpLocalRouteBlock,
        stage: Stage::Computer,
        needs: &[(RouteBlocked, 5.5)],
        hints: &[(ReferenceAnswers, 0.5, 0.0)],
        excludes: &[TargetConnects],
    },
    // A static route of the target's own, through a router that does not answer on the link.
    Rule {
        cause: CauseId::IpLocalRouteBlock,
        stage: Stage::Computer,
        needs: &[(RouteOfItsOwn, 2.0), (GatewayUnresolved, 3.0), (DirectFails, 0.5)],
        hints: &[(ReferenceAnswers, 1.0, 1.0)],
        excludes: &[TargetConnects],
    },
    Rule {
        cause: CauseId::IpGatewayUnreachable,
        stage: Stage::Computer,
        needs: &[(GatewayUnresolved, 5.5)],
        hints: &[],
        excludes: &[TargetConnects, RouteOfItsOwn, NoDefaultRoute, NoUsableInterface],
    },
    Rule {
        cause: CauseId::NetCaptivePortal,
        stage: Stage::Access,
        needs: &[(ConnectivityRewritten, 5.0)],
        hints: &[(GoalWorks, -0.5, 0.0)],
        excludes: &[],
    },
];
