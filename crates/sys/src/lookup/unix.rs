//! getaddrinfo(3) through libc: the standard library drops the EAI code.
#![allow(unsafe_code, reason = "a call of the C library and the list that it returns")]

use std::ffi::CString;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ptr;

use netmend_model::{Family, OsError};

pub(super) fn resolve(name: &str, family: Option<Family>) -> super::Answer {
    let name = CString::new(name).map_err(|_| eai(libc::EAI_NONAME))?;
    // SAFETY: addrinfo is plain data for which all-zero is a valid value (no pointers set, AF_UNSPEC, no flags).
    let mut hints: libc::addrinfo = unsafe { std::mem::zeroed() };
    hints.ai_family = match family {
        None => libc::AF_UNSPEC,
        Some(Family::Ipv4) => libc::AF_INET,
        Some(Family::Ipv6) => libc::AF_INET6,
    };
    hints.ai_socktype = libc::SOCK_STREAM;
    let mut list = ptr::null_mut();
    // SAFETY: `name` is NUL-terminated, `hints` is initialised, `list` receives a list that `List` frees.
    let code = unsafe { libc::getaddrinfo(name.as_ptr(), ptr::null(), &raw const hints, &raw mut list) };
    match code {
        0 => Ok(List(list).addresses()),
        libc::EAI_SYSTEM => Err(crate::sockets::os_error_from(&std::io::Error::last_os_error())),
        code => Err(eai(code)),
    }
}

pub(super) fn temporary_failure() -> OsError {
    eai(libc::EAI_AGAIN)
}

/// A list that getaddrinfo returned; freed when dropped.
struct List(*mut libc::addrinfo);

impl List {
    fn addresses(&self) -> Vec<IpAddr> {
        let mut found = Vec::new();
        let mut next = self.0;
        // SAFETY: `next` is null or points to a node of a list that lives as long as `self` (getaddrinfo(3)).
        while let Some(node) = unsafe { next.as_ref() } {
            found.extend(address(node));
            next = node.ai_next;
        }
        found
    }
}

impl Drop for List {
    fn drop(&mut self) {
        // SAFETY: the pointer came from a successful getaddrinfo and is freed once.
        unsafe { libc::freeaddrinfo(self.0) }
    }
}

fn address(node: &libc::addrinfo) -> Option<IpAddr> {
    if node.ai_addr.is_null() {
        return None;
    }
    match node.ai_family {
        // SAFETY: for AF_INET, ai_addr points to a sockaddr_in; read without assuming alignment.
        libc::AF_INET => {
            let raw: libc::sockaddr_in = unsafe { ptr::read_unaligned(node.ai_addr.cast()) };
            Some(Ipv4Addr::from(raw.sin_addr.s_addr.to_ne_bytes()).into())
        }
        // SAFETY: for AF_INET6, ai_addr points to a sockaddr_in6; read without assuming alignment.
        libc::AF_INET6 => {
            let raw: libc::sockaddr_in6 = unsafe { ptr::read_unaligned(node.ai_addr.cast()) };
            Some(Ipv6Addr::from(raw.sin6_addr.s6_addr).into())
        }
        _ => None,
    }
}

fn eai(code: i32) -> OsError {
    OsError { code, symbol: symbol(code).into() }
}

/// Names of netdb.h; the numbers differ between systems. glibc's own additions stand beside those of RFC 3493.
fn symbol(code: i32) -> &'static str {
    match code {
        libc::EAI_AGAIN => "EAI_AGAIN",
        libc::EAI_BADFLAGS => "EAI_BADFLAGS",
        libc::EAI_FAIL => "EAI_FAIL",
        libc::EAI_FAMILY => "EAI_FAMILY",
        libc::EAI_MEMORY => "EAI_MEMORY",
        libc::EAI_NODATA => "EAI_NODATA",
        libc::EAI_NONAME => "EAI_NONAME",
        libc::EAI_OVERFLOW => "EAI_OVERFLOW",
        libc::EAI_SERVICE => "EAI_SERVICE",
        libc::EAI_SOCKTYPE => "EAI_SOCKTYPE",
        #[cfg(all(target_os = "linux", target_env = "gnu"))]
        -9 => "EAI_ADDRFAMILY",
        #[cfg(target_os = "macos")]
        1 => "EAI_ADDRFAMILY",
        _ => "EAI_UNKNOWN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_those_of_netdb() {
        assert_eq!(symbol(libc::EAI_NONAME), "EAI_NONAME");
        assert_eq!(symbol(libc::EAI_AGAIN), "EAI_AGAIN");
        assert_eq!(symbol(-4711), "EAI_UNKNOWN");
    }
}
