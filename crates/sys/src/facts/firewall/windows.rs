use netmend_model::facts::Firewall;
use netmend_model::{Outcome, ReasonCode};

pub(super) async fn read() -> Outcome<Firewall> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "firewall")
}
