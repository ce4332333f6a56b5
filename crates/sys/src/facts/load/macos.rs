use netmend_model::Outcome;
use netmend_model::facts::Load;

use crate::facts::reading;

pub(super) async fn read() -> Outcome<Load> {
    reading::blocking("load", reading::LOCAL, || super::outcome(super::common())).await
}
