//! Where the history is kept.

use std::ffi::OsString;
use std::path::PathBuf;

/// The history's file for this person, from the environment; `None` where it names no folder.
pub fn default_path() -> Option<PathBuf> {
    default_path_from(|name| std::env::var_os(name))
}

/// The same from any environment. `%LOCALAPPDATA%` is set on Windows alone; `$XDG_DATA_HOME` (XDG base directory
/// specification) counts only when absolute; a home folder with `Library` is a Mac's.
pub fn default_path_from(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = folder("LOCALAPPDATA").or_else(|| folder("XDG_DATA_HOME")).or_else(|| {
        let home = folder("HOME")?;
        let mac = home.join("Library/Application Support");
        Some(if mac.is_dir() { mac } else { home.join(".local/share") })
    })?;
    Some(data.join("netmend").join("history.sqlite"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(pairs: &[(&str, &str)]) -> Option<PathBuf> {
        default_path_from(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into()))
    }

    #[test]
    fn the_folder_follows_the_environment() {
        assert_eq!(path(&[]), None);
        assert_eq!(path(&[("XDG_DATA_HOME", "relative")]), None);
        let home = tempfile::tempdir().unwrap();
        let here = home.path().to_str().unwrap();
        let xdg = path(&[("HOME", here), ("XDG_DATA_HOME", "/data")]).unwrap();
        assert_eq!(xdg, PathBuf::from("/data/netmend/history.sqlite"));
        assert_eq!(path(&[("HOME", here)]).unwrap(), home.path().join(".local/share/netmend/history.sqlite"));
        std::fs::create_dir_all(home.path().join("Library/Application Support")).unwrap();
        let mac = home.path().join("Library/Application Support/netmend/history.sqlite");
        assert_eq!(path(&[("HOME", here)]).unwrap(), mac);
    }
}
