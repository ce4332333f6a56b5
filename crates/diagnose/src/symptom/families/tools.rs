//! Secure shell, Git, mail, VPN and other programs with words of their own.

use netmend_model::SymptomKind::*;

use super::super::phrase::{Entry, firm, soft};

pub(super) static ENTRIES: &[Entry] = &[
    firm(
        ConnectionReset,
        72,
        &[
            "kex_exchange_identification:",
            "ssh_exchange_identification:",
            "send disconnect: broken pipe",
            "server unexpectedly closed network connection",
            "software caused connection abort",
            "connection closed by ",
            "recv failure: connection",
            "send failure: broken pipe",
        ],
        "kex_exchange_identification: Connection closed by remote host",
    ),
    soft(
        ConnectionReset,
        44,
        &[
            "remote end hung up unexpectedly",
            "early eof",
            "failed to respond",
            "lost connection with",
            "lost connection while",
            "lost connection after",
        ],
        "fatal: the remote end hung up unexpectedly",
    ),
    soft(
        ConnectionReset,
        60,
        &["error reading ssh protocol banner"],
        "paramiko.ssh_exception.SSHException: Error reading SSH protocol banner",
    )
    .or(&[ReadTimeout]),
    firm(
        ReadTimeout,
        76,
        &["timeout, server ", "conversation with "],
        "Timeout, server build.example.test not responding.",
    )
    .or(&[ConnectTimeout]),
    firm(
        ConnectTimeout,
        70,
        &[
            "giving up after",
            "peer not responding",
            "handshake for peer",
            "handshake did not complete after",
            "no response from peer",
            "remote server is not responding",
            "no response from server",
            "l2tp connection attempt failed",
        ],
        "wireguard: Handshake for peer 3 (203.0.113.8:51820) did not complete after 5 seconds, retrying (try 2)",
    ),
    firm(
        DnsNxdomain,
        90,
        &["name service error for name"],
        "Host or domain name not found. Name service error for name=mail.example.test type=MX: Host not found",
    )
    .or(&[DnsFailure]),
];
