//! Takes calls from any front end and runs them: the order of one call stands here.
//! Usable without HTTP; `http::router` is one front end.

mod builder;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::Instrument;
use tracing::field::Empty;
use uuid::Uuid;

pub use self::builder::{DispatcherBuilder, SettingsError};
use crate::conductor::Conductor;
use crate::failure::Failure;
use crate::interface::Method;
use crate::locks::LockFigures;
use crate::metadata::Lock;
use crate::running::{BoxFuture, Ended, Running, log_failure};
use crate::workers::{Worker, WorkerFigures};
use crate::{
    Answer, Call, Context, Error, HttpMethod, MethodListing, Node, NodeIdent, Registry,
    Reservation, Result, Task,
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
pub struct Dispatcher(Arc<Conductor>);

/// A call of a node method as its caller asks for it.
struct Request<'a> {
    context: Context,
    node: NodeIdent<'a>,
    method: &'a str,
    http_method: HttpMethod,
    body: Bytes,
}

/// A call that may run, and its method with everything it takes.
type Ready = (Arc<Running>, BoxFuture<Result<Answer>>);

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
        let request = Request {
            context: context.clone(),
            node: node.into(),
            method,
            http_method,
            body: body.into(),
        };
        self.call_node(self.0.admit()?, request).await
    }

    async fn call_node(&self, mut token: TaskTrackerToken, request: Request<'_>) -> Result<Answer> {
        let span = tracing::info_span!(
            "vendor_passthru", request_id = request.context.request_id(), node = %request.node,
            method = Empty, lock = Empty, waited_ms = Empty, held_ms = Empty,
        );
        let lookups = async {
            for _ in 1..LOOKUPS {
                match self.look_up_node(token, &request).await {
                    Err(Error::NodeChanged { .. }) => token = self.0.admit()?,
                    answer => return answer,
                }
            }
            self.look_up_node(token, &request).await
        };
        lookups.instrument(span).await
    }

    async fn look_up_node(&self, token: TaskTrackerToken, request: &Request<'_>) -> Result<Answer> {
        let ready = self.ready_node(request).await;
        let (running, run) = ready.inspect_err(log_failure)?;
        self.launch(token, running, run).await
    }

    /// Takes a call up to where it may run: found, read, and under its lock.
    async fn ready_node(&self, request: &Request<'_>) -> Result<Ready> {
        let mut node = self.node(request.node).await?;
        let method = self.0.registry.node_method(&node, request.method)?;
        let (call, run) = prepare(method, request.http_method, &request.body)?;

        let mut reservation = None;
        if method.metadata.lock() == Some(Lock::Exclusive) {
            let (held, fresh) = self.0.lock(&node, &request.context, &call).await?;
            (reservation, node) = (Some(held), fresh);
        } else {
            tracing::Span::current().record("lock", Lock::Shared.as_str());
        }
        let running = Running::new(Arc::clone(&self.0), call, request.context.clone());
        let running = Arc::new(running.on(node.uuid(), reservation));
        let run = run(Task::new(Arc::clone(&running), node));
        Ok((running, run))
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
        let body = body.into();
        let call = async {
            let token = self.0.admit()?;
            let ready = self.ready_driver(context, driver, method, http_method, &body);
            let (running, run) = ready.inspect_err(log_failure)?;
            self.launch(token, running, run).await
        };
        call.instrument(span).await
    }

    fn ready_driver(
        &self,
        context: &Context,
        driver: &str,
        method: &str,
        http_method: HttpMethod,
        body: &Bytes,
    ) -> Result<Ready> {
        let method = self.0.registry.driver_method(driver, method)?;
        let (call, run) = prepare(method, http_method, body)?;
        let running = Arc::new(Running::new(Arc::clone(&self.0), call, context.clone()));
        let run = run(Arc::clone(&running));
        Ok((running, run))
    }

    /// Runs a call to its end, whether anyone waits for that or not, and waits for its answer, no
    /// longer than a call may take. Shutting down waits for the token.
    async fn launch(
        &self,
        token: TaskTrackerToken,
        running: Arc<Running>,
        run: BoxFuture<Result<Answer>>,
    ) -> Result<Answer> {
        let (caller, answer) = oneshot::channel();
        let (method, limit) = (running.call().method().name, self.0.call_timeout);
        let dispatcher = self.clone();
        let supervised = async move {
            if running.supervise(run, caller).await == Ended::NodeChanged {
                dispatcher.look_up_again(token, running);
            }
        };
        tokio::spawn(supervised.in_current_span());
        match tokio::time::timeout(limit, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(lost)) => Err(Error::Internal(lost.into())),
            Err(_) => Err(Error::Timeout { method, limit }),
        }
    }

    /// Runs a call anew that was answered before its node changed: nobody waits to do it.
    fn look_up_again(&self, token: TaskTrackerToken, running: Arc<Running>) {
        let Some(node) = running.node() else { return };
        let dispatcher = self.clone();
        let again = async move {
            let _until_recorded = token.clone();
            let call = running.call();
            let request = Request {
                context: running.context().clone(),
                node: NodeIdent::Uuid(node),
                method: call.method().name,
                http_method: call.http_method(),
                body: call.body(),
            };
            if let Err(error) = dispatcher.call_node(token, request).await {
                running.record(&error).await;
            }
        };
        tokio::spawn(again.in_current_span());
    }

    /// The node of this UUID or name.
    ///
    /// # Errors
    ///
    /// [`Error::NodeNotFound`]; [`Error::Internal`] when the store cannot be asked.
    pub async fn node(&self, ident: impl Into<NodeIdent<'_>>) -> Result<Arc<Node>> {
        self.0.node(ident.into()).await
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
        &self.0.name
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
        let Conductor { tracker, shutdown_limit, interrupt, interrupted, .. } = &*self.0;
        tracker.close();
        let running = tracker.len();
        tracing::info!(running, "shutting down");
        if tokio::time::timeout(*shutdown_limit, tracker.wait()).await.is_err() {
            interrupt.cancel();
            tracker.wait().await;
        }
        let interrupted = interrupted.load(Ordering::Relaxed);
        Shutdown { finished: running.saturating_sub(interrupted), interrupted }
    }
}

#[cfg(feature = "testing")]
impl Dispatcher {
    pub(crate) fn of_conductor(&self) -> Arc<Conductor> {
        Arc::clone(&self.0)
    }

    /// Waits until no call runs; a call that comes meanwhile is refused.
    pub(crate) async fn settled(&self) {
        self.0.tracker.close();
        self.0.tracker.wait().await;
        self.0.tracker.reopen();
    }
}

impl From<Arc<Conductor>> for Dispatcher {
    fn from(conductor: Arc<Conductor>) -> Self {
        Self(conductor)
    }
}

impl std::fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dispatcher")
            .field("conductor", &self.0.name)
            .field("workers", &self.workers())
            .field("locks", &self.locks())
            .finish_non_exhaustive()
    }
}

/// Checks verb and arguments, and makes the call and its run.
fn prepare<R>(method: &Method<R>, http_method: HttpMethod, body: &Bytes) -> Result<(Call, R)> {
    let name = method.metadata.name;
    tracing::Span::current().record("method", name);
    let call = Call::new(method.metadata, http_method, body.clone());
    // How an argument is read is its author's code, which may panic as a method may.
    let prepared = catch_unwind(AssertUnwindSafe(|| method.prepare(&call)));
    let run = prepared.unwrap_or(Err(Error::Panicked { method: name }))?;
    Ok((call, run))
}
