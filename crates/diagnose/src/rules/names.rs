//! Causes in name look-up.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign::{
    AddressFromMessageFails, AnswersDiffer, DirectFails, DnsGivesOther, FirstResolverDead, GoalWorks, HostsPinsName,
    LaterResolverAnswers, NameDenied, NameDeniedElsewhere, NameKnownElsewhere, NameResolves, NameWithoutAddress,
    NoResolverConfigured, NoUsableInterface, OtherAnswerConnects, RandomNameAnswered, ReferenceAnswers,
    ResolverErrorCode, ResolversSilent, TargetConnects,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        cause: CauseId::DnsNoResolver,
        stage: Stage::Names,
        needs: &[(NoResolverConfigured, 5.5)],
        hints: &[],
        excludes: &[NameResolves, NoUsableInterface],
    },
    Rule {
        cause: CauseId::DnsResolverUnreachable,
        stage: Stage::Names,
        needs: &[(ResolversSilent, 3.8)],
        hints: &[(ReferenceAnswers, 1.5, 2.5), (AddressFromMessageFails, -2.0, 0.0)],
        excludes: &[NameResolves, NoResolverConfigured],
    },
    Rule {
        cause: CauseId::DnsResolverPartial,
        stage: Stage::Quality,
        needs: &[(FirstResolverDead, 3.0), (LaterResolverAnswers, 2.2)],
        hints: &[],
        excludes: &[],
    },
    Rule {
        cause: CauseId::DnsResolverFailing,
        stage: Stage::Names,
        needs: &[(ResolverErrorCode, 4.2)],
        hints: &[(NameKnownElsewhere, 1.5, 0.8), (AddressFromMessageFails, -1.0, 0.0)],
        excludes: &[NameResolves],
    },
    Rule {
        cause: CauseId::DnsNameNotFound,
        stage: Stage::Names,
        needs: &[(NameDenied, 4.0)],
        hints: &[(NameDeniedElsewhere, 1.8, 0.0), (AddressFromMessageFails, -4.5, 0.0)],
        excludes: &[NameResolves, NameKnownElsewhere],
    },
    // The resolver asked here denies a name that others know: its answer is old or filtered.
    Rule {
        cause: CauseId::DnsStaleAnswer,
        stage: Stage::Names,
        needs: &[(NameDenied, 2.0), (NameKnownElsewhere, 1.6)],
        hints: &[(OtherAnswerConnects, 1.4, 1.5)],
        excludes: &[NameResolves],
    },
    Rule {
        cause: CauseId::DnsNoAddressRecord,
        stage: Stage::Names,
        needs: &[(NameWithoutAddress, 5.0)],
        hints: &[],
        excludes: &[NameResolves, NameKnownElsewhere],
    },
    Rule {
        cause: CauseId::DnsHostsOverride,
        stage: Stage::Names,
        needs: &[(HostsPinsName, 2.0)],
        hints: &[(DirectFails, 1.2, 0.0), (DnsGivesOther, 1.5, 2.0), (OtherAnswerConnects, 3.0, 3.0)],
        excludes: &[GoalWorks],
    },
    Rule {
        cause: CauseId::DnsStaleAnswer,
        stage: Stage::Names,
        needs: &[(AnswersDiffer, 1.5), (DirectFails, 1.0), (OtherAnswerConnects, 4.0)],
        hints: &[],
        excludes: &[HostsPinsName, GoalWorks, TargetConnects, RandomNameAnswered],
    },
    Rule {
        cause: CauseId::DnsHijacked,
        stage: Stage::Names,
        needs: &[(RandomNameAnswered, 5.0)],
        hints: &[(GoalWorks, -6.0, 0.0)],
        excludes: &[HostsPinsName],
    },
];
