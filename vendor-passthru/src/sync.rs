//! What locks, workers and the store in memory are made of: the primitives of std and tokio.
//! Their models, tests under `--cfg shuttle`, put a model checker's in their place, which tries
//! the interleavings of the code above them.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

#[cfg(not(all(test, shuttle)))]
mod real {
    use std::time::Duration;

    pub(crate) use std::sync::{Mutex, MutexGuard, RwLock, atomic};
    pub(crate) use tokio::runtime::Handle;
    pub(crate) use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, oneshot};
    pub(crate) use tokio::time::{Instant as Deadline, sleep, timeout_at};

    /// The point in time after this long, or after all time there is.
    pub(crate) fn deadline(after: Duration) -> Deadline {
        let far = Duration::from_hours(24 * 365 * 30);
        Deadline::now() + after.min(far)
    }
}

#[cfg(not(all(test, shuttle)))]
pub(crate) use real::*;

#[cfg(test)]
#[cfg(shuttle)]
pub(crate) mod checked;

#[cfg(all(test, shuttle))]
pub(crate) use checked::*;

/// Runs a future on its own. Without a runtime it is dropped: nobody could wait for it either.
pub(crate) fn spawn(future: impl Future<Output: Send> + Send + 'static) {
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(future);
    }
}

/// The value of whichever future ends first; the other is dropped. Of two that end at once it is
/// the first's.
pub(crate) async fn race<T>(a: impl Future<Output = T>, b: impl Future<Output = T>) -> T {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|cx| match a.as_mut().poll(cx) {
        Poll::Pending => b.as_mut().poll(cx),
        ended @ Poll::Ready(_) => ended,
    })
    .await
}
