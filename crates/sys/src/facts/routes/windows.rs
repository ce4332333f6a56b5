use std::net::IpAddr;

use netmend_model::facts::{RouteTo, Routes};
use netmend_model::{Outcome, ReasonCode};

pub(super) async fn read() -> Outcome<Routes> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "routes")
}

pub(super) async fn to(_address: IpAddr) -> Outcome<RouteTo> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "route_to")
}
