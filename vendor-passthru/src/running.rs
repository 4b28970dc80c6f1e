//! One call from the moment it may run: what it holds, and how it ends.
//! Whatever becomes of the method, its lock and its worker are given back here.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::Instrument;
use uuid::Uuid;

use crate::dispatcher::{Dispatcher, Inner};
use crate::failure::Failure;
use crate::locks::Held;
use crate::registration::BoxFuture;
use crate::workers::Worker;
use crate::{Answer, Call, Context, Error, Node, Result};

/// A call that runs, shared by its task and by what supervises it.
pub struct Running {
    inner: Arc<Inner>,
    call: Call,
    context: Context,
    node: Option<Uuid>,
    /// Set when an upgrade found that the node has another driver or interface now.
    node_changed: AtomicBool,
    holds: Mutex<Holds>,
}

/// What a running call has to give back.
struct Holds {
    /// Whom to answer; gone once the call was accepted.
    caller: Option<oneshot::Sender<Result<Answer>>>,
    reservation: Option<Held>,
    worker: Option<Worker>,
    /// What shutting down waits for.
    token: Option<TaskTrackerToken>,
}

impl Running {
    pub(crate) fn new(
        inner: Arc<Inner>,
        call: Call,
        context: Context,
        token: impl Into<Option<TaskTrackerToken>>,
    ) -> Self {
        let (caller, reservation, worker) = (None, None, None);
        let holds = Mutex::new(Holds { caller, reservation, worker, token: token.into() });
        let node_changed = AtomicBool::new(false);
        Self { inner, call, context, node: None, node_changed, holds }
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

    fn method(&self) -> &'static str {
        self.call.method().name
    }

    fn holds(&self) -> MutexGuard<'_, Holds> {
        self.holds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the call to its end, whether anyone still waits for it or not; the receiver gets its
    /// answer.
    pub(crate) fn launch(
        self: Arc<Self>,
        run: BoxFuture<Result<Answer>>,
    ) -> oneshot::Receiver<Result<Answer>> {
        let (caller, answer) = oneshot::channel();
        self.holds().caller = Some(caller);
        let supervised = async move {
            let result = self.outcome(run).await;
            self.finish(result).await;
        };
        tokio::spawn(supervised.in_current_span());
        answer
    }

    async fn outcome(&self, run: BoxFuture<Result<Answer>>) -> Result<Answer> {
        match self.inner.until_interrupted(catch_unwind(run)).await {
            None => Err(Error::Interrupted),
            Some(None) => Err(Error::Panicked { method: self.method() }),
            Some(Some(result)) => result,
        }
    }

    /// Validation is over. An asynchronous call takes its worker and is answered now.
    pub(crate) fn start(&self) -> Result<()> {
        if self.call.method().async_call {
            let worker = self.inner.workers.take()?;
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
        let saved = self.inner.nodes.save(node, fence).await;
        saved.map_err(|error| Error::from_store(error, node.uuid()))
    }

    /// Reserves the node of a shared call, and reads it anew.
    pub(crate) async fn upgrade(&self, node: &Node) -> Result<Arc<Node>> {
        let held = self.inner.reserve(node.uuid(), &self.context, &self.call).await?;
        match self.inner.reload(node).await {
            Ok(fresh) => {
                self.holds().reservation = Some(held);
                Ok(fresh)
            }
            Err(error) => {
                held.release().await;
                let changed = matches!(error, Error::NodeChanged { .. });
                self.node_changed.store(changed, Ordering::Relaxed);
                Err(error)
            }
        }
    }

    /// Records what nobody is waiting for, gives everything back, and answers.
    async fn finish(self: Arc<Self>, result: Result<Answer>) {
        let result = match (result, self.node) {
            (Err(_), Some(node)) if self.node_changed.load(Ordering::Relaxed) => {
                Err(Error::NodeChanged { node })
            }
            (result, _) => result,
        };
        let caller = self.holds().caller.take();
        match (&result, &caller) {
            (Err(Error::NodeChanged { .. }), None) => self.run_again(),
            (Err(error), None) => self.record(error).await,
            _ => {}
        }
        self.log_end(&result);
        let (reservation, worker, token) = self.take_holds();
        if let Some(reservation) = reservation {
            reservation.release().await;
        }
        drop(worker);
        answer(caller, result);
        drop(token);
    }

    fn take_holds(&self) -> (Option<Held>, Option<Worker>, Option<TaskTrackerToken>) {
        let mut holds = self.holds();
        (holds.reservation.take(), holds.worker.take(), holds.token.take())
    }

    /// An accepted call whose node changed is looked up again, as one that waits would be.
    fn run_again(&self) {
        let (inner, context) = (Arc::clone(&self.inner), self.context.clone());
        let (call, node) = (self.call.clone(), self.node.unwrap_or_default());
        let again = async move {
            let (method, verb) = (call.method().name, call.http_method());
            let body = call.body();
            let dispatcher = Dispatcher::from(Arc::clone(&inner));
            let ran = dispatcher.node_passthru(&context, node, method, verb, body).await;
            if let Err(error) = ran {
                let failure = Failure::now(method, error.to_string(), context.request_id());
                inner.record(Some(node), failure).await;
            }
        };
        tokio::spawn(again.in_current_span());
    }

    async fn record(&self, error: &Error) {
        let failure = Failure::now(self.method(), error.to_string(), self.context.request_id());
        self.inner.record(self.node, failure).await;
    }

    fn log_end(&self, result: &Result<Answer>) {
        if let Some(age) = self.holds().reservation.as_ref().map(Held::age) {
            tracing::Span::current().record("held_ms", millis(age));
        }
        match result {
            Ok(_) => tracing::info!("vendor method succeeded"),
            Err(error) if error.status().is_client_error() => {
                tracing::info!(%error, "vendor method refused");
            }
            Err(error) => {
                let error: &dyn std::error::Error = error;
                tracing::error!(error, "vendor method failed");
            }
        }
    }
}

/// A time for the log; milliseconds as `u128` would be a text instead of a number in JSON.
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A caller that is gone wants no answer.
fn answer(caller: Option<oneshot::Sender<Result<Answer>>>, result: Result<Answer>) {
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
