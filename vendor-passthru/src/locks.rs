//! The exclusive locks of one conductor: callers wait in order of arrival for their turn to
//! reserve a node, and the release itself wakes the next one.

mod queue;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::task::TaskTracker;
use uuid::Uuid;

use self::queue::{Queue, Queues, Turn, Waiting};
use crate::error::Causes;
use crate::runs_on::RunsOn;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{self, Deadline, deadline, sleep, timeout_at};
use crate::{Attempt, Error, Holder, LockStore, Reservation, Result, StoreError};

/// How long after a release that failed it is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// How soon, and how often, to look again at a node that changes hands.
const HANDOVER: Duration = Duration::from_millis(1);
const HANDOVERS: u32 = 100;

/// Reserves nodes in the store, for one caller of this conductor at a time.
#[repr(align(128))]
pub(crate) struct Locks {
    store: Arc<dyn LockStore>,
    /// First come, first served.
    queues: Arc<Queues>,
    /// How many reservations were made through this handle.
    held: AtomicUsize,
    /// Attempts and releases that nobody waits for.
    background: TaskTracker,
}

/// How long a call waits for a locked node: `attempts` times `interval`, no longer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LockWait {
    pub(crate) attempts: u32,
    pub(crate) interval: Duration,
}

impl LockWait {
    fn bound(self) -> Duration {
        self.interval.saturating_mul(self.attempts)
    }

    /// How long one wait can last at all, where the store answers.
    pub(crate) fn longest(self) -> Duration {
        self.bound().saturating_add(HANDOVERS * HANDOVER)
    }
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

/// What came of an attempt.
enum Tried {
    Acquired(Held),
    /// It is still this caller's turn, but somebody else has the node.
    Held(Place, Reservation),
}

impl Locks {
    pub(crate) fn new(store: Arc<dyn LockStore>) -> Self {
        let (queues, held) = (Arc::default(), AtomicUsize::new(0));
        Self { store, queues, held, background: TaskTracker::new() }
    }

    /// The same locks, for other threads.
    pub(crate) fn again(&self) -> Self {
        let (store, queues) = (Arc::clone(&self.store), Arc::clone(&self.queues));
        Self { store, queues, held: AtomicUsize::new(0), background: self.background.clone() }
    }

    fn queue(self: &Arc<Self>, node: Uuid) -> Queue {
        Queue { locks: Arc::clone(self), node }
    }

    /// Reserves a node. Dropped while it waits, it leaves the queue, and nothing stays reserved.
    pub(crate) async fn acquire(
        self: &Arc<Self>,
        node: Uuid,
        holder: &Holder,
        wait: LockWait,
    ) -> Result<Held> {
        let deadline = deadline(wait.bound());
        let turn = match self.queue(node).enter() {
            Ok(turn) => turn,
            Err(waiting) => self.turn(node, waiting, deadline, wait).await?,
        };
        let mut place = Place::new(turn);
        loop {
            let tried = match self.store.try_acquire_now(node, holder) {
                Some(attempt) => place.tried(attempt),
                None => RunsOn::new(&self.background, place.attempt(holder.clone())).await,
            };
            let by = match tried? {
                Tried::Acquired(held) => return Ok(held),
                Tried::Held(back, by) => {
                    place = back;
                    by
                }
            };
            if timeout_at(deadline, self.make_way(node, holder, &by)).await.is_err() {
                return Err(locked(node, Some(by), wait));
            }
        }
    }

    /// Reserves a node that nobody holds or waits for, in a store that answers without waiting. `None`
    /// has reserved nothing.
    pub(crate) fn acquire_now(self: &Arc<Self>, node: Uuid, holder: &Holder) -> Option<Held> {
        let turn = self.queue(node).enter_alone()?;
        match self.store.try_acquire_now(node, holder)? {
            Ok(Attempt::Acquired { fence }) => Some(Held::new(Place::new(turn), fence)),
            Ok(Attempt::Held(_)) | Err(_) => None,
        }
    }

    /// Waits until it is this caller's turn, no longer than until the deadline. A node that nobody
    /// holds then changes hands this moment: who has it next is worth a little patience.
    async fn turn(
        &self,
        node: Uuid,
        waiting: Waiting,
        deadline: Deadline,
        wait: LockWait,
    ) -> Result<Turn> {
        let mut turn = pin!(waiting.turn());
        let mut until = deadline;
        for _ in 0..HANDOVERS {
            if let Ok(turn) = timeout_at(until, turn.as_mut()).await {
                return Ok(turn);
            }
            if let Some(by) = self.reservation(node).await? {
                return Err(locked(node, Some(by), wait));
            }
            until = sync::deadline(HANDOVER);
        }
        Err(locked(node, None, wait))
    }

    /// Waits for the end of another's reservation, or ends it: one of this very conductor, whose
    /// turn it is not, was left by a store that failed in the middle. That end comes even if the
    /// caller has no time to wait for it.
    async fn make_way(&self, node: Uuid, holder: &Holder, by: &Reservation) {
        let (store, fence) = (Arc::clone(&self.store), by.fence);
        if by.holder.session == holder.session {
            let release = async move {
                while let Err(error) = store.release(node, fence).await {
                    log(node, fence, &error, "a reservation that nobody holds stays for now");
                    sleep(RETRY).await;
                }
                tracing::warn!(%node, fence, "a reservation that nobody held was released");
            };
            RunsOn::new(&self.background, release).await;
        }
        self.store.wait_ended(node, fence).await;
    }

    /// Completes when this reservation is no longer the node's.
    pub(crate) async fn lost(&self, node: Uuid, fence: u64) {
        loop {
            self.store.wait_ended(node, fence).await;
            match self.store.reservation(node).await {
                Ok(Some(held)) if held.fence == fence => {}
                Ok(_) => return,
                Err(error) => {
                    log(node, fence, &error, "a reservation cannot be watched now");
                    sleep(RETRY).await;
                }
            }
        }
    }

    pub(crate) async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>> {
        self.store.reservation(node).await.map_err(|error| Error::from_store(error, node))
    }

    pub(crate) async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>> {
        self.store.reservations().await.map_err(|error| Error::Internal(error.into()))
    }

    /// Ends a reservation that this conductor does not hold, and tells whether there was one.
    pub(crate) async fn end(&self, node: Uuid, fence: u64) -> Result<bool> {
        self.store.release(node, fence).await.map_err(|error| Error::from_store(error, node))
    }

    /// Waits until nothing is reserved or released in the background.
    pub(crate) async fn settled(&self) {
        self.background.close();
        self.background.wait().await;
    }

    /// What all handles on these locks come to.
    pub(crate) fn figures<'a>(&self, all: impl Iterator<Item = &'a Self>) -> LockFigures {
        let held = all.map(|locks| locks.held.load(Ordering::Relaxed)).sum();
        let waiting = self.queues.callers().saturating_sub(held);
        LockFigures { held, waiting }
    }
}

fn locked(node: Uuid, holder: Option<Reservation>, wait: LockWait) -> Error {
    Error::NodeLocked { node, holder: holder.map(Box::new), retry_after: wait.interval }
}

fn log(node: Uuid, fence: u64, error: &StoreError, what: &str) {
    tracing::error!(%node, fence, error = %Causes(error), "{what}");
}

/// A node whose turn this caller has.
struct Place {
    /// Ends after all else.
    turn: Turn,
    reserved: bool,
}

impl Place {
    fn new(turn: Turn) -> Self {
        Self { turn, reserved: false }
    }

    fn node(&self) -> Uuid {
        self.turn.queue.node
    }

    fn locks(&self) -> &Locks {
        &self.turn.queue.locks
    }

    async fn attempt(self, holder: Holder) -> Result<Tried> {
        let attempt = self.locks().store.try_acquire(self.node(), &holder).await;
        self.tried(attempt)
    }

    fn tried(self, attempt: Result<Attempt, StoreError>) -> Result<Tried> {
        match attempt.map_err(|error| Error::from_store(error, self.node()))? {
            Attempt::Acquired { fence } => Ok(Tried::Acquired(Held::new(self, fence))),
            Attempt::Held(by) => Ok(Tried::Held(self, by)),
        }
    }

    async fn release(&self, fence: u64) -> Result<bool, StoreError> {
        let released = self.locks().store.release(self.node(), fence).await;
        if let Err(error) = &released {
            log(self.node(), fence, error, "a reservation cannot be released now");
        }
        released
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.reserved {
            self.locks().held.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// A reservation that this conductor holds. Ends by [`release`](Self::release), or on drop, in
/// the background.
pub(crate) struct Held {
    place: Option<Place>,
    fence: u64,
    /// Whether its release has failed.
    tried: bool,
}

impl Held {
    fn new(mut place: Place, fence: u64) -> Self {
        place.reserved = true;
        place.locks().held.fetch_add(1, Ordering::Relaxed);
        Self { place: Some(place), fence, tried: false }
    }

    pub(crate) fn fence(&self) -> u64 {
        self.fence
    }

    /// Does what [`release`](Self::release) does, in a store that answers without waiting. Else, and
    /// where the reservation was lost, nothing has changed.
    pub(crate) fn released_now(&mut self) -> bool {
        let Some(place) = &self.place else { return true };
        let released = place.locks().store.release_now(place.node(), self.fence);
        let released = matches!(released, Some(Ok(true)));
        if released {
            self.place = None;
        }
        released
    }

    /// Ends the reservation, and then lets the next caller have its turn. Where the store fails,
    /// that happens later. Tells whether it was still there, as far as is known.
    pub(crate) async fn release(mut self) -> bool {
        if self.released_now() {
            return true;
        }
        let Some(place) = &self.place else { return true };
        let released = place.release(self.fence).await;
        if released.is_ok() {
            self.place = None;
        }
        self.tried = true;
        released.unwrap_or(true)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(place) = self.place.take() else { return };
        let (fence, tried) = (self.fence, self.tried);
        let background = place.locks().background.clone();
        sync::spawn(background.track_future(async move {
            if tried {
                sleep(RETRY).await;
            }
            while place.release(fence).await.is_err() {
                sleep(RETRY).await;
            }
        }));
    }
}

#[cfg(test)]
#[cfg(shuttle)]
mod model;
