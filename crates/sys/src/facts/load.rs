//! How busy this computer is.

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

use netmend_model::Outcome;
pub use netmend_model::facts::Load;

/// Reads load averages, memory, swap and, where the kernel has it, pressure.
pub async fn read() -> Outcome<Load> {
    platform::read().await
}

/// Averages and memory, which sysinfo reads alike on Unix systems.
#[cfg(unix)]
fn common() -> Result<Load, sysinfo::Error> {
    let mut system = sysinfo::System::new()?;
    system.refresh_memory();
    let average = sysinfo::System::load_average()?;
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Ok(Load {
        processors: u32::try_from(processors).unwrap_or(u32::MAX),
        load_1m: average.one,
        load_5m: average.five,
        cpu_pressure: None,
        memory_pressure: None,
        memory_total: system.total_memory(),
        memory_available: system.available_memory(),
        swap_total: system.total_swap(),
        swap_used: system.used_swap(),
    })
}

/// The outcome of [`common`].
#[cfg(unix)]
fn outcome(load: Result<Load, sysinfo::Error>) -> Outcome<Load> {
    match load {
        Ok(load) => Outcome::observed(load),
        Err(error) => Outcome::errored(netmend_model::ReasonCode::SystemError, format!("load: {error}")),
    }
}

/// `avg10` of the `some` line of a pressure file, in percent (Documentation/accounting/psi.rst).
#[cfg(any(target_os = "linux", test))]
fn pressure(text: &str) -> Option<f64> {
    let some = text.lines().find_map(|line| line.strip_prefix("some "))?;
    some.split_whitespace().find_map(|field| field.strip_prefix("avg10="))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pressure_is_read_from_the_line_some() {
        let text =
            "some avg10=12.34 avg60=2.10 avg300=0.50 total=123456\nfull avg10=1.00 avg60=0.00 avg300=0.00 total=9\n";
        assert_eq!(pressure(text), Some(12.34));
        assert_eq!(pressure("full avg10=1.00\n"), None);
        assert_eq!(pressure(""), None);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn this_computer_has_memory_and_processors() {
        let outcome = read().await;
        let load = outcome.data().expect("sysinfo reads /proc");
        assert!(load.processors >= 1);
        assert!(load.memory_total > 0 && load.memory_available <= load.memory_total);
    }
}
