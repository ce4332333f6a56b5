//! Causes on a connection that stands.

use netmend_model::CauseId;

use super::{Rule, Stage};
use crate::signs::Sign;
use crate::signs::Sign::{
    BadGateway, ExchangeCut, ExchangeSilent, GatewayTimeout, LargeVanish, Loss, ProcessStopped, RateLimited,
    RequestAcknowledged, RequestTimeout, RequestUnacknowledged, ServiceUnavailable, SmallSegmentsHelp, TargetConnects,
    Unauthorized, WrongProtocol,
};

const fn status(cause: CauseId, sign: &'static [(Sign, f64)]) -> Rule {
    Rule { cause, stage: Stage::Exchange, needs: sign, hints: &[], excludes: &[] }
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        cause: CauseId::PathMtuBlackhole,
        stage: Stage::Secure,
        needs: &[(ExchangeSilent, 2.0), (SmallSegmentsHelp, 4.0)],
        hints: &[(LargeVanish, 1.5, 1.0), (Loss, -6.0, 0.0)],
        excludes: &[],
    },
    Rule {
        cause: CauseId::PathMtuBlackhole,
        stage: Stage::Secure,
        needs: &[(ExchangeSilent, 2.0), (LargeVanish, 3.2)],
        hints: &[(SmallSegmentsHelp, 1.0, 2.5), (Loss, -6.0, 0.0)],
        excludes: &[],
    },
    Rule {
        cause: CauseId::ServiceNoResponse,
        stage: Stage::Exchange,
        needs: &[(ExchangeSilent, 3.2), (TargetConnects, 0.5)],
        hints: &[
            (RequestAcknowledged, 1.5, 0.0),
            (RequestUnacknowledged, -2.5, 0.0),
            (LargeVanish, -2.0, 0.0),
            (Loss, -5.0, 0.0),
        ],
        excludes: &[SmallSegmentsHelp, ProcessStopped],
    },
    Rule {
        cause: CauseId::ServiceClosedEarly,
        stage: Stage::Exchange,
        needs: &[(ExchangeCut, 5.0)],
        hints: &[],
        excludes: &[ExchangeSilent],
    },
    Rule {
        cause: CauseId::ServiceWrongProtocol,
        stage: Stage::Exchange,
        needs: &[(WrongProtocol, 5.0)],
        hints: &[],
        excludes: &[],
    },
    status(CauseId::GatewayUpstreamTimeout, &[(GatewayTimeout, 6.0)]),
    status(CauseId::GatewayBadGateway, &[(BadGateway, 6.0)]),
    status(CauseId::GatewayUnavailable, &[(ServiceUnavailable, 6.0)]),
    status(CauseId::HttpRequestTimeout, &[(RequestTimeout, 6.0)]),
    status(CauseId::ServiceRateLimited, &[(RateLimited, 6.0)]),
    status(CauseId::HttpUnauthorized, &[(Unauthorized, 6.0)]),
];
