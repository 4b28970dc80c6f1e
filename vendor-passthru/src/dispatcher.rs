//! Takes calls from any front end and runs them: the order of one call stands here.
//! Usable without HTTP; `http::router` is one front end.

mod builder;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::task;
use tokio::time::timeout;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::field::Empty;
use tracing::{Instrument, Span};
use uuid::Uuid;

pub use self::builder::{DispatcherBuilder, SettingsError};
use crate::call::Asked;
use crate::caller::Caller;
use crate::conductor::Conductor;
use crate::failure::Failure;
use crate::limits::CallLimits;
use crate::locks::{LockFigures, LockWait};
use crate::node_call::{Callee, NodeCall, prepared};
use crate::run::Run;
use crate::running::{Left, On, Running, log_failure};
use crate::spread::Spread;
use crate::workers::{Worker, WorkerFigures};
use crate::{
    Answer, Context, Error, HttpMethod, MethodListing, Node, NodeIdent, Registry, Reservation,
    Result,
};

/// How long shutting down waits for what was cancelled to be recorded and unlocked.
const LAST_WORDS: Duration = Duration::from_secs(5);

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
pub struct Dispatcher {
    conductors: Arc<Spread<Conductor>>,
    /// What the calls through this handle ask for.
    limits: CallLimits,
}

/// What shutting down found running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shutdown {
    /// Calls that came to their end in time.
    pub finished: usize,
    /// Calls that did not: cancelled, recorded, their nodes unlocked. Those that were still waiting
    /// for their node are among them: answered 503.
    pub interrupted: usize,
    /// Calls that could not even be cancelled, since their method or a store never came back. Their
    /// nodes stay locked until the conductor's next life.
    pub stuck: usize,
}

impl Dispatcher {
    /// A dispatcher over this registry, to be configured.
    pub fn builder(registry: Registry) -> DispatcherBuilder {
        DispatcherBuilder::new(registry)
    }

    /// The same dispatcher for calls that wait `attempts` times `interval` for a locked node, and
    /// with 0 attempts not at all; whatever the conductor's own setting is.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use vendor_passthru::{Context, Dispatcher, HttpMethod, Registry, Uuid};
    /// # async fn example(dispatcher: &Dispatcher, context: &Context, node: Uuid) {
    /// let impatient = dispatcher.with_node_locked_retry(0, Duration::from_secs(1));
    /// let answer = impatient.node_passthru(context, node, "send_raw", HttpMethod::Post, "{}").await;
    /// # }
    /// ```
    #[must_use]
    pub fn with_node_locked_retry(&self, attempts: u32, interval: Duration) -> Self {
        let mut same = self.clone();
        same.limits.lock_wait = Some(LockWait { attempts, interval });
        same
    }

    /// The same dispatcher for calls whose answer is waited for no longer than this, whatever the
    /// method's or the conductor's own setting is. The method runs on after that.
    #[must_use]
    pub fn with_call_timeout(&self, limit: Duration) -> Self {
        let mut same = self.clone();
        same.limits.call_timeout = Some(limit);
        same
    }

    /// Clears what an earlier life of this conductor left: each reservation under its name is
    /// recorded on its node as interrupted, by method, and ended. The first call does the same if
    /// this was not called; after that, nothing is done.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] when a store cannot be asked: then it is tried again the next time.
    pub async fn recover(&self) -> Result<()> {
        self.mine().recover().await
    }

    /// Calls a vendor method of a node. `body` is the JSON object with the arguments; empty and
    /// `null` are `{}`.
    ///
    /// The answer to an asynchronous call comes when it has its worker; the method then runs on
    /// its own. A synchronous one runs within this future until it first has to wait for something,
    /// and from there on its own, whether this future is polled or not. Dropping it while the call
    /// waits for its lock gives the call up; after that the method runs to its end all the same, and
    /// a failure is recorded. Must be called inside of a tokio runtime with time.
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
        let node = Callee::Named(node.into());
        self.call_node(context, node, method, http_method, body.into()).await
    }

    /// The same on a node that may have been found already.
    pub(crate) async fn call_node(
        &self,
        context: &Context,
        node: Callee<'_>,
        method: &str,
        http_method: HttpMethod,
        body: Bytes,
    ) -> Result<Answer> {
        let span = tracing::info_span!(
            "vendor_passthru", request_id = context.request_id(), node = %node.ident(), method,
            lock = Empty, waited_ms = Empty, held_ms = Empty,
        );
        let call = pin!(async {
            let (conductor, token, runtime) = self.admit().await.inspect_err(log_failure)?;
            let node = match node {
                Callee::Named(ident) => conductor.node(ident).await.inspect_err(log_failure)?,
                Callee::Found(node) => node,
            };
            let asked = self.asked(context, &span, method, http_method, body);
            let (running, run) = prepared(conductor, node, asked).inspect_err(log_failure)?;
            let limits = self.limits;
            let rest = |running, run, left, caller| {
                NodeCall { limits, caller, began: false, _token: token }.run(running, run, left)
            };
            at_once_or_apart(running, run, runtime, rest).await
        });
        call.instrument(span.clone()).await
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
            method
        );
        let body = body.into();
        let call = pin!(async {
            let (conductor, token, runtime) = self.admit().await.inspect_err(log_failure)?;
            let asked = self.asked(context, &span, method, http_method, body);
            let ready = ready_driver(conductor, driver, asked);
            let (running, run) = ready.inspect_err(log_failure)?;
            let rest = |running: Arc<Running>, run, left, caller| async move {
                drop(running.supervise(run, left, caller).await);
                drop(token);
            };
            at_once_or_apart(running, run, runtime, rest).await
        });
        call.instrument(span.clone()).await
    }

    /// The conductor, as calls on this thread see it.
    fn mine(&self) -> &Arc<Conductor> {
        self.conductors.mine()
    }

    /// Lets a call in, in a runtime where it can go on should it have to wait.
    async fn admit(&self) -> Result<(&Arc<Conductor>, TaskTrackerToken, Option<Handle>)> {
        let conductor = self.mine();
        let token = conductor.admit()?;
        // Whoever takes the runtime is counted where all threads are. A task need not: it has it.
        let runtime = if task::try_id().is_some() { None } else { Some(runtime()?) };
        conductor.recover().await?;
        Ok((conductor, token, runtime))
    }

    fn asked<'a>(
        &self,
        context: &'a Context,
        span: &'a Span,
        method: &'a str,
        http_method: HttpMethod,
        body: Bytes,
    ) -> Asked<'a> {
        Asked { context, span, limits: self.limits, method, http_method, body }
    }

    /// The node of this UUID or name.
    ///
    /// # Errors
    ///
    /// [`Error::NodeNotFound`]; [`Error::Internal`] when the store cannot be asked.
    pub async fn node(&self, ident: impl Into<NodeIdent<'_>>) -> Result<Arc<Node>> {
        self.mine().node(ident.into()).await
    }

    /// The vendor methods of a node. Works on a locked node too.
    ///
    /// # Errors
    ///
    /// [`Error::NodeNotFound`], and whatever is wrong with the node's driver or interface.
    pub async fn node_methods(&self, node: impl Into<NodeIdent<'_>>) -> Result<MethodListing> {
        self.mine().registry.node_methods(&*self.node(node).await?)
    }

    /// The vendor methods of a driver.
    ///
    /// # Errors
    ///
    /// [`Error::DriverNotFound`].
    pub fn driver_methods(&self, driver: &str) -> Result<MethodListing> {
        self.mine().registry.driver_methods(driver)
    }

    /// The exclusive lock of a node, if someone holds it.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] when the lock store cannot be asked.
    pub async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>> {
        self.mine().locks.reservation(node).await
    }

    /// All exclusive locks that are held, by whichever conductor, each with its node, in no order.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] when the lock store cannot be asked.
    pub async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>> {
        self.mine().locks.reservations().await
    }

    /// Breaks the exclusive lock of a node, for an operator: the one of this fence, and no other,
    /// as [`reservations`](Self::reservations) showed it. Tells whether it was there.
    ///
    /// It is recorded on the node and logged, with the operator's request and name. The method
    /// that held it is told to end, wherever it runs, and can save nothing any more; what it is
    /// doing to the BMC this moment nobody can take back.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] when a store cannot be asked.
    pub async fn break_reservation(
        &self,
        context: &Context,
        node: Uuid,
        fence: u64,
    ) -> Result<bool> {
        let reservation = self.reservation(node).await?;
        let Some(reservation) = reservation.filter(|held| held.fence == fence) else {
            return Ok(false);
        };
        let (operator, request) =
            (context.principal().unwrap_or("an operator"), context.request_id());
        let why = format!("its reservation was broken by {operator} ({request})");
        self.mine().end_reservation(node, &reservation, &why).await
    }

    /// The drivers and vendor interfaces.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.mine().registry
    }

    /// This conductor's name.
    #[must_use]
    pub fn conductor(&self) -> &str {
        &self.mine().name
    }

    /// How busy the workers are.
    #[must_use]
    pub fn workers(&self) -> WorkerFigures {
        self.mine().workers.figures()
    }

    /// Takes a worker for other work of the conductor, a reserved one if need be.
    ///
    /// # Errors
    ///
    /// [`Error::NoFreeConductorWorker`] when the reserved ones are busy as well.
    pub fn take_worker(&self) -> Result<Worker> {
        self.mine().workers.take_reserved()
    }

    /// How many exclusive locks are held and waited for.
    #[must_use]
    pub fn locks(&self) -> LockFigures {
        self.mine().locks.figures(self.conductors.all().map(|conductor| &*conductor.locks))
    }

    /// The latest failures that no node tells of, oldest first, at most 100: those of driver
    /// methods that nobody was waiting for, and those that could not be recorded on their node.
    #[must_use]
    pub fn failures(&self) -> Vec<Failure> {
        self.mine().failures.list()
    }

    /// Refuses new calls, lets the running ones finish within the shutdown limit, and then
    /// cancels, records and unlocks what is left.
    ///
    /// What is cancelled has a time of [grace](DispatcherBuilder::cancellation_grace) to end. A plain
    /// `fn` that does not is recorded and unlocked all the same, and its thread runs on. Calling
    /// this again waits for the same end.
    pub async fn shutdown(&self) -> Shutdown {
        let conductor = self.mine();
        self.close();
        let running = self.running();
        tracing::info!(running, "shutting down");
        if timeout(conductor.shutdown_limit, self.idle()).await.is_err() {
            conductor.interrupt.cancel();
        }
        let settled = async {
            self.idle().await;
            conductor.locks.settled().await;
        };
        if timeout(conductor.grace.saturating_add(LAST_WORDS), settled).await.is_err() {
            tracing::error!(stuck = self.running(), "some calls could not be cancelled");
        }
        let (interrupted, stuck) = (conductor.interrupted.load(Ordering::Relaxed), self.running());
        let finished = running.saturating_sub(interrupted).saturating_sub(stuck);
        Shutdown { finished, interrupted, stuck }
    }

    /// Refuses calls from now on.
    fn close(&self) {
        for conductor in self.conductors.all() {
            conductor.calls.close();
        }
    }

    /// How many calls run.
    fn running(&self) -> usize {
        self.conductors.all().map(|conductor| conductor.calls.len()).sum()
    }

    /// Waits until no call runs. It must be closed.
    async fn idle(&self) {
        for conductor in self.conductors.all() {
            conductor.calls.wait().await;
        }
    }
}

fn ready_driver(
    conductor: &Arc<Conductor>,
    driver: &str,
    asked: Asked<'_>,
) -> Result<(Arc<Running>, Run)> {
    let (driver, method) = conductor.registry.driver_method(driver, asked.method)?;
    Running::prepared(conductor, method, asked, On::Driver(driver))
}

/// Runs a call within its caller. Once something has to be waited for, the rest of it goes on in a
/// task, whether its caller waits for that or not.
async fn at_once_or_apart<R: Future<Output = ()> + Send + 'static>(
    running: Arc<Running>,
    mut run: Run,
    runtime: Option<Handle>,
    rest: impl FnOnce(Arc<Running>, Run, Left, Caller) -> R,
) -> Result<Answer> {
    let left = match poll_fn(|cx| Poll::Ready(running.at_once(&mut run, cx))).await {
        Ok(answer) => return Ok(answer),
        Err(left) => left,
    };
    let runtime = runtime.map_or_else(self::runtime, Ok)?;
    let (caller, waiting) = Caller::new();
    let answer = waiting.answer(running.method().name, running.limits());
    // In boxes: one future is not copied on its way into the runtime then, and a call that waits for
    // nothing has no room for the other.
    runtime.spawn(Box::pin(rest(running, run, left, caller)).in_current_span());
    Box::pin(answer).await
}

fn runtime() -> Result<Handle> {
    Handle::try_current().map_err(|error| Error::Internal(error.into()))
}

#[cfg(feature = "testing")]
impl Dispatcher {
    pub(crate) fn of_conductor(&self) -> Arc<Conductor> {
        Arc::clone(self.mine())
    }

    /// Waits until no call runs; a call that comes meanwhile is refused.
    pub(crate) async fn settled(&self) {
        self.close();
        self.idle().await;
        for conductor in self.conductors.all() {
            conductor.calls.reopen();
        }
    }
}

impl std::fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dispatcher")
            .field("conductor", &self.mine().name)
            .field("workers", &self.workers())
            .field("locks", &self.locks())
            .finish_non_exhaustive()
    }
}
