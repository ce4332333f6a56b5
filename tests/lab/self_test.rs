//! The lab builds and proves its own situations, with the rights this machine gives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, missing_docs)]

use std::process::Command;

/// Runs the lab without netmend and returns its last line; nothing but passed or skipped is acceptable.
fn proofs(case: &str) -> String {
    let lab = env!("CARGO_BIN_EXE_netmend-lab");
    let output = Command::new(lab).args(["--proofs", "--mode", "user", "--case", case]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text.lines().last().unwrap().to_owned()
}

#[test]
fn a_healthy_network_carries_names_tls_and_both_families() {
    assert!(
        ["1 passed, 0 failed, 0 skipped", "0 passed, 0 failed, 1 skipped"].contains(&proofs("healthy.https").as_str())
    );
}

#[test]
fn a_long_link_delays_and_completes_checksums() {
    assert!(
        ["1 passed, 0 failed, 0 skipped", "0 passed, 0 failed, 1 skipped"]
            .contains(&proofs("healthy.long_path").as_str())
    );
}

#[test]
fn a_command_inside_a_case_sees_only_the_lab() {
    let lab = env!("CARGO_BIN_EXE_netmend-lab");
    let script = "cat /proc/net/dev /proc/net/route /etc/resolv.conf; ls /run";
    let arguments = ["--mode", "user", "--exec", "firewall.dropped", "--", "/bin/sh", "-c", script];
    let output = Command::new(lab).args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    if !output.status.success() {
        eprintln!("skipped: {}", String::from_utf8_lossy(&output.stderr));
        return;
    }
    let devices = text.lines().filter(|line| line.contains(':') && !line.contains('|')).count();
    assert_eq!(devices, 2, "{text}");
    assert!(text.ends_with("nameserver 198.51.100.66\n"), "{text}");
}
