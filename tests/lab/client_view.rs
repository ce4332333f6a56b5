//! The client's own files and environment: what a program inside the client's namespace finds in `/etc` and around it.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use nix::mount::{MsFlags, mount};

use crate::launch::ORDINARY_USER;
use crate::pki;

/// Files that replace those of the machine, by their names below `/etc`.
const FILES: [&str; 4] = ["resolv.conf", "hosts", "nsswitch.conf", "gai.conf"];

/// What the client is configured to use.
#[derive(Debug, Clone)]
pub struct ClientView {
    /// Configured resolvers, in order.
    pub resolvers: Vec<String>,
    /// Further lines of `/etc/hosts`.
    pub hosts: Vec<String>,
    /// Further environment variables, such as proxies.
    pub environment: Vec<(String, String)>,
    /// Files in the home folder: relative path and content.
    pub home_files: Vec<(String, String)>,
    /// Whether the lab's authority is in the trust store.
    pub trusts_authority: bool,
    /// The organisation's profile (TOML).
    pub profile: String,
}

impl Default for ClientView {
    fn default() -> Self {
        Self {
            resolvers: vec![crate::lab::RESOLVER.to_owned()],
            hosts: Vec::new(),
            environment: Vec::new(),
            home_files: Vec::new(),
            trusts_authority: true,
            profile: default_profile(),
        }
    }
}

fn default_profile() -> String {
    format!(
        "name = \"Lab\"\n[reference]\nresolvers = [\"{}\"]\nconnectivity = [\"http://{}/generate_204\"]\nntp = []\n\
         [support]\ncontact = \"help@example.test\"\n",
        crate::lab::REFERENCE,
        crate::lab::CHECK_NAME
    )
}

impl ClientView {
    /// Writes everything below `folder`: `etc/`, `certs/`, `home/`, `profile.toml`.
    pub fn write(&self, folder: &Path, may_change_owner: bool) -> Result<()> {
        let (etc, certs, home) = (folder.join("etc"), folder.join("certs"), folder.join("home"));
        for each in [&etc, &certs, &home] {
            fs::create_dir_all(each).with_context(|| format!("cannot make {}", each.display()))?;
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
        fs::write(etc.join("resolv.conf"), self.resolv_conf())?;
        fs::write(etc.join("hosts"), self.hosts_file())?;
        fs::write(etc.join("nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n")?;
        fs::write(etc.join("gai.conf"), "")?;
        fs::write(certs.join("ca-certificates.crt"), self.trust_store()?)?;
        fs::write(folder.join("profile.toml"), &self.profile)?;
        for (name, content) in &self.home_files {
            let path = home.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&home))?;
            fs::write(path, content)?;
        }
        if may_change_owner { give_away(&home) } else { Ok(()) }
    }

    fn resolv_conf(&self) -> String {
        self.resolvers.iter().flat_map(|address| ["nameserver ", address.as_str(), "\n"]).collect()
    }

    fn hosts_file(&self) -> String {
        let own = ["127.0.0.1 localhost", "::1 localhost ip6-localhost ip6-loopback", "127.0.1.1 client"];
        own.iter().map(ToString::to_string).chain(self.hosts.iter().cloned()).map(|line| line + "\n").collect()
    }

    /// Never empty: an empty store is a different fault from an authority that is missing in it.
    fn trust_store(&self) -> Result<String> {
        if self.trusts_authority { Ok(pki::trusted()?.pem()) } else { pki::unrelated_authority() }
    }
}

/// The home folder belongs to the ordinary user; root may use it all the same.
fn give_away(folder: &Path) -> Result<()> {
    chown(folder, Some(ORDINARY_USER), Some(ORDINARY_USER)).context("cannot hand over the home folder")?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            give_away(&path)?;
        } else {
            chown(&path, Some(ORDINARY_USER), Some(ORDINARY_USER))?;
        }
    }
    Ok(())
}

/// Puts the files of `folder` over the machine's own, in the calling process's mount namespace, which must be private.
pub fn mount_over_etc(folder: &Path) -> Result<()> {
    // Hides D-Bus, NetworkManager, systemd-resolved and nscd of the machine.
    mount(Some("tmpfs"), "/run", Some("tmpfs"), MsFlags::empty(), Some("mode=755")).context("cannot hide /run")?;
    // Interfaces in /sys are those of the namespace that mounted it.
    mount(Some("sysfs"), "/sys", Some("sysfs"), MsFlags::MS_RDONLY, None::<&str>).context("cannot mount /sys")?;
    for name in FILES {
        let target = real_target(&Path::new("/etc").join(name))?;
        if target.exists() {
            bind(&folder.join("etc").join(name), &target)?;
        }
    }
    bind(&folder.join("certs"), Path::new("/etc/ssl/certs"))
}

/// Follows `/etc/resolv.conf` into the hidden `/run` and makes the file there that it points to.
fn real_target(path: &Path) -> Result<PathBuf> {
    let Ok(link) = fs::read_link(path) else { return Ok(path.to_owned()) };
    let target = path.parent().unwrap_or(Path::new("/")).join(link);
    if !target.exists() {
        fs::create_dir_all(target.parent().unwrap_or(Path::new("/")))?;
        fs::write(&target, "").with_context(|| format!("cannot make {}", target.display()))?;
    }
    Ok(target)
}

fn bind(source: &Path, target: &Path) -> Result<()> {
    mount(Some(source), target, None::<&str>, MsFlags::MS_BIND, None::<&str>)
        .with_context(|| format!("cannot put {} over {}", source.display(), target.display()))
}
