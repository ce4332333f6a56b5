use std::ptr::null_mut;

use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Security::{GetTokenInformation, TOKEN_ELEVATION, TOKEN_QUERY, TokenElevation};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

pub(super) fn os_version() -> String {
    sysinfo::System::long_os_version().unwrap_or_else(|_| "Windows".to_owned())
}

/// Whether the process runs with an administrator's full token.
#[allow(unsafe_code, reason = "the token is only to be had from the Win32 interface")]
pub(super) fn elevated() -> bool {
    let mut token: HANDLE = null_mut();
    let mut elevation = TOKEN_ELEVATION { TokenIsElevated: 0 };
    let mut length = 0;
    let size = u32::try_from(size_of::<TOKEN_ELEVATION>()).unwrap_or(0);
    // SAFETY: the pseudo handle of this process is always valid; `token` is closed once after it was opened; the
    // buffer is a TOKEN_ELEVATION of the size that is given.
    let known = unsafe {
        if OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) == 0 {
            return false;
        }
        let known = GetTokenInformation(token, TokenElevation, (&raw mut elevation).cast(), size, &raw mut length);
        CloseHandle(token);
        known
    };
    known != 0 && elevation.TokenIsElevated != 0
}

/// Windows containers and virtual machines are not told apart yet.
pub(super) fn container() -> Option<String> {
    None
}
