//! The system's own look-up, as programs use it: getaddrinfo(3) and what stands behind it (hosts file, nsswitch, caches).
//!
//! The call cannot be cancelled and may block for 40 seconds and more, so each runs on a thread of its own that is left
//! behind when patience ends. The number of such threads is bounded.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use netmend_model::net::SystemLookup;
use netmend_model::{Family, OsError};
use tokio::sync::oneshot;

#[cfg_attr(unix, path = "lookup/unix.rs")]
#[cfg_attr(not(unix), path = "lookup/other.rs")]
mod platform;

/// Threads that may be inside the system's look-up at once; more would only pile up behind a dead resolver.
const MOST_AT_ONCE: usize = 32;

static AT_ONCE: AtomicUsize = AtomicUsize::new(0);

type Answer = Result<Vec<IpAddr>, OsError>;

/// Looks `name` up as programs on this computer do, in one family or both, and gives up after `patience`.
///
/// Addresses come in the system's order (RFC 6724), each once. A failure carries the EAI code (RFC 3493, 6.1) with its
/// symbol; `EAI_SYSTEM` is replaced by the error number that it stands for. Names that are address literals resolve to themselves.
pub async fn system(name: &str, family: Option<Family>, patience: Duration) -> SystemLookup {
    match tokio::time::timeout(patience, detached(name.to_owned(), family)).await {
        Ok(Ok(addresses)) => SystemLookup { addresses, error: None, timed_out: false },
        Ok(Err(error)) => SystemLookup { addresses: Vec::new(), error: Some(error), timed_out: false },
        Err(_) => SystemLookup { addresses: Vec::new(), error: None, timed_out: true },
    }
}

/// Runs the look-up on its own thread. Not `spawn_blocking`: the runtime would wait for it at its end.
async fn detached(name: String, family: Option<Family>) -> Answer {
    let slot = Slot::take().ok_or_else(too_many)?;
    let (sender, receiver) = oneshot::channel();
    thread::Builder::new()
        .name("getaddrinfo".into())
        .spawn(move || {
            let answer = platform::resolve(&name, family).map(without_repeats);
            drop(slot);
            // Nobody listens any more once patience has ended.
            drop(sender.send(answer));
        })
        .map_err(|error| crate::sockets::os_error_from(&error))?;
    receiver.await.unwrap_or_else(|_| Err(too_many()))
}

/// The EAI code for "a temporary failure": this process has too many look-ups that never ended.
fn too_many() -> OsError {
    platform::temporary_failure()
}

/// getaddrinfo repeats an address for each socket type and for each line of the hosts file.
fn without_repeats(addresses: Vec<IpAddr>) -> Vec<IpAddr> {
    let mut seen = std::collections::HashSet::new();
    addresses.into_iter().filter(|address| seen.insert(*address)).collect()
}

/// One of the threads that may be inside the look-up.
struct Slot;

impl Slot {
    fn take() -> Option<Self> {
        AT_ONCE
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |taken| (taken < MOST_AT_ONCE).then_some(taken + 1))
            .ok()
            .map(|_| Self)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        AT_ONCE.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    #[tokio::test]
    async fn a_literal_resolves_to_itself() {
        let v4 = system("127.0.0.1", None, PATIENCE).await;
        assert_eq!(v4.addresses, [IpAddr::from(Ipv4Addr::LOCALHOST)]);
        let v6 = system("::1", None, PATIENCE).await;
        assert_eq!(v6.addresses, [IpAddr::from(Ipv6Addr::LOCALHOST)]);
    }

    #[tokio::test]
    async fn a_literal_of_the_other_family_has_no_address() {
        let seen = system("127.0.0.1", Some(Family::Ipv6), PATIENCE).await;
        assert!(seen.addresses.is_empty() && !seen.timed_out);
        let error = seen.error.unwrap();
        assert!(matches!(error.symbol.as_str(), "EAI_ADDRFAMILY" | "EAI_NONAME"), "{error:?}");
    }

    #[tokio::test]
    async fn a_name_with_a_nul_is_no_name() {
        let seen = system("a\0b", None, PATIENCE).await;
        assert_eq!(seen.error.unwrap().symbol, "EAI_NONAME");
    }

    #[tokio::test]
    async fn patience_ends_the_wait() {
        let seen = system("127.0.0.1", None, Duration::ZERO).await;
        assert!(seen.timed_out || !seen.addresses.is_empty());
    }

    #[test]
    fn repeats_are_dropped_in_order() {
        let (a, b) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        assert_eq!(without_repeats(vec![b, a, b, a]), [b, a]);
    }
}
