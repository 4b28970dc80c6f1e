//! What all calls of one conductor share: the registry, the stores, the locks and the workers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;
use uuid::Uuid;

use crate::error::Causes;
use crate::failure::{Failure, Failures};
use crate::locks::{Held, Locks};
use crate::metadata::Lock;
use crate::workers::Workers;
use crate::{
    Call, Context, Error, Holder, Node, NodeIdent, NodeStore, Registry, Result, StoreError,
};

/// One conductor, as its calls see it.
pub(crate) struct Conductor {
    pub(crate) name: Arc<str>,
    /// This life of the conductor.
    pub(crate) session: Uuid,
    pub(crate) registry: Registry,
    pub(crate) nodes: Arc<dyn NodeStore>,
    pub(crate) locks: Arc<Locks>,
    pub(crate) workers: Workers,
    pub(crate) failures: Failures,
    pub(crate) call_timeout: Duration,
    pub(crate) shutdown_limit: Duration,
    /// Counts the calls that shutting down waits for.
    pub(crate) tracker: TaskTracker,
    /// Cancelled when shutting down waits no longer.
    pub(crate) interrupt: CancellationToken,
    /// How many calls that interrupted.
    pub(crate) interrupted: AtomicUsize,
}

impl Conductor {
    /// Lets a call in unless the conductor shuts down.
    pub(crate) fn admit(&self) -> Result<TaskTrackerToken> {
        // The token comes first: a call that saw the tracker open is waited for.
        let token = self.tracker.token();
        if self.tracker.is_closed() { Err(Error::ShuttingDown) } else { Ok(token) }
    }

    /// Reserves a node for a call, and reads it anew.
    pub(crate) async fn lock(
        &self,
        node: &Node,
        context: &Context,
        call: &Call,
    ) -> Result<(Held, Arc<Node>)> {
        let held = self.reserve(node.uuid(), context, call).await?;
        match self.reload(node).await {
            Ok(fresh) => Ok((held, fresh)),
            Err(error) => {
                held.release().await;
                Err(error)
            }
        }
    }

    async fn reserve(&self, node: Uuid, context: &Context, call: &Call) -> Result<Held> {
        let purpose = format!("vendor method `{}`", call.method().name);
        let conductor = Arc::clone(&self.name);
        let holder = Holder::new(conductor, self.session, context.request_id(), purpose);
        let asked = Instant::now();
        let held = self.locks.acquire(node, &holder).await?;
        let span = tracing::Span::current();
        let lock = Lock::Exclusive.as_str();
        span.record("lock", lock).record("waited_ms", millis(asked.elapsed()));
        Ok(held)
    }

    async fn reload(&self, node: &Node) -> Result<Arc<Node>> {
        let uuid = node.uuid();
        let fresh = self.node(NodeIdent::Uuid(uuid)).await?;
        if fresh.resolves_like(node) { Ok(fresh) } else { Err(Error::NodeChanged { node: uuid }) }
    }

    /// The node of this UUID or name as it is now.
    pub(crate) async fn node(&self, ident: NodeIdent<'_>) -> Result<Arc<Node>> {
        match self.nodes.find(ident).await {
            Ok(Some(node)) => Ok(node),
            Ok(None) | Err(StoreError::NodeNotFound) => {
                Err(Error::NodeNotFound { node: ident.to_string() })
            }
            Err(error) => Err(Error::Internal(error.into())),
        }
    }

    /// The value of a future, or `None` if shutting down could wait no longer.
    pub(crate) async fn until_interrupted<T>(&self, run: impl Future<Output = T>) -> Option<T> {
        let ended = self.interrupt.run_until_cancelled(run).await;
        if ended.is_none() {
            self.interrupted.fetch_add(1, Ordering::Relaxed);
        }
        ended
    }

    /// Records a failure that nobody was waiting for.
    pub(crate) async fn record(&self, node: Option<Uuid>, failure: Failure) {
        let Some(node) = node else {
            return self.failures.push(failure);
        };
        if let Err(error) = self.nodes.record_failure(node, &failure.to_string()).await {
            let error = Causes(&error);
            tracing::error!(%node, %failure, %error, "a failure could not be recorded");
        }
    }
}

/// A time for the log; milliseconds as `u128` would be a text instead of a number in JSON.
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
