pub(super) fn os_version() -> String {
    sysinfo::System::long_os_version().unwrap_or_else(|_| "macOS".to_owned())
}

/// Root, as macOS has no finer rights for the network.
pub(super) fn elevated() -> bool {
    nix::unistd::geteuid().is_root()
}

/// A Mac runs no containers of its own kind; virtual machines are not told apart yet.
pub(super) fn container() -> Option<String> {
    None
}
