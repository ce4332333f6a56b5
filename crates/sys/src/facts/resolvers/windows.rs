use netmend_model::facts::Resolvers;
use netmend_model::{Outcome, ReasonCode};

pub(super) async fn read() -> Outcome<Resolvers> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "resolvers")
}
