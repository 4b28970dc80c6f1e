//! The exclusive locks of one conductor: callers wait in order of arrival for their turn to
//! reserve a node, and the release itself wakes the next one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use crate::error::Causes;
use crate::shards::Shards;
use crate::{Attempt, Error, Holder, LockStore, Reservation, Result};

/// Reserves nodes in the store, for one caller of this conductor at a time.
pub(crate) struct Locks {
    store: Arc<dyn LockStore>,
    attempts: u32,
    interval: Duration,
    /// One queue for each node that someone holds or waits for; the mutex is first come, first
    /// served.
    queues: Shards<Uuid, Arc<Mutex<()>>>,
    held: AtomicUsize,
    queueing: AtomicUsize,
}

/// How many exclusive locks this conductor holds and waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockFigures {
    /// Nodes that are reserved by a call of this conductor.
    pub held: usize,
    /// Calls that wait for a node.
    pub waiting: usize,
}

impl Locks {
    /// Waits `attempts` times `interval` for a node, no longer.
    pub(crate) fn new(store: Arc<dyn LockStore>, attempts: u32, interval: Duration) -> Self {
        let queues = Shards::default();
        let (held, queueing) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { store, attempts, interval, queues, held, queueing }
    }

    /// Reserves a node. Dropped while it waits, it leaves the queue and nothing is reserved.
    pub(crate) async fn acquire(self: &Arc<Self>, node: Uuid, holder: &Holder) -> Result<Held> {
        let deadline = Instant::now() + self.interval * self.attempts;
        let mut place = Place::enter(Arc::clone(self), node);
        if timeout_at(deadline, place.wait()).await.is_err() {
            return Err(self.locked(node, self.reservation(node).await?));
        }
        loop {
            let attempt = self.store.try_acquire(node, holder).await;
            match attempt.map_err(|error| Error::from_store(error, node))? {
                Attempt::Acquired { fence } => return Ok(Held::new(place, fence)),
                Attempt::Held(by) => {
                    let released = self.store.wait_released(node);
                    if timeout_at(deadline, released).await.is_err() {
                        return Err(self.locked(node, Some(by)));
                    }
                }
            }
        }
    }

    pub(crate) async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>> {
        self.store.reservation(node).await.map_err(|error| Error::from_store(error, node))
    }

    pub(crate) fn figures(&self) -> LockFigures {
        let held = self.held.load(Ordering::Relaxed);
        let waiting = self.queueing.load(Ordering::Relaxed).saturating_sub(held);
        LockFigures { held, waiting }
    }

    fn locked(&self, node: Uuid, holder: Option<Reservation>) -> Error {
        Error::NodeLocked { node, holder: holder.map(Box::new), retry_after: self.interval }
    }
}

/// A place in the queue of a node, given up on drop.
struct Place {
    locks: Arc<Locks>,
    node: Uuid,
    queue: Arc<Mutex<()>>,
    turn: Option<OwnedMutexGuard<()>>,
}

impl Place {
    fn enter(locks: Arc<Locks>, node: Uuid) -> Self {
        let queue = Arc::clone(locks.queues.shard(&node).entry(node).or_default());
        locks.queueing.fetch_add(1, Ordering::Relaxed);
        Self { locks, node, queue, turn: None }
    }

    async fn wait(&mut self) {
        self.turn = Some(Arc::clone(&self.queue).lock_owned().await);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.turn = None;
        self.locks.queueing.fetch_sub(1, Ordering::Relaxed);
        let mut shard = self.locks.queues.shard(&self.node);
        // Two references: the table's and this one. Nobody can take a third without the shard.
        if Arc::strong_count(&self.queue) == 2 {
            shard.remove(&self.node);
        }
    }
}

/// A reservation that this conductor holds. Ends by [`release`](Self::release), or on drop if
/// that is cut short.
pub(crate) struct Held {
    place: Option<Place>,
    fence: u64,
    since: Instant,
}

impl Held {
    fn new(place: Place, fence: u64) -> Self {
        place.locks.held.fetch_add(1, Ordering::Relaxed);
        Self { place: Some(place), fence, since: Instant::now() }
    }

    pub(crate) fn fence(&self) -> u64 {
        self.fence
    }

    /// How long it has been held.
    pub(crate) fn age(&self) -> Duration {
        self.since.elapsed()
    }

    pub(crate) async fn release(mut self) {
        if let Some(place) = self.place.take() {
            release(place, self.fence).await;
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Without a runtime nobody could wait for the node either.
        if let (Some(place), Ok(runtime)) = (self.place.take(), Handle::try_current()) {
            runtime.spawn(release(place, self.fence));
        }
    }
}

/// Ends a reservation, and then lets the next caller have its turn.
async fn release(place: Place, fence: u64) {
    let Place { locks, node, .. } = &place;
    if let Err(error) = locks.store.release(*node, fence).await {
        let error = Causes(&error);
        tracing::error!(%node, fence, %error, "a reservation could not be released");
    }
    locks.held.fetch_sub(1, Ordering::Relaxed);
}
