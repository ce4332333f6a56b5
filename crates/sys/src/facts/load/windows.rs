use netmend_model::facts::Load;
use netmend_model::{Outcome, ReasonCode};

/// Windows has no load average; sysinfo imitates one that is zero until it has watched for some time.
pub(super) async fn read() -> Outcome<Load> {
    Outcome::not_run(ReasonCode::NotImplementedHere, "load")
}
