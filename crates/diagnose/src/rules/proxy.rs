//! Causes at a configured proxy.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign::{
    DirectFails, GoalWorks, NameResolves, PacUnavailable, ProxyAsksAuth, ProxyConfigured, ProxyDenies, ProxyDown,
    ProxyFromEnvironmentOnly, ProxyNameUnresolved, ProxyUpstreamFails, ProxyWorks, TargetConnects,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        cause: CauseId::ProxyUnreachable,
        stage: Stage::Proxy,
        needs: &[(ProxyConfigured, 0.5), (ProxyDown, 4.8)],
        hints: &[],
        excludes: &[ProxyWorks],
    },
    Rule {
        cause: CauseId::ProxyNameUnresolved,
        stage: Stage::Proxy,
        needs: &[(ProxyConfigured, 0.5), (ProxyNameUnresolved, 5.0)],
        hints: &[],
        excludes: &[ProxyWorks],
    },
    Rule {
        cause: CauseId::ProxyAuthRequired,
        stage: Stage::Proxy,
        needs: &[(ProxyAsksAuth, 5.5)],
        hints: &[],
        excludes: &[ProxyWorks],
    },
    Rule {
        cause: CauseId::ProxyDenied,
        stage: Stage::Proxy,
        needs: &[(ProxyDenies, 5.5)],
        hints: &[],
        excludes: &[ProxyWorks],
    },
    Rule {
        cause: CauseId::ProxyUpstreamFailed,
        stage: Stage::Proxy,
        needs: &[(ProxyUpstreamFails, 5.0)],
        hints: &[(GoalWorks, -3.0, 0.0)],
        excludes: &[ProxyWorks],
    },
    Rule {
        cause: CauseId::ProxyBypassMissing,
        stage: Stage::Proxy,
        needs: &[(ProxyUpstreamFails, 2.5), (TargetConnects, 2.5)],
        hints: &[(GoalWorks, 0.8, 0.0)],
        excludes: &[ProxyWorks],
    },
    Rule {
        cause: CauseId::ProxyRequired,
        stage: Stage::Proxy,
        needs: &[(ProxyWorks, 2.6), (DirectFails, 2.4)],
        hints: &[(ProxyFromEnvironmentOnly, -1.0, 0.0)],
        excludes: &[TargetConnects],
    },
    // Where only the proxy resolves outside names, the direct way fails at the name already.
    Rule {
        cause: CauseId::ProxyRequired,
        stage: Stage::Names,
        needs: &[(ProxyWorks, 5.5)],
        hints: &[(NameResolves, -6.0, 1.0), (ProxyFromEnvironmentOnly, -1.0, 0.0)],
        excludes: &[TargetConnects],
    },
    Rule {
        cause: CauseId::ProxyPacUnavailable,
        stage: Stage::Proxy,
        needs: &[(PacUnavailable, 5.0)],
        hints: &[],
        excludes: &[],
    },
];
