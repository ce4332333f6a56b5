//! Leaves the machine's own network behind before anything else happens.
//!
//! The lab process enters a fresh network and mount namespace (and a user namespace where it is not root), so that a
//! mistake in a case ends in an empty network instead of the machine's own.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getegid, geteuid};

use crate::launch::THIS_PROGRAM;

/// First argument of the process once it is confined.
pub const CONFINED: &str = "__confined";

/// How the rights to build namespaces were obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confinement {
    /// Root of the machine, or of an enclosing container.
    Root,
    /// Root only inside a user namespace of its own.
    UserNamespace,
}

/// Enters the confined namespaces and executes this program again with `CONFINED` before the same arguments.
/// Returns only on failure. Must be called while the process has one thread: the kernel demands it for user namespaces.
pub fn reenter() -> anyhow::Error {
    match enter() {
        Ok(()) => execute_again(),
        Err(error) => error,
    }
}

fn enter() -> Result<()> {
    let spaces = CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS;
    if !geteuid().is_root() || unshare(spaces).is_err() {
        let (uid, gid) = (geteuid(), getegid());
        unshare(spaces | CloneFlags::CLONE_NEWUSER).context(
            "this system lets this user create neither network nor user namespaces; run the lab as root, or allow \
             unprivileged user namespaces",
        )?;
        map_identity(0, uid.as_raw(), 0, gid.as_raw())?;
    }
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(None::<&str>, "/", None::<&str>, private, None::<&str>).context("cannot make the mounts private")
}

/// Maps one user and one group into the user namespace just entered (user_namespaces(7)).
pub fn map_identity(uid: u32, outer_uid: u32, gid: u32, outer_gid: u32) -> Result<()> {
    fs::write("/proc/self/setgroups", "deny").context("cannot deny setgroups")?;
    fs::write("/proc/self/uid_map", format!("{uid} {outer_uid} 1")).context("cannot write uid_map")?;
    fs::write("/proc/self/gid_map", format!("{gid} {outer_gid} 1")).context("cannot write gid_map")
}

fn execute_again() -> anyhow::Error {
    let arguments = std::env::args_os().skip(1);
    anyhow!(Command::new(THIS_PROGRAM).arg(CONFINED).args(arguments).exec())
        .context("cannot start again inside the namespaces")
}

/// How this confined process got its rights, by its user mapping.
pub fn confinement() -> Result<Confinement> {
    let map = fs::read_to_string("/proc/self/uid_map").context("cannot read uid_map")?;
    Ok(if maps_ordinary_user(&map) { Confinement::Root } else { Confinement::UserNamespace })
}

/// True when the ordinary user's number exists here, so that a process can become that user.
fn maps_ordinary_user(map: &str) -> bool {
    map.lines().any(|line| {
        let mut fields = line.split_whitespace().map(|field| field.parse::<u64>().unwrap_or(0));
        let (first, _outer, count) = (fields.next().unwrap_or(0), fields.next(), fields.next().unwrap_or(0));
        (first..first + count).contains(&u64::from(crate::launch::ORDINARY_USER))
    })
}

/// Fails unless this process sees no interface but an unconfigured loopback: nothing of the machine's own network.
pub fn assert_isolated() -> Result<()> {
    let devices = fs::read_to_string("/proc/thread-self/net/dev").context("cannot list interfaces")?;
    let names: Vec<&str> = devices.lines().skip(2).filter_map(|line| line.split(':').next()).map(str::trim).collect();
    let routes = fs::read_to_string("/proc/thread-self/net/route").context("cannot list routes")?;
    if names == ["lo"] && routes.lines().count() <= 1 {
        return Ok(());
    }
    Err(anyhow!("the lab's own namespace is not empty: interfaces {names:?}, routes:\n{routes}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_mapped_user_is_not_enough_to_become_another() {
        assert!(!maps_ordinary_user("         0       1000          1\n"));
        assert!(maps_ordinary_user("         0          0 4294967295\n"));
        assert!(maps_ordinary_user("0 1000 1\n1 100000 65536\n"));
    }
}
