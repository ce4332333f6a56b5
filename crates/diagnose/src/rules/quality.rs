//! It works, though not well.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign::{
    EchoLoss, FailuresAreIpv6, Ipv6Configured, Ipv6ReferenceAnswers, Loss, NeighbourLoss, PathSlowerThanClient,
    ServiceSlowerThanClient, SomeAddressesFail, TargetConnects, TargetIsOwn,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        cause: CauseId::IpIpv6Broken,
        stage: Stage::Quality,
        needs: &[(SomeAddressesFail, 1.0), (FailuresAreIpv6, 2.5), (Ipv6Configured, 0.8)],
        // Without an IPv6 reference to compare with, "all of IPv6" is likelier than one IPv6 address of the service.
        hints: &[(Ipv6ReferenceAnswers, -6.0, 1.5)],
        excludes: &[TargetIsOwn],
    },
    Rule {
        cause: CauseId::ServicePartialBackends,
        stage: Stage::Quality,
        needs: &[(SomeAddressesFail, 4.6)],
        hints: &[(FailuresAreIpv6, -2.6, 0.0), (Ipv6ReferenceAnswers, 1.5, 0.0)],
        excludes: &[TargetIsOwn],
    },
    Rule {
        cause: CauseId::PathLoss,
        stage: Stage::Quality,
        needs: &[(Loss, 4.4)],
        hints: &[(EchoLoss, 1.2, 1.5), (NeighbourLoss, 1.5, 3.5)],
        excludes: &[TargetIsOwn],
    },
    Rule {
        cause: CauseId::ServiceOverloaded,
        stage: Stage::Quality,
        needs: &[(Loss, 3.0)],
        // What else goes to the host arrives: what is absent there speaks for it.
        hints: &[(EchoLoss, -3.0, -1.2), (NeighbourLoss, -4.0, -3.5)],
        excludes: &[TargetIsOwn],
    },
    Rule {
        cause: CauseId::ClientTimeoutTooShort,
        stage: Stage::Quality,
        needs: &[(PathSlowerThanClient, 5.0), (TargetConnects, 0.3)],
        hints: &[(Loss, -2.0, 0.0)],
        excludes: &[],
    },
    Rule {
        cause: CauseId::ServiceSlow,
        stage: Stage::Quality,
        needs: &[(ServiceSlowerThanClient, 5.0)],
        hints: &[],
        excludes: &[PathSlowerThanClient],
    },
];
