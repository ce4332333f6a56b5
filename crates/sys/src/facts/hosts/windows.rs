use std::path::PathBuf;

/// `DataBasePath` of the TCP/IP parameters may name another folder; hardly anybody sets it.
pub(super) fn path() -> PathBuf {
    let root = std::env::var_os("SystemRoot").unwrap_or_else(|| r"C:\Windows".into());
    PathBuf::from(root).join(r"System32\drivers\etc\hosts")
}

/// Windows has no nsswitch.conf.
pub(super) fn order() -> Vec<String> {
    Vec::new()
}
