//! sysinfo, and `/proc/pressure`, which it does not read.

use netmend_model::Outcome;
use netmend_model::facts::Load;

use crate::facts::reading;

pub(super) async fn read() -> Outcome<Load> {
    reading::blocking("load", reading::LOCAL, || {
        // Kernels without PSI, or with psi=0, have no such files.
        let pressure =
            |name: &str| reading::text(format!("/proc/pressure/{name}")).ok().and_then(|t| super::pressure(&t));
        super::outcome(super::common().map(|load| Load {
            cpu_pressure: pressure("cpu"),
            memory_pressure: pressure("memory"),
            ..load
        }))
    })
    .await
}
