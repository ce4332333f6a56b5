use std::path::PathBuf;

use crate::facts::reading;

pub(super) fn path() -> PathBuf {
    PathBuf::from("/etc/hosts")
}

/// Empty without nsswitch.conf, as with musl.
pub(super) fn order() -> Vec<String> {
    let text = reading::text("/etc/nsswitch.conf").or_else(|_| reading::text("/usr/etc/nsswitch.conf"));
    text.map(|text| super::order(&text)).unwrap_or_default()
}
