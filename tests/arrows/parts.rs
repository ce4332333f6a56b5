//! Who may depend on whom, from `cargo metadata`.

use super::{assert_none, root};
use cargo_metadata::{Metadata, MetadataCommand};

/// A part of the workspace and the parts it may use.
struct Part {
    package: &'static str,
    may_use: &'static [&'static str],
}

const MODEL: &str = "netmend-model";
const SYS: &str = "netmend-sys";
const PROBES: &str = "netmend-probes";
const DIAGNOSE: &str = "netmend-diagnose";
const ENGINE: &str = "netmend-engine";
const REPORT: &str = "netmend-report";
const HISTORY: &str = "netmend-history";
const CLI: &str = "netmend-cli";
const DESKTOP: &str = "netmend-desktop";
const TESTS: &str = "netmend-tests";
const XTASK: &str = "xtask";

/// The table of ARCHITECTURE.md. An arrow that is absent here is forbidden.
const PARTS: &[Part] = &[
    Part { package: MODEL, may_use: &[] },
    Part { package: SYS, may_use: &[MODEL] },
    Part { package: DIAGNOSE, may_use: &[MODEL] },
    Part { package: REPORT, may_use: &[MODEL] },
    Part { package: HISTORY, may_use: &[MODEL] },
    Part { package: PROBES, may_use: &[MODEL, SYS] },
    Part { package: ENGINE, may_use: &[MODEL, SYS, PROBES, DIAGNOSE] },
    Part { package: CLI, may_use: &[ENGINE, DIAGNOSE, REPORT, HISTORY, MODEL] },
    Part { package: DESKTOP, may_use: &[ENGINE, DIAGNOSE, REPORT, HISTORY, MODEL] },
    // Tests look at every part and none of them is a product.
    Part { package: TESTS, may_use: &[MODEL, SYS, PROBES, DIAGNOSE, ENGINE, REPORT, HISTORY] },
    Part { package: XTASK, may_use: &[] },
];

/// Crates from elsewhere that only some parts may name, and why. A star stands for any ending.
const RESERVED: &[(&[&str], &[&str], &str)] = &[
    (
        &[
            "libc",
            "nix",
            "socket2",
            "surge-ping",
            "sysinfo",
            "rtnetlink",
            "netlink-*",
            "zbus",
            "windows",
            "windows-*",
            "objc2*",
            "core-foundation*",
            "system-configuration*",
            "netdev",
        ],
        &[SYS, TESTS],
        "the operating system is reached through crates/sys alone",
    ),
    (
        &["tokio", "tokio-*", "hyper", "hyper-*", "hickory-*", "rustls", "rustls-*"],
        &[SYS, PROBES, ENGINE, CLI, DESKTOP, TESTS],
        "the model, the diagnosis and the report do no input or output, so that a saved report gives the same verdict anywhere",
    ),
    (&["rusqlite"], &[HISTORY], "what is kept goes through crates/history"),
    (&["tauri", "tauri-*", "wry"], &[DESKTOP], "only the shell knows that there is a window"),
    (&["rand", "getrandom", "fastrand"], &[SYS, PROBES, TESTS], "a diagnosis is the same each time it is made"),
];

/// A dependency as its manifest names it.
struct Arrow {
    from: String,
    to: String,
    only_on_some_systems: bool,
}

fn offence(arrow: &Arrow) -> Option<String> {
    let Arrow { from, to, only_on_some_systems } = arrow;
    let Some(part) = PARTS.iter().find(|part| part.package == from) else {
        return Some(format!("{from} is not in the table of tests/arrows/parts.rs: say there what it may use"));
    };
    if PARTS.iter().any(|other| other.package == to) && !part.may_use.contains(&to.as_str()) {
        return Some(format!(
            "{from} -> {to}: {from} may use {:?} alone (ARCHITECTURE.md, \"Who may use whom\")",
            part.may_use
        ));
    }
    if *only_on_some_systems && ![SYS, TESTS].contains(&from.as_str()) {
        return Some(format!(
            "{from} -> {to} on some systems only: what differs between systems belongs into crates/sys"
        ));
    }
    let reserved = RESERVED
        .iter()
        .find(|(crates, parts, _)| crates.iter().any(|name| names(name, to)) && !parts.contains(&from.as_str()));
    reserved.map(|(_, _, reason)| format!("{from} -> {to}: {reason}"))
}

fn names(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

fn metadata() -> Metadata {
    MetadataCommand::new().current_dir(root()).no_deps().exec().unwrap()
}

/// Every dependency of every member, of all kinds: what a test or a build script uses, it can leak.
fn arrows(metadata: &Metadata) -> impl Iterator<Item = Arrow> {
    metadata.workspace_packages().into_iter().flat_map(|package| {
        package.dependencies.iter().map(|dependency| Arrow {
            from: package.name.to_string(),
            to: dependency.name.clone(),
            only_on_some_systems: dependency.target.is_some(),
        })
    })
}

fn arrow(from: &str, to: &str) -> Arrow {
    Arrow { from: from.to_owned(), to: to.to_owned(), only_on_some_systems: false }
}

#[test]
fn the_workspace_has_only_allowed_arrows() {
    assert_none(&arrows(&metadata()).filter_map(|arrow| offence(&arrow)).collect::<Vec<_>>());
}

#[test]
fn every_member_is_in_the_table() {
    let metadata = metadata();
    let members: Vec<_> = metadata.workspace_packages().into_iter().map(|package| package.name.to_string()).collect();
    let strangers = members.iter().filter(|name| !PARTS.iter().any(|part| part.package == name.as_str()));
    assert_none(
        &strangers.map(|name| format!("{name} has no line in the table of tests/arrows/parts.rs")).collect::<Vec<_>>(),
    );
    let gone = PARTS.iter().filter(|part| !members.iter().any(|name| name == part.package));
    assert_none(
        &gone.map(|part| format!("{} is in the table but not in the workspace", part.package)).collect::<Vec<_>>(),
    );
}

#[test]
fn the_workspace_without_the_window_is_what_cargo_builds_by_default() {
    let metadata = metadata();
    let default: Vec<_> =
        metadata.workspace_default_packages().into_iter().map(|package| package.name.to_string()).collect();
    assert!(!default.iter().any(|name| name == DESKTOP), "building the engine must not need WebKit");
    assert_eq!(default.len(), PARTS.len() - 1, "every other member is built and tested by default: {default:?}");
}

#[test]
fn the_table_has_no_circle() {
    fn reaches(from: &str, to: &str) -> bool {
        let part = PARTS.iter().find(|part| part.package == from).unwrap();
        part.may_use.iter().any(|next| *next == to || reaches(next, to))
    }
    assert_none(
        &PARTS
            .iter()
            .filter(|part| reaches(part.package, part.package))
            .map(|part| part.package.to_owned())
            .collect::<Vec<_>>(),
    );
}

#[test]
fn forbidden_arrows_are_found() {
    let forbidden = [
        (MODEL, SYS),
        (DIAGNOSE, PROBES),
        (PROBES, ENGINE),
        (CLI, SYS),
        (CLI, PROBES),
        (DESKTOP, SYS),
        (REPORT, DIAGNOSE),
        (XTASK, MODEL),
        (DIAGNOSE, "tokio"),
        (PROBES, "nix"),
        (CLI, "windows-sys"),
        (ENGINE, "rusqlite"),
        (CLI, "tauri"),
        ("netmend-new", MODEL),
    ];
    for (from, to) in forbidden {
        assert!(offence(&arrow(from, to)).is_some(), "{from} -> {to} should be forbidden");
    }
    let conditional = Arrow { only_on_some_systems: true, ..arrow(ENGINE, "serde") };
    assert!(offence(&conditional).is_some());
    for (from, to) in [(SYS, MODEL), (ENGINE, PROBES), (CLI, REPORT), (SYS, "nix"), (DIAGNOSE, "serde")] {
        assert_eq!(offence(&arrow(from, to)), None);
    }
}
