use netmend_model::facts::Neighbours;
use netmend_model::{Outcome, ReasonCode};

pub(super) async fn read() -> Outcome<Neighbours> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "neighbours")
}
