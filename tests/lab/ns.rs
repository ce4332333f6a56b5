//! One network namespace, held by a file descriptor: it disappears with its last user, also after a crash.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::PathBuf;
use std::thread;

use anyhow::{Context, Result, anyhow};
use nix::sched::{CloneFlags, setns, unshare};

/// A network namespace of the lab.
#[derive(Debug)]
pub struct Namespace {
    name: &'static str,
    handle: File,
}

impl Namespace {
    /// Creates an empty network namespace. `unshare(2)` acts on the calling thread only, so a helper thread makes it.
    pub fn create(name: &'static str) -> Result<Self> {
        let handle = thread::scope(|scope| {
            scope.spawn(new_namespace_file).join().map_err(|_| anyhow!("the thread creating a namespace died"))
        })??;
        Ok(Self { name, handle })
    }

    /// The role this namespace plays, for messages.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// A path under which `ip link set … netns PATH` finds this namespace.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/fd/{}", std::process::id(), self.handle.as_raw_fd()))
    }

    /// Runs `work` on a thread inside this namespace; sockets it makes stay in the namespace wherever they are used.
    pub fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send,
        F: FnOnce() -> Result<T> + Send,
    {
        let outcome = thread::scope(|scope| {
            let inside = scope.spawn(|| {
                setns(&self.handle, CloneFlags::CLONE_NEWNET).context("cannot enter the namespace")?;
                work()
            });
            inside.join().map_err(|_| anyhow!("the work inside the namespace died"))
        })?;
        outcome.with_context(|| format!("in the namespace of {}", self.name))
    }
}

fn new_namespace_file() -> Result<File> {
    unshare(CloneFlags::CLONE_NEWNET).context("cannot create a network namespace")?;
    File::open("/proc/thread-self/ns/net").context("cannot open the new namespace")
}
