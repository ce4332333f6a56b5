//! os-release(5), capabilities(7), and the traces that containers and virtual machines leave.

use std::path::Path;

use crate::facts::reading;

/// CAP_NET_ADMIN, as a bit of CapEff in proc_pid_status(5).
const NET_ADMIN: u64 = 1 << 12;

pub(super) fn os_version() -> String {
    let release = reading::text("/etc/os-release").or_else(|_| reading::text("/usr/lib/os-release"));
    release.ok().and_then(|text| pretty_name(&text)).unwrap_or_else(|| "Linux".to_owned())
}

/// `PRETTY_NAME`, else `NAME` and `VERSION`.
fn pretty_name(text: &str) -> Option<String> {
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix('='))?;
        let value = line.trim_matches(['"', '\'']).to_owned();
        (!value.is_empty()).then_some(value)
    };
    value("PRETTY_NAME").or_else(|| {
        let name = value("NAME")?;
        Some(value("VERSION").map_or(name.clone(), |version| format!("{name} {version}")))
    })
}

/// What counts is CAP_NET_ADMIN: root in a container need not have it, and a service user may.
pub(super) fn elevated() -> bool {
    match reading::text("/proc/self/status").ok().and_then(|text| effective(&text)) {
        Some(capabilities) => capabilities & NET_ADMIN != 0,
        None => nix::unistd::geteuid().is_root(),
    }
}

fn effective(status: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix("CapEff:"))?;
    u64::from_str_radix(value.trim(), 16).ok()
}

/// Containers first: they also run in virtual machines, and are the nearer wall.
pub(super) fn container() -> Option<String> {
    container_runtime().or_else(wsl).or_else(virtual_machine)
}

fn container_runtime() -> Option<String> {
    if std::env::var_os("KUBERNETES_SERVICE_HOST").is_some() {
        return Some("kubernetes".to_owned());
    }
    // systemd.io/CONTAINER_INTERFACE: the runtime's name, left by systemd-nspawn, LXC and Podman.
    if let Ok(name) = reading::text("/run/systemd/container")
        && !name.trim().is_empty()
    {
        return Some(name.trim().to_owned());
    }
    let marks = [("/.dockerenv", "docker"), ("/run/.containerenv", "podman")];
    if let Some((_, name)) = marks.iter().find(|(path, _)| Path::new(path).exists()) {
        return Some((*name).to_owned());
    }
    std::env::var("container").ok().filter(|name| !name.is_empty())
}

fn wsl() -> Option<String> {
    let release = reading::text("/proc/sys/kernel/osrelease").ok()?;
    wsl_of(release.trim()).map(str::to_owned)
}

/// Kernel releases: `4.4.0-19041-Microsoft` is WSL 1, `5.15.90.1-microsoft-standard-WSL2` is WSL 2.
fn wsl_of(release: &str) -> Option<&'static str> {
    match release {
        _ if release.contains("microsoft-standard") || release.contains("WSL2") => Some("wsl2"),
        _ if release.contains("Microsoft") => Some("wsl1"),
        _ => None,
    }
}

fn virtual_machine() -> Option<String> {
    let dmi = |field: &str| reading::text(format!("/sys/class/dmi/id/{field}")).unwrap_or_default();
    vendor(dmi("sys_vendor").trim(), dmi("product_name").trim()).map(str::to_owned)
}

/// The names of systemd-detect-virt(1).
fn vendor(vendor: &str, product: &str) -> Option<&'static str> {
    let known = [
        ("QEMU", "qemu"),
        ("KVM", "kvm"),
        ("VMware", "vmware"),
        ("VirtualBox", "oracle"),
        ("innotek GmbH", "oracle"),
        ("Xen", "xen"),
        ("Parallels", "parallels"),
        ("Amazon EC2", "amazon"),
        ("Google Compute Engine", "google"),
        ("Bochs", "bochs"),
        ("Apple Virtualization", "apple"),
    ];
    if vendor == "Microsoft Corporation" && product == "Virtual Machine" {
        return Some("microsoft");
    }
    known.iter().find(|(mark, _)| vendor.contains(mark) || product.contains(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_distributions() {
        let debian = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\n";
        assert_eq!(pretty_name(debian).as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
        assert_eq!(pretty_name("NAME=Alpine\nVERSION='3.20'\n").as_deref(), Some("Alpine 3.20"));
        assert_eq!(pretty_name("ID=x\n"), None);
    }

    #[test]
    fn rights_are_the_capability_and_not_the_user() {
        let root = effective("Name:\tx\nCapInh:\t0000000000000000\nCapEff:\t000001ffffffffff\n").unwrap();
        let docker = effective("CapEff:\t00000000a80425fb\n").unwrap();
        assert_ne!(root & NET_ADMIN, 0);
        assert_eq!(docker & NET_ADMIN, 0, "Docker's default set lacks CAP_NET_ADMIN");
        assert_eq!(effective("CapEff:\tx\n"), None);
    }

    #[test]
    fn kinds_of_machines() {
        assert_eq!(wsl_of("5.15.90.1-microsoft-standard-WSL2"), Some("wsl2"));
        assert_eq!(wsl_of("4.4.0-19041-Microsoft"), Some("wsl1"));
        assert_eq!(wsl_of("6.1.0-18-amd64"), None);
        assert_eq!(vendor("Microsoft Corporation", "Virtual Machine"), Some("microsoft"));
        assert_eq!(vendor("Microsoft Corporation", "Surface Pro"), None);
        assert_eq!(vendor("QEMU", "Standard PC (Q35 + ICH9, 2009)"), Some("qemu"));
        assert_eq!(vendor("LENOVO", "20XW"), None);
    }
}
