//! The window of Netmend: a thin shell round the engine.
//!
//! The pages in `ui/` call the [`commands`] and get what happens during a run over a channel ([`events`]). Nothing is measured,
//! judged or worded here; what the pages may do is listed in `src-tauri/capabilities/main.json`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod commands;
mod error;
mod events;
mod finding;
mod preview;
mod recent;
#[cfg(test)]
mod sample;
mod save;
mod shell;
mod understand;

use tauri::{Theme, WebviewUrl, WebviewWindowBuilder};

/// Opens the window and returns when it is closed.
pub fn run() -> tauri::Result<()> {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(shell::Shell::default())
        .register_uri_scheme_protocol(preview::SCHEME, |context, _| preview::answer(context.app_handle()))
        .invoke_handler(tauri::generate_handler![
            commands::understand,
            commands::profile,
            commands::recent,
            commands::start,
            commands::stop,
            commands::explain,
            commands::message,
            commands::render,
            commands::preview,
            commands::print,
            commands::save,
            commands::open,
            commands::verify,
        ])
        .setup(|app| {
            window(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|_, _| {});
    Ok(())
}

/// The wizard's window. Dropped files go to the page, which gets their contents and no path.
fn window(app: &tauri::AppHandle) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Netmend")
        .inner_size(1060.0, 760.0)
        .min_inner_size(360.0, 400.0)
        .disable_drag_drop_handler()
        .on_navigation(|url| is_own(url.scheme(), url.host_str()))
        .visible(false)
        .build()?;
    // Until the page paints, the window has the colour that the page will have.
    let ground = if window.theme()? == Theme::Dark { (0x15, 0x17, 0x1a) } else { (0xf5, 0xf5, 0xf2) };
    window.set_background_color(Some(ground.into()))?;
    window.show()
}

/// Whether an address is one of the program's own pages or a preview; the window goes nowhere else.
fn is_own(scheme: &str, host: Option<&str>) -> bool {
    match scheme {
        "tauri" | "about" | preview::SCHEME => true,
        "http" | "https" => match host {
            Some("tauri.localhost" | "preview.localhost") => true,
            // The development server, which a released program does not have.
            Some("localhost") => tauri::is_dev(),
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_granted_and_none_that_does_not_exist() {
        let granted: Vec<_> = include_str!("../permissions/commands.toml")
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
            .collect();
        let registered: Vec<_> = include_str!("lib.rs")
            .lines()
            .filter_map(|line| line.trim().strip_prefix("commands::")?.strip_suffix(','))
            .collect();
        assert!(!granted.is_empty());
        assert_eq!(granted, registered);
    }

    #[test]
    fn the_window_shows_its_own_pages_only() {
        assert!(is_own("tauri", Some("localhost")) && is_own("preview", Some("localhost")));
        assert!(!is_own("https", Some("example.com")) && !is_own("file", None) && !is_own("data", None));
    }
}
