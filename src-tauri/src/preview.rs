//! Shows a rendered report in a frame of its own origin.
//!
//! The report's page brings its own styles, which the window's content security policy forbids; and whatever it holds was
//! measured on a network or read from a file. So it has an origin and a policy of its own, without scripts.

use tauri::http::{Response, header};
use tauri::{AppHandle, Manager};

use crate::shell::Shell;

/// The scheme of the frame's address.
pub const SCHEME: &str = "preview";

const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; base-uri 'none'; form-action 'none'";

/// The address of the page kept last; the number makes each one new to the frame.
pub fn address(number: u64) -> String {
    // Web views on Windows and Android know no schemes of their own.
    if std::env::consts::OS == "windows" {
        format!("http://{SCHEME}.localhost/{number}")
    } else {
        format!("{SCHEME}://localhost/{number}")
    }
}

/// Answers every request with the page kept last.
pub fn answer(app: &AppHandle) -> Response<Vec<u8>> {
    let mut response = Response::new(app.state::<Shell>().preview().into_bytes());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}
