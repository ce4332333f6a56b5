//! Causes at a service on this very computer, where both ends can be seen.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign::{
    AcceptQueueFull, DirectFails, ListensElsewhere, ListensOtherFamily, MessageRefused, NobodyListens, ProcessStopped,
    SomeAddressesFail, TargetConnects, TargetIsOwn,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        cause: CauseId::LocalNotListening,
        stage: Stage::Reach,
        needs: &[(TargetIsOwn, 1.5), (NobodyListens, 4.0)],
        hints: &[],
        excludes: &[TargetConnects],
    },
    Rule {
        cause: CauseId::LocalWrongInterface,
        stage: Stage::Reach,
        needs: &[(TargetIsOwn, 1.5), (ListensElsewhere, 4.0), (DirectFails, 0.5)],
        hints: &[],
        excludes: &[TargetConnects],
    },
    Rule {
        cause: CauseId::LocalWrongFamily,
        stage: Stage::Reach,
        needs: &[(TargetIsOwn, 1.5), (ListensOtherFamily, 4.0), (DirectFails, 0.5)],
        hints: &[],
        excludes: &[TargetConnects],
    },
    // A client that does not fall back to the other family fails; one that does only loses time.
    Rule {
        cause: CauseId::LocalWrongFamily,
        stage: Stage::Quality,
        needs: &[(TargetIsOwn, 0.5), (ListensOtherFamily, 0.6), (SomeAddressesFail, 0.5)],
        hints: &[(MessageRefused, 2.8, 0.0)],
        excludes: &[],
    },
    Rule {
        cause: CauseId::LocalAcceptQueueFull,
        stage: Stage::Reach,
        needs: &[(TargetIsOwn, 1.0), (AcceptQueueFull, 5.0)],
        hints: &[(ProcessStopped, -2.0, 0.0)],
        excludes: &[],
    },
    Rule {
        cause: CauseId::LocalProcessStopped,
        stage: Stage::Reach,
        needs: &[(TargetIsOwn, 1.0), (ProcessStopped, 5.5)],
        hints: &[],
        excludes: &[],
    },
];
