//! The clock, and whether something keeps it right.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(target_os = "linux")]
use linux as platform;
#[cfg(target_os = "macos")]
use macos as platform;
#[cfg(target_os = "windows")]
use windows as platform;

use std::time::{SystemTime, UNIX_EPOCH};

use netmend_model::Outcome;
pub use netmend_model::facts::Clock;

/// Reads the clock.
pub async fn read() -> Outcome<Clock> {
    platform::read().await
}

/// Milliseconds since 1970-01-01 UTC; negative before.
fn unix_ms() -> f64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_secs_f64() * 1000.0,
        Err(before) => -before.duration().as_secs_f64() * 1000.0,
    }
}

/// The IANA name at the end of a link such as `../usr/share/zoneinfo/Europe/Berlin` (localtime(5)).
#[cfg(any(unix, test))]
fn zone_of_link(link: &str) -> Option<String> {
    let (_, zone) = link.rsplit_once("zoneinfo/")?;
    let zone = zone.strip_prefix("posix/").unwrap_or(zone);
    (!zone.is_empty()).then(|| zone.to_owned())
}

/// The time zone of this process: `TZ` (tzset(3)), else the link `/etc/localtime`.
#[cfg(unix)]
fn time_zone() -> Option<String> {
    let tz = std::env::var("TZ").ok().map(|tz| tz.trim_start_matches(':').to_owned());
    if let Some(tz) = tz.filter(|tz| !tz.is_empty()) {
        return zone_of_link(&tz).or(Some(tz));
    }
    zone_of_link(&std::fs::read_link("/etc/localtime").ok()?.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones() {
        assert_eq!(zone_of_link("/usr/share/zoneinfo/Europe/Berlin").as_deref(), Some("Europe/Berlin"));
        assert_eq!(zone_of_link("/var/db/timezone/zoneinfo/America/New_York").as_deref(), Some("America/New_York"));
        assert_eq!(zone_of_link("../usr/share/zoneinfo/posix/UTC").as_deref(), Some("UTC"));
        assert_eq!(zone_of_link("/etc/localtime.bak"), None);
    }

    #[tokio::test]
    async fn the_clock_runs_with_the_systems() {
        let before = unix_ms();
        let outcome = read().await;
        let clock = outcome.data().expect("the clock is always there");
        assert!(clock.unix_ms >= before && clock.unix_ms <= unix_ms());
    }
}
