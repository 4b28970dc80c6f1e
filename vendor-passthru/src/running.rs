//! One call from the moment it may run: what it holds, and how it ends.
//! Whatever becomes of the method, its lock and its worker are given back here.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use tokio::sync::oneshot;
use uuid::Uuid;

use crate::conductor::{Conductor, millis};
use crate::error::Causes;
use crate::failure::Failure;
use crate::locks::Held;
use crate::workers::Worker;
use crate::{Answer, Call, Context, Error, Node, Result};

/// A call that runs, shared by its task and by what supervises it.
pub struct Running {
    conductor: Arc<Conductor>,
    call: Call,
    context: Context,
    node: Option<Uuid>,
    /// Set when an upgrade found that the node has another driver or interface now.
    node_changed: AtomicBool,
    holds: Mutex<Holds>,
}

/// A method that runs.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Whom to answer.
pub(crate) type Caller = oneshot::Sender<Result<Answer>>;

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// For good.
    Finally,
    /// Its node has another driver or interface now, and its caller was answered before that: it
    /// is to be looked up again.
    NodeChanged,
}

/// What a running call has to give back.
struct Holds {
    /// Whom to answer; gone once the call was accepted.
    caller: Option<Caller>,
    reservation: Option<Held>,
    worker: Option<Worker>,
}

impl Running {
    pub(crate) fn new(conductor: Arc<Conductor>, call: Call, context: Context) -> Self {
        let holds = Mutex::new(Holds { caller: None, reservation: None, worker: None });
        let node_changed = AtomicBool::new(false);
        Self { conductor, call, context, node: None, node_changed, holds }
    }

    /// The same call on a node, under this reservation if it is an exclusive one.
    pub(crate) fn on(mut self, node: Uuid, reservation: Option<Held>) -> Self {
        self.node = Some(node);
        self.holds().reservation = reservation;
        self
    }

    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    pub(crate) fn call(&self) -> &Call {
        &self.call
    }

    pub(crate) fn node(&self) -> Option<Uuid> {
        self.node
    }

    fn holds(&self) -> MutexGuard<'_, Holds> {
        self.holds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the call to its end, gives everything back, and answers.
    pub(crate) async fn supervise(&self, run: BoxFuture<Result<Answer>>, caller: Caller) -> Ended {
        self.holds().caller = Some(caller);
        let result = self.outcome(run).await;
        self.finish(result).await
    }

    async fn outcome(&self, run: BoxFuture<Result<Answer>>) -> Result<Answer> {
        match self.conductor.until_interrupted(catch_unwind(run)).await {
            None => Err(Error::Interrupted),
            Some(None) => Err(Error::Panicked { method: self.call.method().name }),
            Some(Some(result)) => result,
        }
    }

    /// Validation is over. An asynchronous call takes its worker and is answered now.
    pub(crate) fn start(&self) -> Result<()> {
        if self.call.method().async_call {
            let worker = self.conductor.workers.take()?;
            let mut holds = self.holds();
            holds.worker = Some(worker);
            answer(holds.caller.take(), Ok(Answer::Accepted));
        }
        Ok(())
    }

    pub(crate) async fn save(&self, node: &Node) -> Result<()> {
        let fence = self.holds().reservation.as_ref().map(Held::fence);
        let Some(fence) = fence else {
            return Err(Error::ReservationLost { node: node.uuid() });
        };
        let saved = self.conductor.nodes.save(node, fence).await;
        saved.map_err(|error| Error::from_store(error, node.uuid()))
    }

    /// Reserves the node of a shared call, and reads it anew.
    pub(crate) async fn upgrade(&self, node: &Node) -> Result<Arc<Node>> {
        let locked = self.conductor.lock(node, &self.context, &self.call).await;
        let changed = matches!(locked, Err(Error::NodeChanged { .. }));
        self.node_changed.store(changed, Ordering::Relaxed);
        let (held, fresh) = locked?;
        self.holds().reservation = Some(held);
        Ok(fresh)
    }

    /// Records what nobody is waiting for, gives everything back, and answers.
    async fn finish(&self, result: Result<Answer>) -> Ended {
        let result = self.or_node_changed(result);
        let node_changed = matches!(result, Err(Error::NodeChanged { .. }));
        let caller = self.holds().caller.take();
        if let (Err(error), None, false) = (&result, &caller, node_changed) {
            self.record(error).await;
        }
        self.log_end(&result);
        let (reservation, worker) = self.take_holds();
        if let Some(reservation) = reservation {
            reservation.release().await;
        }
        drop(worker);
        let ended = match caller {
            None if node_changed => Ended::NodeChanged,
            _ => Ended::Finally,
        };
        answer(caller, result);
        ended
    }

    /// Records a failure that nobody is waiting for.
    pub(crate) async fn record(&self, error: &Error) {
        let method = self.call.method().name;
        let failure = Failure::now(method, error.to_string(), self.context.request_id());
        self.conductor.record(self.node, failure).await;
    }

    /// Whatever a method makes of the error of its upgrade, it is not how the call ends.
    fn or_node_changed(&self, result: Result<Answer>) -> Result<Answer> {
        match (result, self.node) {
            (Err(_), Some(node)) if self.node_changed.load(Ordering::Relaxed) => {
                Err(Error::NodeChanged { node })
            }
            (result, _) => result,
        }
    }

    fn take_holds(&self) -> (Option<Held>, Option<Worker>) {
        let mut holds = self.holds();
        (holds.reservation.take(), holds.worker.take())
    }

    fn log_end(&self, result: &Result<Answer>) {
        if let Some(age) = self.holds().reservation.as_ref().map(Held::age) {
            tracing::Span::current().record("held_ms", millis(age));
        }
        match result {
            Ok(_) => tracing::info!("call succeeded"),
            Err(error) => log_failure(error),
        }
    }
}

/// A caller's mistake is news, a failure of ours or of a driver's an error. Being looked up again
/// is neither.
pub(crate) fn log_failure(error: &Error) {
    let causes = Causes(error);
    match error {
        Error::NodeChanged { .. } => tracing::info!("the node changed"),
        _ if error.status().is_client_error() => tracing::info!(error = %causes, "call refused"),
        _ => tracing::error!(error = %causes, "call failed"),
    }
}

/// A caller that is gone wants no answer.
fn answer(caller: Option<Caller>, result: Result<Answer>) {
    if let Some(caller) = caller {
        let _ = caller.send(result);
    }
}

/// The value of a future, or `None` if it panicked.
async fn catch_unwind<T>(mut future: BoxFuture<T>) -> Option<T> {
    std::future::poll_fn(move |cx| {
        let poll = AssertUnwindSafe(|| future.as_mut().poll(cx));
        match std::panic::catch_unwind(poll) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}
