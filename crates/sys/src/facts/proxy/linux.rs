//! GNOME's and KDE's settings, both at once: programs of either may run on the other's desktop.

use std::env;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use netmend_model::Outcome;
use netmend_model::facts::ProxySettings;

use super::{gnome, kde};
use crate::facts::{reading, tool};

/// gsettings takes some twenty milliseconds.
const PATIENCE: Duration = Duration::from_millis(500);

pub(super) async fn read() -> ProxySettings {
    let (gnome, kde) = tokio::join!(gnome(), kde());
    let mut settings = gnome;
    settings.proxies.extend(kde.proxies);
    settings.pac.extend(kde.pac);
    settings.read_from.extend(kde.read_from);
    settings
}

async fn gnome() -> ProxySettings {
    match tool::run("gsettings", &["list-recursively", gnome::SCHEMA], PATIENCE).await {
        Ok(output) if output.ok => gnome::parse(&output.text),
        // Without GNOME's schemas there are no such settings.
        Ok(output) if output.errors.contains("No such schema") => {
            super::nothing("GNOME settings: not on this computer")
        }
        Ok(output) => super::nothing(format!(
            "GNOME settings: not read (gsettings: {})",
            output.errors.lines().next().unwrap_or_default()
        )),
        Err(reason) => super::nothing(format!("GNOME settings: not read ({})", reason.detail)),
    }
}

async fn kde() -> ProxySettings {
    let read = reading::blocking("kioslaverc", reading::LOCAL, || {
        let Some(path) = configuration().map(|folder| folder.join("kioslaverc")) else {
            return Outcome::observed(super::nothing("KDE settings: not read (no home folder is known)"));
        };
        Outcome::observed(match reading::text(path) {
            Ok(text) => kde::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => super::nothing("KDE settings: none"),
            // Without the path, which holds the user's name.
            Err(error) => super::nothing(format!("KDE settings: not read (kioslaverc: {error})")),
        })
    })
    .await;
    match read {
        Outcome::Observed { data } => data,
        Outcome::NotRun { reason } | Outcome::Errored { reason } => {
            super::nothing(format!("KDE settings: not read ({})", reason.detail))
        }
    }
}

/// `$XDG_CONFIG_HOME`, else `~/.config` (XDG Base Directory Specification).
fn configuration() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))
}
