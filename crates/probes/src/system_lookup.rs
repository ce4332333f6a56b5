//! The system's own look-up (getaddrinfo), as programs use it.

use std::time::Duration;

use netmend_model::net::SystemLookup;
use netmend_model::{Family, Outcome};
use netmend_sys::lookup;

use crate::Context;

/// Resolvers that are tried one after the other take 5 s each (resolv.conf(5), `timeout`); the first silent one is survived.
const PATIENCE: Duration = Duration::from_secs(6);

/// Looks `name` up the way every program on this computer does, in both families.
pub async fn run(ctx: &Context, name: &str) -> Outcome<SystemLookup> {
    Outcome::observed(lookup::system(name, None::<Family>, ctx.within(PATIENCE)).await)
}
