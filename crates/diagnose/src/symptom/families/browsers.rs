//! Error names and pages of Chromium, Firefox, Safari and Edge.

use netmend_model::SymptomKind::*;

use super::super::phrase::{Entry, firm};

pub(super) static ENTRIES: &[Entry] = &[
    firm(
        ConnectTimeout,
        88,
        &[
            "err_connection_timed_out",
            "ns_error_net_timeout",
            "pr_io_timeout_error",
            "pr_connect_timeout_error",
            "inet_e_connection_timeout",
            "connecting to the site took too long",
        ],
        "www.example.test took too long to respond. ERR_CONNECTION_TIMED_OUT",
    ),
    firm(ConnectTimeout, 74, &["err_timed_out"], "net::ERR_TIMED_OUT").or(&[ReadTimeout]),
    firm(
        ConnectRefused,
        88,
        &["err_connection_refused", "ns_error_connection_refused", "pr_connect_refused_error"],
        "www.example.test refused to connect. ERR_CONNECTION_REFUSED",
    ),
    firm(
        ConnectRefused,
        66,
        &[
            "err_connection_failed",
            "can't establish a connection to the server",
            "couldn't connect to the server",
            "could not connect to the server",
            "cannot connect to the server",
        ],
        "Firefox can't establish a connection to the server at www.example.test.",
    )
    .or(&[ConnectTimeout, HostUnreachable]),
    firm(
        ConnectionReset,
        88,
        &[
            "err_connection_reset",
            "err_connection_closed",
            "err_connection_aborted",
            "err_empty_response",
            "err_network_changed",
            "err_http2_protocol_error",
            "err_http2_ping_failed",
            "err_quic_protocol_error",
            "err_incomplete_chunked_encoding",
            "err_content_length_mismatch",
            "err_network_io_suspended",
            "err_socket_not_connected",
            "pr_connect_reset_error",
            "pr_connect_aborted_error",
            "ns_error_net_reset",
            "ns_error_net_interrupt",
            "ns_error_net_partial_transfer",
            "server unexpectedly dropped the connection",
            "network connection was lost",
            "network link was interrupted",
            "was interrupted while the page was loading",
            "didn't send any data",
            "empty reply from server",
        ],
        "www.example.test didn't send any data. ERR_EMPTY_RESPONSE",
    ),
    firm(
        ConnectionReset,
        88,
        &["pr_end_of_file_error"],
        "An error occurred during a connection to www.example.test. PR_END_OF_FILE_ERROR",
    )
    .or(&[TlsHandshake]),
    firm(
        DnsNxdomain,
        90,
        &["dns_probe_finished_nxdomain", "dns_probe_possible"],
        "www.example.test\u{2019}s server IP address could not be found. DNS_PROBE_FINISHED_NXDOMAIN",
    )
    .or(&[DnsFailure]),
    firm(
        DnsFailure,
        86,
        &[
            "err_name_not_resolved",
            "err_name_resolution_failed",
            "err_dns_",
            "dns_probe_finished_bad_config",
            "dns_probe_finished_no_internet",
            "dns_probe_started",
            "dns_probe_bad",
            "err_icann_name_collision",
            "ns_error_unknown_host",
            "inet_e_resource_not_found",
            "we're having trouble finding that site",
            "we can't connect to the server at",
            "safari can't find the server",
            "dns server isn't responding",
            "dns server might be unavailable",
            "check if there is a typo in",
        ],
        "Hmm. We\u{2019}re having trouble finding that site. We can\u{2019}t connect to the server at www.example.test.",
    )
    .or(&[DnsNxdomain]),
    firm(
        NetworkUnreachable,
        88,
        &[
            "err_internet_disconnected",
            "err_network_access_denied",
            "not connected to the internet",
            "isn't connected to the internet",
            "you are not connected to the internet",
            "you're offline",
            "you are offline",
            "internet connection appears to be offline",
            "no internet connection",
            "no internet access",
            "ns_error_offline",
            "network is offline",
            "there is no network connection",
        ],
        "GET https://www.example.test/ net::ERR_INTERNET_DISCONNECTED",
    ),
    firm(
        HostUnreachable,
        86,
        &["err_address_unreachable", "err_address_invalid", "is unreachable. err_address"],
        "192.0.2.50 is unreachable. ERR_ADDRESS_UNREACHABLE",
    ),
    firm(
        ConnectTimeout,
        42,
        &["this site can't be reached", "can't reach this page", "page can't be displayed", "webpage is not available"],
        "This site can\u{2019}t be reached",
    )
    .or(&[ConnectRefused, DnsFailure, HostUnreachable, NetworkUnreachable]),
];
