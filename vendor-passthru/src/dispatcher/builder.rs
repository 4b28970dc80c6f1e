//! The settings of a dispatcher, with Ironic's defaults.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::conductor::{Conductor, Shared};
use crate::failure::Failures;
use crate::limits::{CallLimits, Limits};
use crate::locks::{LockWait, Locks};
use crate::text::{List, Quoted};
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
    shares: BTreeMap<String, usize>,
    limits: Limits,
    grace: Duration,
    shutdown_limit: Duration,
}

/// The settings of a dispatcher contradict each other. A conductor that meets one does not start.
///
/// | it says | mend |
/// |---|---|
/// | a conductor needs at least one worker | [`workers`](DispatcherBuilder::workers) of 1 or more |
/// | less than 100 % of the workers can be reserved | [`reserved_workers_percent`](DispatcherBuilder::reserved_workers_percent) of 99 or less |
/// | there is no driver `x` to give workers to | the name of a driver that is linked and enabled, in [`driver_workers`](DispatcherBuilder::driver_workers) |
/// | driver `x` needs at least one worker | 1 or more in `driver_workers`; a driver that is to have none is not [enabled](crate::RegistryBuilder::enabled_drivers) |
///
/// [How many workers do I need?](crate::_faq#how-many-workers-do-i-need)
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(String);

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
            shares: BTreeMap::new(),
            limits: Limits::default(),
            grace: Duration::from_secs(5),
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

    /// The name under which this conductor holds reservations, `conductor` by default. Each
    /// conductor on one store needs a name of its own, and keeps it: what is reserved under it when
    /// the conductor starts is taken for its own earlier life's, and ended.
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

    /// How many of the workers the methods of one driver may take at once, so that its slow BMCs
    /// leave some to the other drivers. By default, all of them.
    pub fn driver_workers(mut self, driver: impl Into<String>, workers: usize) -> Self {
        self.shares.insert(driver.into(), workers);
        self
    }

    /// How long a call waits for a node that is locked: `attempts` times `interval`, 3 x 1 s by
    /// default (Ironic's `node_locked_retry_attempts` and `node_locked_retry_interval`). With 0
    /// attempts it does not wait.
    pub fn node_locked_retry(mut self, attempts: u32, interval: Duration) -> Self {
        self.limits.lock_wait = LockWait { attempts, interval };
        self
    }

    /// How long the answer of a running call is waited for, 60 s by default (Ironic's
    /// `rpc_response_timeout`); its method runs on after that. A method declares another time by
    /// its key `call_timeout`, a caller asks for one by [`Dispatcher::with_call_timeout`].
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.limits.call_timeout = limit;
        self
    }

    /// How long a method may run before it is cancelled, and recorded as interrupted; 1 h by
    /// default. A method that takes longer declares so by its key `run_limit`.
    pub fn run_limit(mut self, limit: Duration) -> Self {
        self.limits.run_limit = limit;
        self
    }

    /// How long a method that was cancelled may take to return before it is dropped, 5 s by
    /// default.
    pub fn cancellation_grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
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
    /// [`SettingsError`] when no worker is left for vendor methods, and when a share of the workers
    /// is for no driver there is, or is none.
    pub fn build(self) -> Result<Dispatcher, SettingsError> {
        self.check().map_err(SettingsError)?;
        let reserved = self.workers * self.reserved_percent / 100;
        let shared = Shared {
            registry: self.registry,
            nodes: self.nodes,
            workers: Workers::new(self.workers, reserved, self.shares),
            session: Uuid::new_v4(),
            limits: self.limits,
            grace: self.grace,
            shutdown_limit: self.shutdown_limit,
            recovered: OnceCell::new(),
            failures: Failures::default(),
            interrupt: CancellationToken::new(),
            interrupted: AtomicUsize::new(0),
        };
        let conductors = Conductor::spread(&self.conductor, &Locks::new(self.locks), shared);
        Ok(Dispatcher { conductors: Arc::new(conductors), limits: CallLimits::default() })
    }

    fn check(&self) -> Result<(), String> {
        if self.workers == 0 {
            return Err("a conductor needs at least one worker".to_owned());
        }
        if self.reserved_percent >= 100 {
            return Err("less than 100 % of the workers can be reserved".to_owned());
        }
        let linked: Vec<_> = self.registry.drivers().collect();
        for (driver, share) in &self.shares {
            let quoted = Quoted(driver);
            if !linked.contains(&driver.as_str()) {
                let linked = List(&linked);
                return Err(format!(
                    "there is no driver {quoted} to give workers to, only {linked}"
                ));
            }
            if *share == 0 {
                return Err(format!("driver {quoted} needs at least one worker"));
            }
        }
        Ok(())
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
