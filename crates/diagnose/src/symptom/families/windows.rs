//! Texts of Windows that are not those of Winsock: SMB, WinINet, WinHTTP, RDP, PowerShell, .NET Framework.

use netmend_model::SymptomKind::*;

use super::super::phrase::{Entry, firm, soft};

pub(super) static ENTRIES: &[Entry] = &[
    firm(ReadTimeout, 72, &["0x80072ee2", "error_internet_timeout", "error_winhttp_timeout"], "Error 0x80072EE2")
        .or(&[ConnectTimeout]),
    firm(
        DnsFailure,
        82,
        &["0x80072ee7", "error_internet_name_not_resolved", "error_winhttp_name_not_resolved", "0x80072afc"],
        "Update failed with 0x80072EE7",
    )
    .or(&[DnsNxdomain]),
    firm(DnsNxdomain, 84, &["0x80072af9"], "Unable to connect (0x80072AF9)").or(&[DnsFailure]),
    firm(
        ConnectRefused,
        66,
        &["0x80072efd", "error_internet_cannot_connect", "error_winhttp_cannot_connect", "0x800706ba"],
        "Error 0x80072EFD",
    )
    .or(&[ConnectTimeout, HostUnreachable]),
    soft(
        ConnectionReset,
        78,
        &[
            "0x80072efe",
            "0x80072eff",
            "0x80072746",
            "0x80072745",
            "error_internet_connection_",
            "error_winhttp_connection_error",
            "underlying connection was closed",
            "specified network name is no longer available",
        ],
        "The underlying connection was closed: An unexpected error occurred on a receive.",
    ),
    firm(ConnectTimeout, 80, &["0x8007274c", "semaphore timeout period has expired", "0x80070079"], "error 0x8007274C"),
    firm(ConnectRefused, 80, &["0x8007274d", "0x0000274d"], "error 0x8007274D"),
    firm(HostUnreachable, 80, &["0x80072751"], "error 0x80072751"),
    firm(NetworkUnreachable, 80, &["0x80072743"], "error 0x80072743"),
    firm(
        HostUnreachable,
        72,
        &["network path was not found", "0x80070035", "bad network path", "network name cannot be found", "0x80070043"],
        "System error 53 has occurred. The network path was not found.",
    )
    .or(&[DnsFailure, ConnectTimeout]),
    firm(
        ConnectTimeout,
        64,
        &[
            "tcptestsucceeded : false",
            "tcp connect to ",
            "winrm cannot complete the operation",
            "winrm client cannot complete the operation",
        ],
        "WARNING: TCP connect to (203.0.113.10 : 8443) failed",
    )
    .or(&[ConnectRefused, HostUnreachable]),
];
