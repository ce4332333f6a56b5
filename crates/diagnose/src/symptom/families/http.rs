//! HTTP statuses in words, and pages that stand in the way. Numbers are read by the number tables.

use netmend_model::SymptomKind::*;

use super::super::phrase::{Entry, firm};

pub(super) static ENTRIES: &[Entry] = &[
    firm(
        Http408,
        80,
        &["408 request timeout", "408 request time-out", "408 request timed out", "err_http_408"],
        "HTTP/1.1 408 Request Timeout",
    ),
    firm(
        Http429,
        82,
        &[
            "429 too many requests",
            "too many requests",
            "toomanyrequests",
            "too_many_requests",
            "rate limit exceeded",
            "rate limit reached",
            "rate_limit_exceeded",
            "ratelimiterror",
            "pull rate limit",
            "request was throttled",
            "throttlingexception",
        ],
        "unexpected status code 429 Too Many Requests",
    ),
    firm(
        Http502,
        80,
        &[
            "502 bad gateway",
            "502 proxy error",
            "bad gateway",
            "badgateway",
            "invalid response from an upstream server",
            "received an invalid response while acting as a gateway",
        ],
        "<h1>502 Bad Gateway</h1>",
    ),
    firm(
        Http503,
        78,
        &[
            "503 service unavailable",
            "503 service temporarily unavailable",
            "service temporarily unavailable",
            "service unavailable",
            "503 backend fetch failed",
            "503 first byte timeout",
            "http error 503",
            "temporarily unable to service your request",
            "serviceunavailable",
            "no server is available to handle this request",
        ],
        "HTTP/1.1 503 Service Unavailable",
    ),
    firm(
        Http504,
        80,
        &[
            "504 gateway time-out",
            "504 gateway timeout",
            "504 gateway timed out",
            "gateway time-out",
            "gateway timeout",
            "gateway timed out",
            "gatewaytimeout",
            "gateway did not receive a timely response",
            "did not receive a timely response from",
        ],
        "<h1>504 Gateway Time-out</h1>",
    )
    .or(&[GatewayUpstreamTimeout]),
    firm(
        CaptivePortal,
        86,
        &[
            "log in to network",
            "log in to this network",
            "sign in to network",
            "sign in to the network",
            "sign in to wi-fi",
            "sign-in to network",
            "captive portal",
            "captive_portal",
            "network authentication required",
            "connect to wi-fi network you are using may require you to visit",
            "may require you to visit its login page",
            "network login page",
        ],
        "You must log in to this network before you can access the Internet.",
    ),
];
