//! The settings of a dispatcher, with Ironic's defaults.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::conductor::Conductor;
use crate::failure::Failures;
use crate::locks::Locks;
use crate::workers::Workers;
use crate::{Dispatcher, LockStore, MemoryStore, NodeStore, Registry};

/// Configures a [`Dispatcher`]. Everything has a default.
#[must_use]
pub struct DispatcherBuilder {
    registry: Registry,
    nodes: Arc<dyn NodeStore>,
    locks: Arc<dyn LockStore>,
    conductor: Arc<str>,
    workers: usize,
    reserved_percent: usize,
    attempts: u32,
    interval: Duration,
    call_timeout: Duration,
    shutdown_limit: Duration,
}

/// The settings of a dispatcher contradict each other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(&'static str);

impl DispatcherBuilder {
    pub(crate) fn new(registry: Registry) -> Self {
        let store = Arc::new(MemoryStore::new());
        Self {
            registry,
            nodes: Arc::clone(&store) as _,
            locks: store,
            conductor: "conductor".into(),
            workers: 300,
            reserved_percent: 5,
            attempts: 3,
            interval: Duration::from_secs(1),
            call_timeout: Duration::from_mins(1),
            shutdown_limit: Duration::from_mins(1),
        }
    }

    /// Where nodes and their reservations are kept. An empty [`MemoryStore`] by default.
    pub fn nodes(mut self, store: impl NodeStore + LockStore) -> Self {
        let store = Arc::new(store);
        self.nodes = Arc::clone(&store) as _;
        self.locks = store;
        self
    }

    /// The name under which this conductor holds reservations; one of its own for each conductor.
    pub fn conductor(mut self, name: impl Into<Arc<str>>) -> Self {
        self.conductor = name.into();
        self
    }

    /// How many workers there are, 300 by default (Ironic's `workers_pool_size`).
    pub fn workers(mut self, workers: usize) -> Self {
        self.workers = workers;
        self
    }

    /// How many of a hundred workers vendor methods never take, 5 by default (Ironic's
    /// `reserved_workers_pool_percentage`). [`Dispatcher::take_worker`] gives them out.
    pub fn reserved_workers_percent(mut self, percent: usize) -> Self {
        self.reserved_percent = percent;
        self
    }

    /// How long a call waits for a node that is locked: `attempts` times `interval`, 3 x 1 s by
    /// default (Ironic's `node_locked_retry_attempts` and `node_locked_retry_interval`). With 0
    /// attempts it does not wait.
    pub fn node_locked_retry(mut self, attempts: u32, interval: Duration) -> Self {
        (self.attempts, self.interval) = (attempts, interval);
        self
    }

    /// How long a synchronous call is waited for, 60 s by default (Ironic's
    /// `rpc_response_timeout`); its method runs on after that.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.call_timeout = limit;
        self
    }

    /// How long shutting down waits for running calls, 60 s by default (Ironic's
    /// `graceful_shutdown_timeout`).
    pub fn shutdown_limit(mut self, limit: Duration) -> Self {
        self.shutdown_limit = limit;
        self
    }

    /// The dispatcher.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] when no worker is left for vendor methods.
    pub fn build(self) -> Result<Dispatcher, SettingsError> {
        if self.workers == 0 {
            return Err(SettingsError("a conductor needs at least one worker"));
        }
        if self.reserved_percent >= 100 {
            return Err(SettingsError("less than 100 % of the workers can be reserved"));
        }
        let reserved = self.workers * self.reserved_percent / 100;
        Ok(Dispatcher::from(Arc::new(Conductor {
            registry: self.registry,
            nodes: self.nodes,
            locks: Arc::new(Locks::new(self.locks, self.attempts, self.interval)),
            workers: Workers::new(self.workers, reserved),
            name: self.conductor,
            session: Uuid::new_v4(),
            call_timeout: self.call_timeout,
            shutdown_limit: self.shutdown_limit,
            failures: Failures::default(),
            tracker: TaskTracker::new(),
            interrupt: CancellationToken::new(),
            interrupted: AtomicUsize::new(0),
        })))
    }
}

impl std::fmt::Debug for DispatcherBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DispatcherBuilder")
            .field("conductor", &self.conductor)
            .field("workers", &self.workers)
            .finish_non_exhaustive()
    }
}
