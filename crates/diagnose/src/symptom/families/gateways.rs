//! Reverse proxies and load balancers that speak of the server behind them: nginx, HAProxy, Envoy, Apache, Traefik, Varnish, IIS.

use netmend_model::SymptomKind::*;

use super::super::phrase::{Entry, firm, soft};

pub(super) static ENTRIES: &[Entry] = &[
    firm(
        GatewayUpstreamTimeout,
        90,
        &[
            "upstream timed out",
            "upstream request timeout",
            "upstream_response_timeout",
            "reset reason: connection timeout",
            "connection_timeout}",
            "layer4 timeout",
            "layer6 timeout",
            "layer7 timeout",
            "response_timeout}",
            "upstream server timed out",
            "timeout specified has expired",
            "timeout awaiting backend",
            "backend timed out",
            "upstream server is timing out",
        ],
        "upstream timed out (110: Connection timed out) while connecting to upstream, client: 192.0.2.9, \
         server: shop.example.test, request: \"GET / HTTP/1.1\", upstream: \"http://198.51.100.4:8080/\"",
    ),
    firm(
        GatewayUpstreamRefused,
        88,
        &[
            "no live upstreams",
            "layer4 connection problem",
            "layer4 check conn",
            "delayed connect error: 111",
            "remote connection failure",
            "connection_failure",
            "failed to make connection to backend",
            "attempt to connect to 127.0.0.1",
            "backend is unhealthy",
            "no healthy backends",
            "backend connection refused",
            "has no server available",
        ],
        "Health check for server web/app1 failed, reason: Layer4 connection problem, info: \"Connection refused\"",
    ),
    firm(
        GatewayUpstreamRefused,
        80,
        &["reset reason: connection failure", "delayed connect error", "upstream connect failure"],
        "envoy: upstream connect error or disconnect/reset before headers. reset reason: connection failure",
    )
    .or(&[GatewayUpstreamTimeout, Http503]),
    firm(
        ConnectionReset,
        86,
        &[
            "reset reason: connection termination",
            "reset reason: remote reset",
            "reset reason: local reset",
            "reset reason: remote refused stream reset",
            "remote_reset}",
            "connection_termination}",
            "upstream prematurely closed",
            "upstream sent no valid http",
            "error reading from remote server",
        ],
        "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
    )
    .or(&[GatewayUpstreamRefused, Http503]),
    firm(
        Http503,
        84,
        &["reset reason: overflow", "no healthy upstream", "no available server", "no backend available"],
        "no healthy upstream",
    )
    .or(&[GatewayUpstreamRefused]),
    soft(
        GatewayUpstreamRefused,
        50,
        &["upstream connect error", "while connecting to upstream", "proxy error: could not connect to upstream"],
        "upstream connect error or disconnect/reset before headers",
    )
    .or(&[Http503, GatewayUpstreamTimeout]),
    firm(
        GatewayUpstreamTimeout,
        70,
        &["origin web server timed out", "a timeout occurred error code 524", "error 522"],
        "Error 522 Connection timed out",
    ),
    firm(
        GatewayUpstreamRefused,
        70,
        &["web server is down", "error 521", "bad gateway: dial"],
        "Error 521 Web server is down",
    ),
];
