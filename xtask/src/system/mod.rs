//! What the system must provide: what is missing, and getting it from the distribution's packages.

mod manager;
mod need;

pub use manager::Manager;
pub use need::{FOR_THE_LAB, FOR_THE_WINDOW, FOR_THE_WINDOW_TEST, Need, missing};

use crate::shell;
use anyhow::Result;
use std::env;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::Command;

/// The versions of Node that the UI is built with, as `engines` in its `package.json` says.
const NODE: &str = "20.19 or newer of 20, or 22.12 or newer";

/// How packages can be installed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rights {
    /// This process may.
    Root,
    /// After asking the person in the terminal, through this program that gives the rights, where one is needed.
    Asked(Option<&'static str>),
    /// Not at all.
    None,
}

/// Sees that what `needs` names is there, installing it where that is allowed; returns what is still missing.
///
/// Packages are installed when running as root, or when a person in the terminal agrees. Otherwise it is said what is
/// missing and which command brings it.
///
/// # Errors
/// When the packages are there to be installed and the package manager fails.
pub fn provide(needs: &[Need]) -> Result<Vec<Need>> {
    let absent = missing(needs);
    if absent.is_empty() {
        return Ok(absent);
    }
    println!("Missing on this computer:");
    for need in &absent {
        println!("  {}: {}", need.what, need.why);
    }
    let Some((manager, packages)) = packages(&absent) else {
        println!("No package of this system is known that has them; the names above are what to look for.");
        return Ok(absent);
    };
    let rights = Rights::here();
    let commands = manager.install(&packages);
    let commands: Vec<_> = commands.iter().map(|words| install_command(manager, rights, words)).collect();
    if agreed(rights, &commands)? {
        commands.into_iter().try_for_each(|mut command| shell::step(&mut command))?;
        return Ok(missing(needs));
    }
    println!("To install them, type as administrator:\n");
    show(&commands);
    println!();
    Ok(absent)
}

/// The package manager and the packages that have what is absent; none when no package is known for any of it.
fn packages(absent: &[Need]) -> Option<(Manager, Vec<&'static str>)> {
    let manager = Manager::of_this_system()?;
    let (known, unknown): (Vec<&Need>, Vec<&Need>) = absent.iter().partition(|need| need.package(manager).is_some());
    for need in unknown.iter().filter(|_| !known.is_empty()) {
        println!("No package of this system is known that has {}.", need.what);
    }
    let packages: Vec<_> = known.iter().filter_map(|need| need.package(manager)).collect();
    (!packages.is_empty()).then_some((manager, packages))
}

impl Rights {
    fn here() -> Self {
        let elevator = ["sudo", "doas", "pkexec"].into_iter().find(|program| shell::which(program).is_some());
        match (is_root(), env::consts::OS, elevator) {
            (true, ..) => Self::Root,
            _ if !io::stdin().is_terminal() => Self::None,
            // winget asks for rights by itself.
            (_, "windows", _) => Self::Asked(None),
            (_, _, Some(program)) => Self::Asked(Some(program)),
            _ => Self::None,
        }
    }
}

/// Whether this is the administrator of a Unix system.
fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// Whether to install: root is not asked, a person in the terminal is told what will be typed and asked.
fn agreed(rights: Rights, commands: &[Command]) -> Result<bool> {
    let Rights::Asked(_) = rights else { return Ok(rights == Rights::Root) };
    println!("They can be installed with:\n");
    show(commands);
    print!("\nDo that now? [Y/n] ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

fn show(commands: &[Command]) {
    for command in commands {
        println!("    {}", shell::shown(command));
    }
}

fn install_command(manager: Manager, rights: Rights, words: &[&str]) -> Command {
    let words = match rights {
        Rights::Asked(Some(program)) => [&[program], words].concat(),
        Rights::Asked(None) | Rights::Root | Rights::None => words.to_vec(),
    };
    let mut command = shell::command(words[0]);
    command.args(&words[1..]);
    if manager == Manager::Apt {
        // Without it a package's question would wait for an answer that cannot come.
        command.env("DEBIAN_FRONTEND", "noninteractive");
    }
    command
}

/// What is wrong with this computer's Node, in words; none when it can build the UI.
pub fn node_problem() -> Option<String> {
    let wanted = format!("Node.js {NODE} (https://nodejs.org, or your distribution's packages)");
    if shell::which("node").is_none() || shell::which("npm").is_none() {
        return Some(format!("building the window needs {wanted}, with npm; `node` or `npm` was not found"));
    }
    let text = shell::output(shell::command("node").arg("--version")).ok()?;
    match node_version(&text) {
        Some(found) if builds_the_ui(found) => None,
        _ => Some(format!("building the window needs {wanted}; this is {}", text.trim())),
    }
}

fn builds_the_ui(version: (u32, u32)) -> bool {
    matches!(version, (20, 19..) | (22, 12..) | (23.., _))
}

/// Major and minor of "v22.11.0".
fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_of_node_are_told_from_good_ones() {
        let good = |text| builds_the_ui(node_version(text).unwrap());
        assert!(good("v20.19.0\n") && good("v22.12.1") && good("v24.0.0"));
        assert!(!good("v9.99.0") && !good("v20.18.9") && !good("v21.7.0") && !good("v22.11.0"));
        assert_eq!(node_version("22"), None);
    }

    #[test]
    fn a_command_for_another_program_is_wrapped_whole() {
        let command = install_command(Manager::Dnf, Rights::Asked(Some("sudo")), &["dnf", "install", "-y", "nftables"]);
        assert_eq!(shell::shown(&command), "sudo dnf install -y nftables");
        let command = install_command(Manager::Apk, Rights::Root, &["apk", "add", "nftables"]);
        assert_eq!(shell::shown(&command), "apk add nftables");
    }
}
