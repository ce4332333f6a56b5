//! Where settings and data of this person and this computer are kept.

use std::env;
use std::path::PathBuf;

/// Settings files, the person's own first: `netmend/profile.toml` in the configuration folders of the XDG base directory
/// specification (Linux), `Application Support` (macOS), `%APPDATA%` and `%ProgramData%` (Windows).
pub fn profiles() -> Vec<PathBuf> {
    folders().into_iter().map(|folder| folder.join("profile.toml")).collect()
}

fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

#[cfg(target_os = "linux")]
fn folders() -> Vec<PathBuf> {
    let own = variable("XDG_CONFIG_HOME").or_else(|| Some(variable("HOME")?.join(".config")));
    own.into_iter().map(|folder| folder.join("netmend")).chain([PathBuf::from("/etc/netmend")]).collect()
}

#[cfg(target_os = "macos")]
fn folders() -> Vec<PathBuf> {
    let own = variable("HOME").map(|home| home.join("Library/Application Support/Netmend"));
    own.into_iter().chain([PathBuf::from("/Library/Application Support/Netmend")]).collect()
}

#[cfg(target_os = "windows")]
fn folders() -> Vec<PathBuf> {
    [variable("APPDATA"), variable("ProgramData")].into_iter().flatten().map(|folder| folder.join("Netmend")).collect()
}

/// The folder for this person's data (past runs); `None` where the system names none.
#[cfg(target_os = "linux")]
pub fn data() -> Option<PathBuf> {
    let base = variable("XDG_DATA_HOME").or_else(|| Some(variable("HOME")?.join(".local/share")))?;
    Some(base.join("netmend"))
}

/// The folder for this person's data (past runs); `None` where the system names none.
#[cfg(target_os = "macos")]
pub fn data() -> Option<PathBuf> {
    Some(variable("HOME")?.join("Library/Application Support/Netmend"))
}

/// The folder for this person's data (past runs); `None` where the system names none.
#[cfg(target_os = "windows")]
pub fn data() -> Option<PathBuf> {
    Some(variable("LOCALAPPDATA")?.join("Netmend"))
}

/// Whether a window can be shown here.
pub fn has_display() -> bool {
    !cfg!(target_os = "linux") || variable("WAYLAND_DISPLAY").or_else(|| variable("DISPLAY")).is_some()
}
