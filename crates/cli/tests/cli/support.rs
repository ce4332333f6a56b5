//! Calls of the program, apart from the person's own settings and, where they measure, from every network.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

/// The program under test.
pub const NETMEND: &str = env!("CARGO_BIN_EXE_netmend");

/// A folder of its own for one test: home, history and files.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// A call of the program with these arguments.
    pub fn netmend<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, arguments: I) -> assert_cmd::Command {
        assert_cmd::Command::from_std(self.settled(NETMEND, arguments))
    }

    /// A program that sees this folder as its home and no display.
    pub fn settled<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, program: &str, arguments: I) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"] {
            command.env(name, self.folder.path());
        }
        for name in ["NETMEND_PROFILE", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR"] {
            command.env_remove(name);
        }
        for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
            command.env_remove(name).env_remove(name.to_uppercase());
        }
        command.env("LC_ALL", "C");
        command
    }

    /// A script in a network namespace of its own, with `$0` the program. `None`, with the reason printed, where the system
    /// does not give one.
    pub fn apart(&self, script: &str) -> Option<Command> {
        if let Err(reason) = namespaces() {
            println!("skipped: no network namespace for this user: {reason}");
            return None;
        }
        Some(self.settled("unshare", ["--map-root-user", "--net", "sh", "-c", script, NETMEND]))
    }
}

/// Whether this user may make network namespaces with interfaces in them; why not, otherwise.
fn namespaces() -> Result<(), String> {
    let made = Command::new("unshare")
        .args(["--map-root-user", "--net", "sh", "-c", SILENT])
        .output()
        .map_err(|error| format!("unshare: {error}"))?;
    if made.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&made.stderr).trim().to_owned()) }
}

/// A network that swallows everything: a default route into a cable at whose other end nobody has an address.
pub const SILENT: &str = "set -e; ip link set lo up; ip link add nobody0 type veth peer name nobody1; \
                          ip link set nobody0 arp off up; ip link set nobody1 arp off up; \
                          ip addr add 192.0.2.1/24 dev nobody0; ip route add default dev nobody0;";

/// A profile without comparisons, and the file's path.
pub fn quiet_profile(place: &Place) -> PathBuf {
    place.file("quiet.toml", "[reference]\nresolvers = []\nconnectivity = []\n")
}

/// A report of a real run: a firewall on the way drops the connection.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../report/samples/dropped.json")
}

pub fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

pub fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// The whole text as one JSON value: nothing else stands before or behind it.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
