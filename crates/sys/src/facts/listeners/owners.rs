//! Which process holds a socket: the links in `/proc/<pid>/fd`, as far as the rights allow to read them.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use netmend_model::facts::{ProcessRef, ProcessState};

use crate::facts::reading;

/// The first process found for each inode. Processes of other users cannot be looked into without rights.
pub(super) fn of(mut wanted: HashSet<u64>) -> HashMap<u64, ProcessRef> {
    let mut owners = HashMap::new();
    wanted.remove(&0);
    let Ok(entries) = fs::read_dir("/proc") else { return owners };
    for entry in entries.flatten() {
        if wanted.is_empty() {
            break;
        }
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        for inode in sockets_of(&entry.path()).filter(|inode| wanted.contains(inode)).collect::<Vec<_>>() {
            if let Some(process) = process(pid) {
                owners.insert(inode, process);
                wanted.remove(&inode);
            }
        }
    }
    owners
}

fn sockets_of(process: &Path) -> impl Iterator<Item = u64> + use<> {
    let links = fs::read_dir(process.join("fd")).into_iter().flatten().flatten();
    links.filter_map(|link| fs::read_link(link.path()).ok()).filter_map(|target| inode(&target))
}

/// The inode in a link such as `socket:[41234]`.
fn inode(target: &Path) -> Option<u64> {
    target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()
}

fn process(pid: u32) -> Option<ProcessRef> {
    let stat = reading::text(format!("/proc/{pid}/stat")).ok()?;
    let (name, state) = name_and_state(&stat)?;
    Some(ProcessRef { pid, name, state })
}

/// The second and third field of proc_pid_stat(5). A name may hold blanks and parentheses.
fn name_and_state(stat: &str) -> Option<(String, ProcessState)> {
    let (_, rest) = stat.split_once('(')?;
    let (name, rest) = rest.rsplit_once(')')?;
    let state = match rest.split_whitespace().next()? {
        "R" => ProcessState::Running,
        "S" | "I" => ProcessState::Sleeping,
        "D" => ProcessState::DiskSleep,
        "T" | "t" => ProcessState::Stopped,
        "Z" | "X" => ProcessState::Zombie,
        _ => ProcessState::Other,
    };
    Some((name.to_owned(), state))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_may_hold_anything() {
        let stat = "4242 (my (odd) name) T 1 4242 4242 0 -1 4194304";
        assert_eq!(name_and_state(stat), Some(("my (odd) name".to_owned(), ProcessState::Stopped)));
        assert_eq!(name_and_state("1 (init) S 0"), Some(("init".to_owned(), ProcessState::Sleeping)));
        assert_eq!(name_and_state("1 init S 0"), None);
    }

    #[test]
    fn links_to_sockets() {
        assert_eq!(inode(Path::new("socket:[41234]")), Some(41234));
        assert_eq!(inode(Path::new("pipe:[41234]")), None);
        assert_eq!(inode(Path::new("/dev/null")), None);
    }

    proptest! {
        #[test]
        fn any_text_parses(text in "(?s).{0,80}") {
            name_and_state(&text);
            inode(Path::new(&text));
        }
    }
}
