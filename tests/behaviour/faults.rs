//! A store that fails, stops or takes its time where a test tells it to.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use tokio::task::yield_now;
use tokio::time::Instant;
use vendor_passthru::{
    Attempt, Holder, LockStore, MemoryStore, Node, NodeIdent, NodeStore, Reservation, StoreError,
    Uuid, async_trait,
};

use crate::support::Gate;

/// What a store says when it fails, and what no client may read.
pub(crate) const SECRET: &str = "secret-of-the-database";

/// Where a store can be tripped up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Point {
    Find,
    Save,
    RecordFailure,
    TryAcquire,
    /// The node is reserved, and its caller does not know yet.
    Acquired,
    WaitEnded,
    Release,
    Reservation,
    Reservations,
}

/// A store in memory, and what befalls its operations.
#[derive(Clone, Default)]
pub(crate) struct FaultyStore {
    pub(crate) memory: MemoryStore,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// How often each point fails.
    failures: Mutex<HashMap<Point, usize>>,
    /// Where operations wait to be let on.
    stops: Mutex<Option<(Point, Gate)>>,
    yields: AtomicBool,
    at_once: AtomicBool,
    restless: Mutex<Option<&'static str>>,
    passed: Mutex<Vec<(Point, Instant)>>,
}

impl FaultyStore {
    /// Fails there this many times from now on; waiting for an end, it only ends too early.
    pub(crate) fn fail(&self, point: Point, times: usize) {
        self.shared.failures.lock().unwrap().insert(point, times);
    }

    /// Comes no further than there, from now on, until it is let.
    pub(crate) fn stop(&self, point: Point) -> Gate {
        let gate = Gate::default();
        *self.shared.stops.lock().unwrap() = Some((point, gate.clone()));
        gate
    }

    /// Every operation is to be polled more than once.
    pub(crate) fn yields(&self) {
        self.shared.yields.store(true, Ordering::Relaxed);
    }

    /// Answers without being waited for, from now on. Stops and yields have no place then.
    pub(crate) fn answers_at_once(&self) {
        self.shared.at_once.store(true, Ordering::Relaxed);
    }

    fn now<T, F: Future<Output = T>>(&self, answer: impl FnOnce() -> F) -> Option<T> {
        if !self.shared.at_once.load(Ordering::Relaxed) {
            return None;
        }
        match pin!(answer()).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        }
    }

    /// From now on each node asks for this vendor interface whenever it asked for none before.
    pub(crate) fn is_restless(&self, vendor_interface: &'static str) {
        *self.shared.restless.lock().unwrap() = Some(vendor_interface);
    }

    /// How often this point was passed.
    pub(crate) fn count(&self, point: Point) -> usize {
        self.times(point).len()
    }

    /// When this point was passed, each time in seconds after the first.
    pub(crate) fn seconds(&self, point: Point) -> Vec<u64> {
        let times = self.times(point);
        times.iter().map(|time| (*time - times[0]).as_secs()).collect()
    }

    fn times(&self, point: Point) -> Vec<Instant> {
        let passed = self.shared.passed.lock().unwrap();
        passed.iter().filter(|(at, _)| *at == point).map(|(_, time)| *time).collect()
    }

    async fn pass(&self, point: Point) -> Result<(), StoreError> {
        self.shared.passed.lock().unwrap().push((point, Instant::now()));
        if self.shared.yields.load(Ordering::Relaxed) {
            yield_now().await;
        }
        let stop = self.shared.stops.lock().unwrap().clone();
        if let Some((_, gate)) = stop.filter(|(at, _)| *at == point) {
            gate.pass().await;
        }
        let mut failures = self.shared.failures.lock().unwrap();
        let left = failures.entry(point).or_default();
        if *left == 0 {
            return Ok(());
        }
        *left -= 1;
        Err(StoreError::Backend(SECRET.into()))
    }
}

#[async_trait]
impl NodeStore for FaultyStore {
    async fn find(&self, ident: NodeIdent<'_>) -> Result<Option<Arc<Node>>, StoreError> {
        self.pass(Point::Find).await?;
        let mut found = self.memory.find(ident).await?;
        let restless = *self.shared.restless.lock().unwrap();
        if let (Some(node), Some(interface)) = (&mut found, restless) {
            let odd = self.count(Point::Find) % 2 == 1;
            Arc::make_mut(node).vendor_interface = odd.then(|| interface.to_owned());
        }
        Ok(found)
    }

    fn find_now(&self, ident: NodeIdent<'_>) -> Option<Result<Option<Arc<Node>>, StoreError>> {
        self.now(|| self.find(ident))
    }

    async fn save(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        self.pass(Point::Save).await?;
        self.memory.save(node, fence).await
    }

    async fn record_failure(&self, node: Uuid, last_error: &str) -> Result<(), StoreError> {
        self.pass(Point::RecordFailure).await?;
        self.memory.record_failure(node, last_error).await
    }
}

#[async_trait]
impl LockStore for FaultyStore {
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        self.pass(Point::TryAcquire).await?;
        let attempt = self.memory.try_acquire(node, holder).await?;
        if matches!(attempt, Attempt::Acquired { .. }) {
            self.pass(Point::Acquired).await?;
        }
        Ok(attempt)
    }

    fn try_acquire_now(&self, node: Uuid, holder: &Holder) -> Option<Result<Attempt, StoreError>> {
        self.now(|| self.try_acquire(node, holder))
    }

    async fn wait_ended(&self, node: Uuid, fence: u64) {
        if self.pass(Point::WaitEnded).await.is_ok() {
            self.memory.wait_ended(node, fence).await;
        }
    }

    async fn release(&self, node: Uuid, fence: u64) -> Result<bool, StoreError> {
        self.pass(Point::Release).await?;
        self.memory.release(node, fence).await
    }

    fn release_now(&self, node: Uuid, fence: u64) -> Option<Result<bool, StoreError>> {
        self.now(|| self.release(node, fence))
    }

    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>, StoreError> {
        self.pass(Point::Reservation).await?;
        self.memory.reservation(node).await
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError> {
        self.pass(Point::Reservations).await?;
        self.memory.reservations().await
    }
}
