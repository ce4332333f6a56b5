//! Causes at the service's own door.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign::{
    FirstHopBlind, FirstHopSees, HostAlive, LocalRuleMatches, RefusedTooFast, RejectedBySelf, RetransmitFails,
    SendingDenied, TargetConnects, TargetIsOwn, TargetRefuses,
};

pub(super) const RULES: &[Rule] = &[Rule {
    cause: CauseId::ServiceRefused,
    stage: Stage::Reach,
    needs: &[(TargetRefuses, 4.6)],
    hints: &[
        (HostAlive, 0.4, 0.0),
        (FirstHopSees, 0.6, 0.0),
        (FirstHopBlind, -4.0, 0.0),
        (RefusedTooFast, -4.0, 0.0),
        (LocalRuleMatches, -4.0, 0.0),
        (RejectedBySelf, -4.0, 0.0),
        (SendingDenied, -3.0, 0.0),
        (RetransmitFails, -1.0, 0.0),
    ],
    excludes: &[TargetConnects, TargetIsOwn],
}];
