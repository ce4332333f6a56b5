use netmend_model::facts::Listeners;
use netmend_model::{Outcome, ReasonCode};

pub(super) async fn read() -> Outcome<Listeners> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "listeners")
}
