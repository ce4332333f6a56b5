//! errno(3), as nix knows it for this system.

use nix::errno::Errno;

/// The symbol of an error number.
pub fn symbol(code: i32) -> Option<String> {
    match Errno::from_raw(code) {
        Errno::UnknownErrno => None,
        known => Some(format!("{known:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::symbol;

    #[test]
    fn symbols_are_those_of_errno_h() {
        let named = [
            (libc::ECONNREFUSED, "ECONNREFUSED"),
            (libc::EHOSTUNREACH, "EHOSTUNREACH"),
            (libc::EPERM, "EPERM"),
            (libc::EAGAIN, "EAGAIN"),
            (libc::EOPNOTSUPP, "EOPNOTSUPP"),
        ];
        for (code, name) in named {
            assert_eq!(symbol(code).as_deref(), Some(name));
        }
    }
}
