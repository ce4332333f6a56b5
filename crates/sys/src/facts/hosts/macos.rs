use std::path::PathBuf;

pub(super) fn path() -> PathBuf {
    PathBuf::from("/etc/hosts")
}

/// macOS has no nsswitch.conf.
pub(super) fn order() -> Vec<String> {
    Vec::new()
}
