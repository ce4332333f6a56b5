pub(super) fn os_version() -> String {
    sysinfo::System::long_os_version().unwrap_or_else(|| "Windows".to_owned())
}

pub(super) fn elevated() -> bool {
    false
}

/// Windows containers and virtual machines are not told apart yet.
pub(super) fn container() -> Option<String> {
    None
}
