//! Work that blocks and cannot be cancelled, on a thread that nobody waits for.

use std::thread;

use tokio::sync::oneshot;

/// Runs `work` on a thread of its own; `None` where the system gives no thread or the work panics. Not `spawn_blocking`:
/// the runtime waits for those at its end, and a stopped run must end at once.
pub(crate) async fn detached<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = oneshot::channel();
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(move || drop(sender.send(work()))).ok()?;
    receiver.await.ok()
}
