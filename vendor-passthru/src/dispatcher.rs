//! Takes calls from any front end and runs them: the order of one call stands here.
//! Usable without HTTP; `http::router` is one front end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::Instrument;
use tracing::field::Empty;
use uuid::Uuid;

use crate::builder::DispatcherBuilder;
use crate::failure::{Failure, Failures};
use crate::interface::Method;
use crate::locks::{Held, LockFigures, Locks};
use crate::metadata::{Lock, MethodMetadata};
use crate::running::{Running, millis};
use crate::workers::{Worker, WorkerFigures, Workers};
use crate::{
    Answer, Call, Context, Error, Holder, HttpMethod, MethodListing, Node, NodeIdent, NodeStore,
    Registry, Reservation, Result, Task,
};

/// How often one call is looked up anew because its node changed while it waited.
const LOOKUPS: usize = 10;

/// Finds vendor methods and runs them, under the locks and on the workers of one conductor.
///
/// Cloning it is cheap; all clones are the same dispatcher.
///
/// ```standalone_crate
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use vendor_passthru::{Context, Dispatcher, HttpMethod, MemoryStore, Node, Registry, Uuid};
///
/// let nodes = MemoryStore::new();
/// let uuid = Uuid::new_v4();
/// nodes.insert(Node::new(uuid, "ipmi"))?;
/// let dispatcher = Dispatcher::builder(Registry::collect()?).nodes(nodes).build()?;
///
/// let context = Context::new();
/// let call = dispatcher.node_passthru(&context, uuid, "send_raw", HttpMethod::Post, "{}");
/// assert_eq!(call.await.unwrap_err().status(), 404); // no driver `ipmi` is linked in here
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Dispatcher(Arc<Inner>);

/// What all calls of one dispatcher use.
pub(crate) struct Inner {
    pub(crate) registry: Registry,
    pub(crate) nodes: Arc<dyn NodeStore>,
    pub(crate) locks: Arc<Locks>,
    pub(crate) workers: Workers,
    pub(crate) conductor: Arc<str>,
    /// This life of the conductor.
    pub(crate) session: Uuid,
    pub(crate) call_timeout: Duration,
    pub(crate) shutdown_limit: Duration,
    pub(crate) failures: Failures,
    pub(crate) tracker: TaskTracker,
    pub(crate) interrupt: CancellationToken,
    pub(crate) interrupted: AtomicUsize,
}

/// What shutting down found running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shutdown {
    /// Calls that came to their end in time.
    pub finished: usize,
    /// Calls that did not: cancelled, recorded, their nodes unlocked.
    pub interrupted: usize,
}

impl Dispatcher {
    /// A dispatcher over this registry, to be configured.
    pub fn builder(registry: Registry) -> DispatcherBuilder {
        DispatcherBuilder::new(registry)
    }

    /// Calls a vendor method of a node. `body` is the JSON object with the arguments; empty and
    /// `null` are `{}`.
    ///
    /// The answer to an asynchronous call comes when it has its worker; the method then runs on
    /// its own. Dropping this future while it waits for a lock gives the call up; after that the
    /// method runs to its end all the same. Must be called inside of a tokio runtime with time.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; its [`status`](Error::status) is what a client of Ironic expects.
    pub async fn node_passthru(
        &self,
        context: &Context,
        node: impl Into<NodeIdent<'_>>,
        method: &str,
        http_method: HttpMethod,
        body: impl Into<Bytes>,
    ) -> Result<Answer> {
        let (node, body) = (node.into(), body.into());
        let span = tracing::info_span!(
            "vendor_passthru", request_id = context.request_id(), %node, method = Empty,
            lock = Empty, waited_ms = Empty, held_ms = Empty,
        );
        let calls = async {
            for _ in 1..LOOKUPS {
                let answer = self.call_node(context, node, method, http_method, &body).await;
                if !matches!(answer, Err(Error::NodeChanged { .. })) {
                    return answer;
                }
            }
            self.call_node(context, node, method, http_method, &body).await
        };
        calls.instrument(span).await
    }

    async fn call_node(
        &self,
        context: &Context,
        node: NodeIdent<'_>,
        method: &str,
        http_method: HttpMethod,
        body: &Bytes,
    ) -> Result<Answer> {
        let token = self.0.admit()?;
        let mut node = self.node(node).await?;
        let method = self.0.registry.node_method(&node, method)?;
        let (call, run) = prepare(method, http_method, body)?;

        let mut reservation = None;
        if method.metadata.lock() == Some(Lock::Exclusive) {
            reservation = Some(self.0.reserve(node.uuid(), context, &call).await?);
            node = self.0.reload(&node).await?;
        }
        let running = Running::new(Arc::clone(&self.0), call, context.clone(), token);
        let running = Arc::new(running.on(node.uuid(), reservation));
        let run = run(Task::new(Arc::clone(&running), node));
        self.0.answer(method.metadata, running.launch(run)).await
    }

    /// Calls a vendor method of a driver, as [`node_passthru`](Self::node_passthru) does for a
    /// node, without node and lock.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; its [`status`](Error::status) is what a client of Ironic expects.
    pub async fn driver_passthru(
        &self,
        context: &Context,
        driver: &str,
        method: &str,
        http_method: HttpMethod,
        body: impl Into<Bytes>,
    ) -> Result<Answer> {
        let span = tracing::info_span!(
            "vendor_passthru",
            request_id = context.request_id(),
            driver,
            method = Empty
        );
        let call = self.call_driver(context, driver, method, http_method, body.into());
        call.instrument(span).await
    }

    async fn call_driver(
        &self,
        context: &Context,
        driver: &str,
        method: &str,
        http_method: HttpMethod,
        body: Bytes,
    ) -> Result<Answer> {
        let token = self.0.admit()?;
        let method = self.0.registry.driver_method(driver, method)?;
        let (call, run) = prepare(method, http_method, &body)?;
        let running = Running::new(Arc::clone(&self.0), call, context.clone(), token);
        let running = Arc::new(running);
        let run = run(Arc::clone(&running));
        self.0.answer(method.metadata, running.launch(run)).await
    }

    /// The node of this UUID or name.
    ///
    /// # Errors
    ///
    /// [`Error::NodeNotFound`].
    pub async fn node(&self, ident: impl Into<NodeIdent<'_>>) -> Result<Arc<Node>> {
        let ident = ident.into();
        let found = self.0.nodes.find(ident).await;
        let found = found.map_err(|error| Error::from_store(error, Uuid::nil()))?;
        found.ok_or_else(|| Error::NodeNotFound { node: ident.to_string() })
    }

    /// The vendor methods of a node. Works on a locked node too.
    ///
    /// # Errors
    ///
    /// [`Error::NodeNotFound`], and whatever is wrong with the node's driver or interface.
    pub async fn node_methods(&self, node: impl Into<NodeIdent<'_>>) -> Result<MethodListing> {
        self.0.registry.node_methods(&*self.node(node).await?)
    }

    /// The vendor methods of a driver.
    ///
    /// # Errors
    ///
    /// [`Error::DriverNotFound`].
    pub fn driver_methods(&self, driver: &str) -> Result<MethodListing> {
        self.0.registry.driver_methods(driver)
    }

    /// The exclusive lock of a node, if someone holds it.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] when the lock store cannot be asked.
    pub async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>> {
        self.0.locks.reservation(node).await
    }

    /// The drivers and vendor interfaces.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.0.registry
    }

    /// This conductor's name.
    #[must_use]
    pub fn conductor(&self) -> &str {
        &self.0.conductor
    }

    /// How busy the workers are.
    #[must_use]
    pub fn workers(&self) -> WorkerFigures {
        self.0.workers.figures()
    }

    /// Takes a worker for other work of the conductor, a reserved one if need be.
    ///
    /// # Errors
    ///
    /// [`Error::NoFreeConductorWorker`] when the reserved ones are busy as well.
    pub fn take_worker(&self) -> Result<Worker> {
        self.0.workers.take_reserved()
    }

    /// How many exclusive locks are held and waited for.
    #[must_use]
    pub fn locks(&self) -> LockFigures {
        self.0.locks.figures()
    }

    /// The latest failures of asynchronous driver methods, which have no node to record them on;
    /// oldest first, at most 100.
    #[must_use]
    pub fn driver_failures(&self) -> Vec<Failure> {
        self.0.failures.list()
    }

    /// Refuses new calls, lets the running ones finish within the shutdown limit, and then
    /// cancels, records and unlocks what is left.
    ///
    /// A plain `fn` on the blocking pool cannot be cancelled: it is recorded and unlocked, and its
    /// thread runs on. Calling this again waits for the same end.
    pub async fn shutdown(&self) -> Shutdown {
        let inner = &self.0;
        inner.tracker.close();
        let running = inner.tracker.len();
        tracing::info!(running, "shutting down");
        if tokio::time::timeout(inner.shutdown_limit, inner.tracker.wait()).await.is_err() {
            inner.interrupt.cancel();
            inner.tracker.wait().await;
        }
        let interrupted = inner.interrupted.load(Ordering::Relaxed);
        Shutdown { finished: running.saturating_sub(interrupted), interrupted }
    }
}

#[cfg(feature = "testing")]
impl Dispatcher {
    pub(crate) fn inner(&self) -> Arc<Inner> {
        Arc::clone(&self.0)
    }

    /// Waits until no call runs; a call that comes meanwhile is refused.
    pub(crate) async fn settled(&self) {
        self.0.tracker.close();
        self.0.tracker.wait().await;
        self.0.tracker.reopen();
    }
}

impl From<Arc<Inner>> for Dispatcher {
    fn from(inner: Arc<Inner>) -> Self {
        Self(inner)
    }
}

impl std::fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dispatcher")
            .field("conductor", &self.0.conductor)
            .field("workers", &self.workers())
            .field("locks", &self.locks())
            .finish_non_exhaustive()
    }
}

/// Checks verb and arguments, and makes the call and its run.
fn prepare<R>(method: &Method<R>, http_method: HttpMethod, body: &Bytes) -> Result<(Call, R)> {
    tracing::Span::current().record("method", method.metadata.name);
    let call = Call::new(method.metadata, http_method, body.clone());
    let run = method.prepare(&call)?;
    Ok((call, run))
}

impl Inner {
    /// Lets a call in unless the conductor shuts down.
    fn admit(&self) -> Result<TaskTrackerToken> {
        // The token comes first: a call that saw the tracker open is waited for.
        let token = self.tracker.token();
        if self.tracker.is_closed() { Err(Error::ShuttingDown) } else { Ok(token) }
    }

    /// Reserves a node for a call.
    pub(crate) async fn reserve(&self, node: Uuid, context: &Context, call: &Call) -> Result<Held> {
        let purpose = format!("vendor method `{}`", call.method().name);
        let conductor = Arc::clone(&self.conductor);
        let holder = Holder::new(conductor, self.session, context.request_id(), purpose);
        let asked = tokio::time::Instant::now();
        let held = self.locks.acquire(node, &holder).await?;
        let span = tracing::Span::current();
        span.record("lock", "exclusive").record("waited_ms", millis(asked.elapsed()));
        Ok(held)
    }

    /// The node as it is under its lock.
    pub(crate) async fn reload(&self, node: &Node) -> Result<Arc<Node>> {
        let uuid = node.uuid();
        let found = self.nodes.find(NodeIdent::Uuid(uuid)).await;
        let found = found.map_err(|error| Error::from_store(error, uuid))?;
        let fresh = found.ok_or_else(|| Error::NodeNotFound { node: uuid.to_string() })?;
        if fresh.resolves_like(node) { Ok(fresh) } else { Err(Error::NodeChanged { node: uuid }) }
    }

    /// Waits for the answer, no longer than a call may take.
    async fn answer(
        &self,
        method: &MethodMetadata,
        answer: oneshot::Receiver<Result<Answer>>,
    ) -> Result<Answer> {
        match tokio::time::timeout(self.call_timeout, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(lost)) => Err(Error::Internal(lost.into())),
            Err(_) => Err(Error::Timeout { method: method.name, limit: self.call_timeout }),
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
            tracing::error!(%node, %failure, %error, "a failure could not be recorded");
        }
    }
}
