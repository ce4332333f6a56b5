//! What the parts of the project need from the system, how it is recognised, and the package that holds it.

use super::Manager;
use crate::shell;
use std::path::Path;
use std::process::{Command, Stdio};

/// Something the system must provide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its name, as its makers call it.
    pub what: &'static str,
    /// What it is needed for.
    pub why: &'static str,
    sign: Sign,
    /// Package names for apt, dnf, pacman, zypper, apk. dnf and zypper also take a file or a `pkgconfig(…)` that the
    /// package provides, which does not change its name with the distribution's version.
    packages: [Option<&'static str>; 5],
}

/// How it is recognised: by being there, not by a package's name, which differs everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A program.
    Program(&'static str),
    /// A library with its development files, as pkg-config knows it.
    Library(&'static str),
    /// WebView2, which draws the window on Windows.
    WebView2,
}

const PKG_CONFIG: Need = Need {
    what: "pkg-config",
    why: "finds the libraries of the window",
    sign: Sign::Program("pkg-config"),
    packages: [Some("pkg-config"), Some("pkgconf-pkg-config"), Some("pkgconf"), Some("pkg-config"), Some("pkgconf")],
};
const WEBKIT: Need = Need {
    what: "WebKitGTK 4.1 with its development files",
    why: "draws the window",
    sign: Sign::Library("webkit2gtk-4.1"),
    packages: [
        Some("libwebkit2gtk-4.1-dev"),
        Some("pkgconfig(webkit2gtk-4.1)"),
        Some("webkit2gtk-4.1"),
        Some("pkgconfig(webkit2gtk-4.1)"),
        Some("webkit2gtk-4.1-dev"),
    ],
};
const WEBVIEW2: Need =
    Need { what: "Microsoft Edge WebView2", why: "draws the window", sign: Sign::WebView2, packages: [None; 5] };
const IP: Need = Need {
    what: "ip and tc (iproute2)",
    why: "build the networks of the lab",
    sign: Sign::Program("tc"),
    packages: [Some("iproute2"), Some("iproute-tc"), Some("iproute2"), Some("iproute2"), Some("iproute2")],
};
const NFT: Need = Need {
    what: "nft (nftables)",
    why: "puts firewalls into the lab",
    sign: Sign::Program("nft"),
    packages: [Some("nftables"); 5],
};
const XVFB: Need = Need {
    what: "Xvfb",
    why: "a display without a screen, for the test of the window",
    sign: Sign::Program("Xvfb"),
    packages: [Some("xvfb"), Some("/usr/bin/Xvfb"), Some("xorg-server-xvfb"), Some("/usr/bin/Xvfb"), Some("xvfb")],
};
const WEBKIT_DRIVER: Need = Need {
    what: "WebKitWebDriver",
    why: "drives the window in its test",
    sign: Sign::Program("WebKitWebDriver"),
    packages: [
        Some("webkit2gtk-driver"),
        Some("/usr/bin/WebKitWebDriver"),
        None,
        Some("/usr/bin/WebKitWebDriver"),
        None,
    ],
};
const DBUS: Need = Need {
    what: "dbus-run-session",
    why: "a session bus for the window in its test",
    sign: Sign::Program("dbus-run-session"),
    packages: [
        Some("dbus-daemon"),
        Some("/usr/bin/dbus-run-session"),
        Some("dbus"),
        Some("/usr/bin/dbus-run-session"),
        Some("dbus"),
    ],
};

/// Building and opening the window.
pub const FOR_THE_WINDOW: &[Need] = match std::env::consts::OS.as_bytes() {
    b"linux" => &[PKG_CONFIG, WEBKIT],
    b"windows" => &[WEBVIEW2],
    _ => &[],
};
/// Faults in network namespaces.
pub const FOR_THE_LAB: &[Need] = &[IP, NFT];
/// Driving the window by WebDriver.
pub const FOR_THE_WINDOW_TEST: &[Need] = &[XVFB, WEBKIT_DRIVER, DBUS];

impl Need {
    /// The package that provides it; none where that is not known.
    pub fn package(&self, manager: Manager) -> Option<&'static str> {
        let column = match manager {
            Manager::Apt => 0,
            Manager::Dnf => 1,
            Manager::Pacman => 2,
            Manager::Zypper => 3,
            Manager::Apk => 4,
            Manager::Winget => return (self.sign == Sign::WebView2).then_some("Microsoft.EdgeWebView2Runtime"),
        };
        self.packages[column]
    }

    fn is_met(&self) -> bool {
        match self.sign {
            Sign::Program(name) => shell::which(name).is_some(),
            Sign::Library(name) => pkg_config_knows(name),
            Sign::WebView2 => webview2_is_there(),
        }
    }
}

/// Those of the needs that this computer does not meet.
pub fn missing(needs: &[Need]) -> Vec<Need> {
    unmet(needs, Need::is_met)
}

fn unmet(needs: &[Need], is_met: impl Fn(&Need) -> bool) -> Vec<Need> {
    needs.iter().filter(|need| !is_met(need)).copied().collect()
}

fn pkg_config_knows(library: &str) -> bool {
    let mut command = Command::new("pkg-config");
    command.args(["--exists", library]).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The runtime's folder; per-machine is how Windows 11 and winget install it.
fn webview2_is_there() -> bool {
    ["ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA"]
        .iter()
        .filter_map(std::env::var_os)
        .any(|base| Path::new(&base).join(r"Microsoft\EdgeWebView\Application").is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_absent_is_asked_for() {
        let needs = [PKG_CONFIG, WEBKIT, NFT];
        assert_eq!(unmet(&needs, |need| need.what == NFT.what), [PKG_CONFIG, WEBKIT]);
        assert_eq!(unmet(&needs, |_| true), []);
    }

    #[test]
    fn apt_has_a_package_for_every_need() {
        for need in [&[PKG_CONFIG, WEBKIT], FOR_THE_LAB, FOR_THE_WINDOW_TEST].concat() {
            let package = need.package(Manager::Apt).unwrap();
            assert!(!package.contains(['/', '(']), "apt takes names alone: {package}");
        }
    }

    #[test]
    fn an_unknown_package_is_not_guessed() {
        assert_eq!(WEBKIT_DRIVER.package(Manager::Pacman), None);
        assert_eq!(NFT.package(Manager::Winget), None);
        assert_eq!(WEBVIEW2.package(Manager::Winget), Some("Microsoft.EdgeWebView2Runtime"));
    }

    #[test]
    fn a_program_that_does_not_exist_is_missing() {
        let need = Need { sign: Sign::Program("netmend-no-such-program"), ..NFT };
        assert_eq!(missing(&[need]), [need]);
    }
}
