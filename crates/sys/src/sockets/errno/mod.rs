//! Names of this system's error numbers.

use std::io;

use netmend_model::OsError;

#[cfg(unix)]
#[path = "unix.rs"]
mod table;
#[cfg(windows)]
#[path = "windows.rs"]
mod table;

/// An error number of this system (errno, on Windows a WSA or Win32 code) with its symbol, such as `ECONNREFUSED`.
///
/// A number without a name becomes `errno <n>`; getaddrinfo's EAI codes are another set and do not belong here.
pub fn os_error(code: i32) -> OsError {
    let symbol = table::symbol(code).map_or_else(|| format!("errno {code}"), Into::into);
    OsError { code, symbol }
}

/// The error number behind an [`io::Error`]; one that did not come from the system has code 0 and its own text as symbol.
pub fn os_error_from(error: &io::Error) -> OsError {
    error.raw_os_error().map_or_else(|| OsError { code: 0, symbol: error.to_string() }, os_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_a_refused_connection_gives() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let error = os_error_from(&std::net::TcpStream::connect(address).unwrap_err());
        assert!(matches!(error.symbol.as_str(), "ECONNREFUSED" | "WSAECONNREFUSED"), "{error:?}");
    }

    #[test]
    fn unknown_numbers_keep_their_number() {
        assert_eq!(os_error(123_456).symbol, "errno 123456");
        assert_eq!(os_error_from(&io::Error::other("no system error")).code, 0);
    }
}
