//! Starts a program as the client would: inside its namespace, with its files, with or without the rights of root.

use std::ffi::OsString;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, bail};
use nix::sched::{CloneFlags, setns, unshare};
use nix::sys::prctl::{set_no_new_privs, set_pdeathsig};
use nix::sys::signal::Signal;
use nix::unistd::{Gid, Uid, setgroups, setresgid, setresuid};

use crate::client_view;
use crate::confine::{self, Confinement};
use crate::local_process;

/// First argument of the stage that prepares a started process.
pub const ENTER: &str = "__enter";
/// First argument of the process that holds the ordinary user's namespace.
pub const HOLD: &str = "__hold";
/// The number of the ordinary user (and of its group).
pub const ORDINARY_USER: u32 = 1000;

/// This program's own file, also after a build has put another one in its place.
pub const THIS_PROGRAM: &str = "/proc/self/exe";

/// With which rights the diagnosed process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rights {
    /// User 0 with every capability over the client's namespace.
    Root,
    /// User 1000 without any capability.
    User,
}

impl Rights {
    /// `root` or `user`.
    pub fn name(self) -> &'static str {
        match self {
            Rights::Root => "root",
            Rights::User => "user",
        }
    }

    /// The number of its user as the network's own user namespace sees it, which is what packet filters match.
    pub fn user_in_namespace(self) -> Result<u32> {
        let ordinary = self == Rights::User && confine::confinement()? == Confinement::Root;
        Ok(if ordinary { ORDINARY_USER } else { 0 })
    }

    fn parse(text: &str) -> Result<Self> {
        match text {
            "root" => Ok(Rights::Root),
            "user" => Ok(Rights::User),
            other => bail!("unknown rights {other:?}"),
        }
    }
}

/// What ends a started process at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// The end of the thread that spawned it, however the lab dies.
    WithThread,
    /// The end of its standard input, which it watches itself.
    ByItself,
}

/// The command that starts `program` with the client's files from `folder`. Spawn it inside the client's namespace.
pub fn command(folder: &Path, rights: Rights, ends: Ends, program: &Path) -> Result<Command> {
    let mut command = Command::new(THIS_PROGRAM);
    let tie = if ends == Ends::WithThread { "tied" } else { "untied" };
    command.arg(ENTER).arg(folder).arg(rights.name()).arg(tie).arg(ordinary_namespace()?).arg(program);
    Ok(command)
}

/// The user namespace in which the ordinary user has its number, where the lab itself is in one; else empty. One for all
/// of the user's processes: they may look at one another.
fn ordinary_namespace() -> Result<&'static Path> {
    static HOLDER: OnceLock<std::result::Result<(Child, PathBuf), String>> = OnceLock::new();
    if confine::confinement()? == Confinement::Root {
        return Ok(Path::new(""));
    }
    let held = HOLDER.get_or_init(|| start_holder().map_err(|error| format!("{error:#}")));
    held.as_ref().map(|(_, path)| path.as_path()).map_err(|error| anyhow!("no namespace for the user: {error}"))
}

fn start_holder() -> Result<(Child, PathBuf)> {
    let mut command = Command::new(THIS_PROGRAM);
    command.arg(HOLD).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot start its holder")?;
    local_process::wait_ready(&mut child)?;
    let path = PathBuf::from(format!("/proc/{}/ns/user", child.id()));
    Ok((child, path))
}

/// The holder itself: a process in the ordinary user's namespace, until its standard input ends.
pub fn hold() -> Result<()> {
    unshare(CloneFlags::CLONE_NEWUSER).context("cannot make a user namespace within")?;
    confine::map_identity(ORDINARY_USER, 0, ORDINARY_USER, 0)?;
    local_process::say_ready()?;
    local_process::wait_for_end()
}

/// The stage itself: arguments are folder, rights, tie, user namespace, program and its arguments. Returns only on failure.
pub fn enter(arguments: &[OsString]) -> anyhow::Error {
    match prepare(arguments) {
        Ok((program, rest)) => {
            anyhow!(Command::new(&program).args(rest).exec()).context(format!("cannot start {}", program.display()))
        }
        Err(error) => error,
    }
}

fn prepare(arguments: &[OsString]) -> Result<(PathBuf, &[OsString])> {
    let [folder, rights, tie, namespace, program, rest @ ..] = arguments else {
        bail!("too few arguments for {ENTER}")
    };
    unshare(CloneFlags::CLONE_NEWNS).context("cannot make a mount namespace")?;
    client_view::mount_over_etc(Path::new(folder))?;
    if Rights::parse(&rights.to_string_lossy())? == Rights::User {
        drop_rights(Path::new(namespace))?;
    }
    if tie == "tied" {
        // After the change of user, which clears it (prctl(2)).
        set_pdeathsig(Signal::SIGKILL).context("cannot tie the process to the lab")?;
    }
    Ok((PathBuf::from(program), rest))
}

/// Becomes the ordinary user. The kernel clears all capabilities on the way (capabilities(7)).
fn drop_rights(namespace: &Path) -> Result<()> {
    set_no_new_privs().context("cannot give up further rights")?;
    match confine::confinement()? {
        Confinement::Root => {
            let (uid, gid) = (Uid::from_raw(ORDINARY_USER), Gid::from_raw(ORDINARY_USER));
            setgroups(&[]).context("cannot leave the groups")?;
            setresgid(gid, gid, gid).context("cannot change the group")?;
            setresuid(uid, uid, uid).context("cannot change the user")
        }
        // Only one user exists here. In a namespace below it has another number and no rights over the network, which
        // belongs to the namespace above.
        Confinement::UserNamespace => {
            let file = File::open(namespace).context("cannot open the user's namespace")?;
            setns(file, CloneFlags::CLONE_NEWUSER).context("cannot enter the user's namespace")
        }
    }
}
