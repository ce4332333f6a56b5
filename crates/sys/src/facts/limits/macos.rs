use netmend_model::facts::Limits;
use netmend_model::{Outcome, ReasonCode};

pub(super) async fn read() -> Outcome<Limits> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "limits")
}
