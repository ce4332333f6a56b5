//! The system's look-up through the standard library, where its errors keep the native code (GetAddrInfoW on Windows).

use std::net::{IpAddr, ToSocketAddrs};

use netmend_model::{Family, OsError};

/// Winsock has no codes of its own for RFC 3493: `EAI_NONAME` is WSAHOST_NOT_FOUND and so on (ws2tcpip.h).
const NONAME: i32 = 11_001;
const AGAIN: i32 = 11_002;
const FAIL: i32 = 11_003;
const NODATA: i32 = 11_004;

pub(super) fn resolve(name: &str, family: Option<Family>) -> super::Answer {
    if name.contains('\0') {
        return Err(eai(NONAME, "EAI_NONAME"));
    }
    let found = (name, 0).to_socket_addrs().map_err(|error| coded(&error))?;
    let wanted = |address: &IpAddr| family.is_none_or(|family| Family::of(*address) == family);
    let addresses: Vec<_> = found.map(|address| address.ip()).filter(wanted).collect();
    if addresses.is_empty() { Err(eai(NODATA, "EAI_NODATA")) } else { Ok(addresses) }
}

pub(super) fn temporary_failure() -> OsError {
    eai(AGAIN, "EAI_AGAIN")
}

fn coded(error: &std::io::Error) -> OsError {
    match error.raw_os_error() {
        Some(NONAME) => eai(NONAME, "EAI_NONAME"),
        Some(AGAIN) => eai(AGAIN, "EAI_AGAIN"),
        Some(FAIL) => eai(FAIL, "EAI_FAIL"),
        Some(NODATA) => eai(NODATA, "EAI_NODATA"),
        _ => crate::sockets::os_error_from(error),
    }
}

fn eai(code: i32, symbol: &str) -> OsError {
    OsError { code, symbol: symbol.into() }
}
