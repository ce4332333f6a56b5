//! The distribution's package manager.

use std::{env, fs};

/// A package manager that the system packages are known for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manager {
    /// Debian, Ubuntu and what is made from them.
    Apt,
    /// Fedora, Red Hat Enterprise Linux and what is made from them.
    Dnf,
    /// Arch Linux and what is made from it.
    Pacman,
    /// openSUSE and SUSE Linux Enterprise.
    Zypper,
    /// Alpine Linux.
    Apk,
    /// Windows.
    Winget,
}

impl Manager {
    /// The one of this computer. macOS has none here: its WebKit and its tools come with the system.
    pub fn of_this_system() -> Option<Self> {
        match env::consts::OS {
            "linux" => Self::from_os_release(&fs::read_to_string("/etc/os-release").ok()?),
            "windows" => Some(Self::Winget),
            _ => None,
        }
    }

    /// From the text of `/etc/os-release` (os-release(5)): `ID` first, then `ID_LIKE` from the closest relative on.
    fn from_os_release(text: &str) -> Option<Self> {
        let field = |name: &str| {
            let lines = text.lines().filter_map(|line| line.trim().split_once('='));
            lines
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| value.trim_matches(['"', '\'']))
                .next_back()
                .unwrap_or_default()
        };
        [field("ID"), field("ID_LIKE")].iter().flat_map(|ids| ids.split_whitespace()).find_map(Self::from_id)
    }

    fn from_id(id: &str) -> Option<Self> {
        match id {
            "debian" | "ubuntu" => Some(Self::Apt),
            "fedora" | "rhel" | "centos" => Some(Self::Dnf),
            "arch" => Some(Self::Pacman),
            "alpine" => Some(Self::Apk),
            _ if id == "suse" || id.starts_with("opensuse") || id.starts_with("sle") => Some(Self::Zypper),
            _ => None,
        }
    }

    /// The commands that install these packages without a question of their own.
    pub fn install(self, packages: &[&'static str]) -> Vec<Vec<&'static str>> {
        let with = |words: &[&'static str]| [words, packages].concat();
        match self {
            // A fresh image has no package lists.
            Self::Apt => {
                vec![vec!["apt-get", "update"], with(&["apt-get", "install", "-y", "--no-install-recommends"])]
            }
            Self::Dnf => vec![with(&["dnf", "install", "-y"])],
            Self::Pacman => vec![with(&["pacman", "-Sy", "--needed", "--noconfirm"])],
            Self::Zypper => vec![with(&["zypper", "--non-interactive", "install"])],
            Self::Apk => vec![with(&["apk", "add"])],
            Self::Winget => {
                packages.iter().map(|package| vec!["winget", "install", "--exact", "--id", package]).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_are_known_by_id_or_by_relative() {
        let cases = [
            ("ID=debian\nVERSION_ID=\"12\"\n", Some(Manager::Apt)),
            ("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", Some(Manager::Apt)),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", Some(Manager::Dnf)),
            ("ID=fedora\n", Some(Manager::Dnf)),
            ("ID=endeavouros\nID_LIKE=arch\n", Some(Manager::Pacman)),
            ("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n", Some(Manager::Zypper)),
            ("ID='alpine'\n", Some(Manager::Apk)),
            ("ID=nixos\n", None),
            ("# ID=debian\nPRETTY_NAME=\"ID=debian\"\n", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Manager::from_os_release(text), expected, "{text}");
        }
    }

    #[test]
    fn apt_reads_its_lists_first() {
        let commands = Manager::Apt.install(&["nftables", "xvfb"]);
        assert_eq!(commands[0], ["apt-get", "update"]);
        assert_eq!(commands[1].join(" "), "apt-get install -y --no-install-recommends nftables xvfb");
    }
}
