use netmend_model::facts::Interfaces;
use netmend_model::{Outcome, ReasonCode};

pub(super) async fn read() -> Outcome<Interfaces> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "interfaces")
}
