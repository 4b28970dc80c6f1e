//! What all calls of one conductor share: the registry, the stores, the locks and the workers.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;
use uuid::Uuid;

use crate::error::Causes;
use crate::failure::{Failure, Failures, interrupted};
use crate::limits::Limits;
use crate::locks::{Held, LockWait, Locks};
use crate::spread::Spread;
use crate::workers::Workers;
use crate::{
    Call, Context, Error, Holder, Node, NodeIdent, NodeStore, Registry, Reservation, Result,
    StoreError,
};

/// One conductor, as the calls of a few threads see it: what every call counts itself in is theirs.
#[repr(align(128))]
pub(crate) struct Conductor {
    pub(crate) name: Arc<str>,
    pub(crate) locks: Arc<Locks>,
    /// Counts the calls that shutting down waits for.
    pub(crate) calls: TaskTracker,
    shared: Arc<Shared>,
}

/// What all threads share.
pub(crate) struct Shared {
    /// This life of the conductor.
    pub(crate) session: Uuid,
    pub(crate) registry: Registry,
    pub(crate) nodes: Arc<dyn NodeStore>,
    pub(crate) workers: Workers,
    pub(crate) failures: Failures,
    pub(crate) limits: Limits,
    /// How long a method that was cancelled may take to return.
    pub(crate) grace: Duration,
    pub(crate) shutdown_limit: Duration,
    /// Set once the reservations of an earlier life are cleared.
    pub(crate) recovered: OnceCell<()>,
    /// Cancelled when shutting down waits no longer.
    pub(crate) interrupt: CancellationToken,
    /// How many calls that interrupted.
    pub(crate) interrupted: AtomicUsize,
}

impl Deref for Conductor {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl Conductor {
    /// The conductor of this name, for all threads.
    pub(crate) fn spread(name: &str, locks: &Locks, shared: Shared) -> Spread<Self> {
        let shared = Arc::new(shared);
        Spread::new(|| Self {
            name: name.into(),
            locks: Arc::new(locks.again()),
            calls: TaskTracker::new(),
            shared: Arc::clone(&shared),
        })
    }

    /// Lets a call in unless the conductor shuts down.
    pub(crate) fn admit(&self) -> Result<TaskTrackerToken> {
        // The token comes first: a call that saw the tracker open is waited for.
        let token = self.calls.token();
        if self.calls.is_closed() { Err(Error::ShuttingDown) } else { Ok(token) }
    }

    /// Clears the reservations of an earlier life, once.
    pub(crate) async fn recover(&self) -> Result<()> {
        if self.recovered.initialized() {
            return Ok(());
        }
        // In a box, lest each later call has room for it.
        let clear = || Box::pin(self.clear_reservations());
        self.recovered.get_or_try_init(clear).await.copied()
    }

    async fn clear_reservations(&self) -> Result<()> {
        for (node, left) in self.locks.reservations().await? {
            let Holder { conductor, session, .. } = &left.holder;
            if *conductor == self.name && *session != self.session {
                self.end_reservation(node, &left, "the conductor ended while it ran").await?;
            }
        }
        Ok(())
    }

    /// Records why, and ends a reservation whose holder does not; tells whether it was still there.
    pub(crate) async fn end_reservation(
        &self,
        node: Uuid,
        reservation: &Reservation,
        why: &str,
    ) -> Result<bool> {
        let last_error = interrupted(&reservation.holder, why);
        match self.nodes.record_failure(node, &last_error).await {
            Ok(()) | Err(StoreError::NodeNotFound) => {}
            Err(error) => return Err(Error::from_store(error, node)),
        }
        let ended = self.locks.end(node, reservation.fence).await?;
        tracing::warn!(%node, %reservation, ended, why, "a reservation was ended");
        Ok(ended)
    }

    /// Reserves a node for a call, and reads it anew.
    pub(crate) async fn lock(
        &self,
        node: &Node,
        context: &Context,
        call: &Call,
        wait: LockWait,
    ) -> Result<(Held, Arc<Node>)> {
        let held = self.reserve(node.uuid(), context, call, wait).await?;
        match self.reload(node).await {
            Ok(fresh) => Ok((held, fresh)),
            Err(error) => {
                held.release().await;
                Err(error)
            }
        }
    }

    async fn reserve(
        &self,
        node: Uuid,
        context: &Context,
        call: &Call,
        wait: LockWait,
    ) -> Result<Held> {
        let holder = self.holder(context, call);
        let held = match self.locks.acquire(node, &holder, wait).await {
            Err(locked @ Error::NodeLocked { holder: None, .. }) => {
                // Nobody holds what was deleted, and yet its last call may still run.
                self.node(node.into()).await?;
                return Err(locked);
            }
            held => held?,
        };
        Ok(held)
    }

    /// Does what [`lock`](Self::lock) does, where nothing has to be waited for. `None` has locked
    /// nothing.
    pub(crate) fn lock_now(
        &self,
        node: &Node,
        context: &Context,
        call: &Call,
    ) -> Option<(Held, Arc<Node>)> {
        let mut held = self.locks.acquire_now(node.uuid(), &self.holder(context, call))?;
        match self.nodes.find_now(node.uuid().into()) {
            Some(Ok(Some(fresh))) if fresh.resolves_like(node) => Some((held, fresh)),
            _ => {
                held.released_now();
                None
            }
        }
    }

    fn holder(&self, context: &Context, call: &Call) -> Holder {
        let (conductor, request) = (Arc::clone(&self.name), context.shared_request_id());
        Holder::new(conductor, self.session, request, call.method().purpose)
    }

    async fn reload(&self, node: &Node) -> Result<Arc<Node>> {
        let uuid = node.uuid();
        let fresh = self.node(NodeIdent::Uuid(uuid)).await?;
        if fresh.resolves_like(node) { Ok(fresh) } else { Err(Error::NodeChanged { node: uuid }) }
    }

    /// The node of this UUID or name as it is now.
    pub(crate) async fn node(&self, ident: NodeIdent<'_>) -> Result<Arc<Node>> {
        let found = match self.nodes.find_now(ident) {
            Some(found) => found,
            None => self.nodes.find(ident).await,
        };
        match found {
            Ok(Some(node)) => Ok(node),
            Ok(None) | Err(StoreError::NodeNotFound) => {
                Err(Error::NodeNotFound { node: ident.to_string() })
            }
            Err(error) => Err(Error::Internal(error.into())),
        }
    }

    /// Whether shutting down waits no longer.
    pub(crate) fn interrupts(&self) -> bool {
        // Asked at each call: the token has a lock inside.
        self.calls.is_closed() && self.interrupt.is_cancelled()
    }

    /// Counts a call that shutting down cut short, at its very end.
    pub(crate) fn count(&self, cut_short: bool) {
        if cut_short && self.interrupts() {
            self.interrupted.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Records a failure that nobody was waiting for, here where it cannot be on the node.
    pub(crate) async fn record(&self, node: Option<Uuid>, mut failure: Failure) {
        if let Some(node) = node {
            let recorded = self.nodes.record_failure(node, &failure.to_string()).await;
            let Err(error) = recorded else { return };
            let error = Causes(&error);
            tracing::error!(%node, %failure, %error, "a failure could not be recorded");
            failure.node = Some(node);
        }
        self.failures.push(failure);
    }
}

/// A time for the log; milliseconds as `u128` would be a text instead of a number in JSON.
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
