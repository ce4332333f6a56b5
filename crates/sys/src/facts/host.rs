//! The computer that the run is made on.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(target_os = "linux")]
use linux as platform;
#[cfg(target_os = "macos")]
use macos as platform;
#[cfg(target_os = "windows")]
use windows as platform;

pub use netmend_model::Host;

/// Reads what the computer is. A field that cannot be read is empty.
pub fn read() -> Host {
    Host {
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        kernel: sysinfo::System::kernel_version().unwrap_or_default(),
        name: sysinfo::System::host_name().unwrap_or_default(),
        os_version: platform::os_version(),
        elevated: platform::elevated(),
        container: platform::container(),
    }
}

/// Whether this process has administrator rights.
#[cfg(target_os = "linux")]
pub(crate) fn is_elevated() -> bool {
    platform::elevated()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_has_a_system_and_a_kernel() {
        let host = read();
        assert_eq!(host.os, std::env::consts::OS);
        assert!(!host.kernel.is_empty() && !host.os_version.is_empty());
    }
}
