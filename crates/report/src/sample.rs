//! Reports to test with, written by hand; addresses and names are those for documentation (RFC 5737, RFC 3849, RFC 2606).

use netmend_model::{Report, Station, StationState, StationStatus};

use crate::Words;

/// A firewall on the way drops the connection.
pub(crate) fn dropped() -> Report {
    filled(include_str!("../samples/dropped.json"))
}

/// Everything works.
pub(crate) fn healthy() -> Report {
    filled(include_str!("../samples/healthy.json"))
}

fn filled(json: &str) -> Report {
    let mut report: Report = serde_json::from_str(json).unwrap();
    Words::new("en").fill(&mut report);
    report
}

/// The picture that belongs to [`dropped`].
pub(crate) fn way() -> Vec<StationState> {
    [
        (Station::Computer, StationStatus::Fine, "enp3s0"),
        (Station::LocalNetwork, StationStatus::Fine, "192.168.20.1"),
        (Station::Names, StationStatus::Fine, "203.0.113.10"),
        (Station::Path, StationStatus::Broken, "2: 198.51.100.1"),
        (Station::Service, StationStatus::Unknown, "203.0.113.10:8443"),
    ]
    .map(|(station, status, detail)| StationState { station, status, detail: detail.into() })
    .into()
}
