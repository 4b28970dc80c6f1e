//! One call from the moment it may run: what it holds, what cuts it short, and how it ends.
//! Whatever becomes of the method, its lock and its worker are given back here.

use std::error::Error as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{self, Poll};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep, timeout};
use tracing::Span;
use uuid::Uuid;

use crate::call::Asked;
use crate::caller::Caller;
use crate::conductor::{Conductor, millis};
use crate::error::Causes;
use crate::failure::Failure;
use crate::interface::Method;
use crate::limits::Limits;
use crate::locks::Held;
use crate::metadata::{Lock, MethodMetadata};
use crate::run::Run;
use crate::running_call::RunningCall;
use crate::sync::race;
use crate::workers::Worker;
use crate::{Answer, Call, Context, Error, Interruption, Node, Result};

/// A call that runs, shared by its task and by what supervises it.
pub struct Running {
    conductor: Arc<Conductor>,
    call: Call,
    context: Context,
    /// What is logged of it.
    span: Span,
    on: On,
    limits: Limits,
    /// Set when an upgrade found that the node has another driver or interface now.
    node_changed: AtomicBool,
    /// Told when an upgrade has its reservation.
    reserved: Notify,
    /// Set when the method is told to end.
    interruption: OnceLock<Interruption>,
    holds: Mutex<Holds>,
}

/// What a call acts on.
pub(crate) enum On {
    /// As it was found.
    Node(Arc<Node>),
    Driver(&'static str),
}

/// How a call ended.
pub(crate) enum Ended {
    /// For good.
    Finally,
    /// Its node has another driver or interface now: it is to be looked up again, for this caller.
    NodeChanged(Caller),
}

/// What is left of a call once something has to be waited for.
pub(crate) enum Left {
    /// All of it, from its lock on.
    All,
    /// The method, which may have begun.
    Run,
    /// Recording how it ended and giving everything back.
    Ended(Result<Answer>),
}

/// What a running call has to give back.
#[derive(Default)]
struct Holds {
    caller: Caller,
    /// The node as it was when it was reserved.
    fresh: Option<Arc<Node>>,
    reservation: Option<Held>,
    /// When it was reserved, if that is logged.
    since: Option<Instant>,
    worker: Option<Worker>,
    /// Closed when the thread of a plain `fn` has ended.
    thread: Option<oneshot::Receiver<()>>,
}

/// Held by the thread of a plain `fn` as long as it runs.
pub(crate) type ThreadGuard = oneshot::Sender<()>;

impl Running {
    pub(crate) fn new(
        conductor: Arc<Conductor>,
        call: Call,
        context: &Context,
        span: &Span,
        limits: Limits,
        on: On,
    ) -> Self {
        Self {
            conductor,
            call,
            context: context.cancellable(),
            span: span.clone(),
            on,
            limits,
            node_changed: AtomicBool::new(false),
            reserved: Notify::new(),
            interruption: OnceLock::new(),
            holds: Mutex::default(),
        }
    }

    /// A call of this method as it was asked for, and the run of it, which has its arguments.
    ///
    /// # Errors
    ///
    /// What is wrong with verb or arguments.
    pub(crate) fn prepared(
        conductor: &Arc<Conductor>,
        method: &Method,
        asked: Asked<'_>,
        on: On,
    ) -> Result<(Arc<Self>, Run)> {
        let Asked { context, span, limits, http_method, body, .. } = asked;
        method.supports(http_method)?;
        let call = Call::new(method.metadata, http_method, body);
        let limits = conductor.limits.of(method.metadata, limits);
        let running = Arc::new(Self::new(Arc::clone(conductor), call, context, span, limits, on));
        let run = method.prepare(&RunningCall::new(Arc::clone(&running)))?;
        Ok((running, Run::new(run)))
    }

    /// Waits for the lock that the method takes.
    pub(crate) async fn lock(&self) -> Result<()> {
        if self.method().lock() == Some(Lock::Exclusive) {
            self.reserve(&*self.node()?).await
        } else {
            self.share();
            Ok(())
        }
    }

    /// The same, where nothing has to be waited for; tells whether it has the lock.
    fn lock_now(&self) -> bool {
        if self.method().lock() == Some(Lock::Exclusive) {
            let On::Node(node) = &self.on else { return false };
            let locked = self.conductor.lock_now(node, &self.context, &self.call);
            locked.map(|locked| self.hold(locked, Duration::ZERO)).is_some()
        } else {
            self.share();
            true
        }
    }

    fn share(&self) {
        if let Some(lock) = self.method().lock() {
            self.span.record("lock", lock.as_str());
        }
    }

    async fn reserve(&self, node: &Node) -> Result<()> {
        let (asked, wait) = (Instant::now(), self.limits.lock_wait);
        let locked = self.conductor.lock(node, &self.context, &self.call, wait).await?;
        self.uninterrupted()?;
        self.hold(locked, asked.elapsed());
        Ok(())
    }

    fn hold(&self, (held, fresh): (Held, Arc<Node>), waited: Duration) {
        let mut since = None;
        if !self.span.is_disabled() {
            self.span.record("lock", Lock::Exclusive.as_str()).record("waited_ms", millis(waited));
            since = Some(Instant::now());
        }
        let mut holds = self.holds();
        holds.reservation = Some(held);
        holds.fresh = Some(fresh);
        holds.since = since;
    }

    /// The node, as it was when it was found or reserved.
    pub(crate) fn node(&self) -> Result<Arc<Node>> {
        match (&self.on, &self.holds().fresh) {
            (_, Some(node)) | (On::Node(node), None) => Ok(Arc::clone(node)),
            (On::Driver(_), None) => Err(Error::Internal("a driver method has no node".into())),
        }
    }

    fn uuid(&self) -> Option<Uuid> {
        match &self.on {
            On::Node(node) => Some(node.uuid()),
            On::Driver(_) => None,
        }
    }

    pub(crate) fn conductor(&self) -> &Arc<Conductor> {
        &self.conductor
    }

    pub(crate) fn call(&self) -> &Call {
        &self.call
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    fn holds(&self) -> MutexGuard<'_, Holds> {
        self.holds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn method(&self) -> &'static MethodMetadata {
        self.call.method()
    }

    /// Runs a synchronous call within its caller, to its end if nothing has to be waited for. Else
    /// this is what is left of it.
    pub(crate) fn at_once(
        &self,
        run: &mut Run,
        caller: &mut task::Context<'_>,
    ) -> Result<Answer, Left> {
        let waits = self.method().async_call || self.conductor.interrupts();
        if waits || !self.lock_now() {
            return Err(Left::All);
        }
        let ended = match run.poll(caller) {
            Poll::Pending => return Err(Left::Run),
            Poll::Ready(ended) => self.or_panicked(ended),
        };
        match ended {
            Ok(answer) if self.released_now() => Ok(answer),
            ended => Err(Left::Ended(ended)),
        }
    }

    /// Runs the call to its end, gives everything back, and answers.
    pub(crate) async fn supervise(&self, run: Run, left: Left, mut caller: Caller) -> Ended {
        caller.started();
        self.holds().caller = caller;
        let result = match left {
            Left::All | Left::Run => self.outcome(run).await,
            Left::Ended(result) => result,
        };
        self.finish(result).await
    }

    async fn outcome(&self, mut run: Run) -> Result<Answer> {
        // What took until now to be found does not begin any more.
        if self.conductor.interrupts() {
            return Err(Error::ShuttingDown);
        }
        let ended = async { Ok(run.ended().await) };
        match race(ended, async { Err(self.cut_short().await) }).await {
            Ok(ended) => self.or_panicked(ended),
            Err(interruption) => self.interrupt(run, interruption).await,
        }
    }

    fn or_panicked(&self, ended: Option<Result<Answer>>) -> Result<Answer> {
        ended.unwrap_or(Err(Error::Panicked { method: self.method().name }))
    }

    /// Completes when the method is to end before it does so by itself.
    async fn cut_short(&self) -> Interruption {
        let shut_down = async {
            self.conductor.interrupt.cancelled().await;
            Interruption::ShutDown
        };
        let lost = async {
            self.reservation_lost().await;
            Interruption::ReservationLost
        };
        let ran_out = async {
            sleep(self.limits.run_limit).await;
            Interruption::RunLimit(self.limits.run_limit)
        };
        race(shut_down, race(lost, ran_out)).await
    }

    /// Completes when this call has a reservation, and it is the node's no longer. Being deleted
    /// with the node is no loss: there is nobody to be protected from.
    async fn reservation_lost(&self) {
        let Some(node) = self.uuid() else { return std::future::pending().await };
        let fence = loop {
            let reserved = self.reserved.notified();
            match self.fence() {
                Some(fence) => break fence,
                None => reserved.await,
            }
        };
        self.conductor.locks.lost(node, fence).await;
        if self.node_is_gone().await {
            std::future::pending::<()>().await;
        }
    }

    fn fence(&self) -> Option<u64> {
        self.holds().reservation.as_ref().map(Held::fence)
    }

    /// Tells the method to end, and ends it if it does not.
    async fn interrupt(&self, mut run: Run, interruption: Interruption) -> Result<Answer> {
        let _ = self.interruption.set(interruption);
        self.context.cancel();
        match timeout(self.conductor.grace, run.ended()).await {
            Ok(Some(Ok(answer))) if interruption != Interruption::ReservationLost => {
                return Ok(answer);
            }
            Ok(Some(Err(error))) => {
                tracing::info!(error = %Causes(&error), "interrupted, the method ended with an error");
            }
            _ => {}
        }
        Err(self.interrupted(interruption))
    }

    fn interrupted(&self, interruption: Interruption) -> Error {
        Error::Interrupted { method: self.method().name, interruption }
    }

    /// What is interrupted begins and stores nothing any more.
    fn uninterrupted(&self) -> Result<()> {
        self.interruption.get().map_or(Ok(()), |by| Err(self.interrupted(*by)))
    }

    /// Validation is over. An asynchronous call takes its worker and is answered now.
    pub(crate) fn start(&self, driver: &str) -> Result<()> {
        self.uninterrupted()?;
        if self.method().async_call {
            let mut holds = self.holds();
            // A call that was looked up again after it was answered takes one as well.
            holds.worker = Some(self.conductor.workers.take(driver)?);
            let _ = holds.caller.answer(Ok(Answer::Accepted));
        }
        Ok(())
    }

    /// A driver method's validation is over.
    pub(crate) fn start_driver(&self) -> Result<()> {
        match self.on {
            On::Driver(driver) => self.start(driver),
            On::Node(_) => Ok(()),
        }
    }

    /// A plain `fn` begins: its lock stays as long as its thread runs.
    pub(crate) fn thread(&self) -> ThreadGuard {
        let (guard, thread) = oneshot::channel();
        self.holds().thread = Some(thread);
        guard
    }

    pub(crate) async fn save(&self, node: &Node) -> Result<()> {
        self.uninterrupted()?;
        let fence = self.fence().ok_or(Error::ReservationLost { node: node.uuid() })?;
        let saved = self.conductor.nodes.save(node, fence).await;
        saved.map_err(|error| Error::from_store(error, node.uuid()))
    }

    /// Reserves the node of a shared call, and reads it anew.
    pub(crate) async fn upgrade(&self, node: &Node) -> Result<Arc<Node>> {
        self.uninterrupted()?;
        let reserved = self.reserve(node).await;
        let changed = matches!(reserved, Err(Error::NodeChanged { .. }));
        self.node_changed.store(changed, Ordering::Relaxed);
        reserved?;
        self.reserved.notify_one();
        self.node()
    }

    /// Records what nobody is waiting for, gives everything back, and answers.
    async fn finish(&self, result: Result<Answer>) -> Ended {
        let result = self.or_node_changed(result);
        self.log_end(&result);
        if let (Err(Error::NodeChanged { .. }), On::Node(_)) = (&result, &self.on) {
            self.give_back().await;
            return Ended::NodeChanged(self.take_caller());
        }
        let mut caller = self.take_caller();
        let cut_short = matches!(&result, Err(Error::Interrupted { .. } | Error::ShuttingDown));
        self.record_unheard(&mut caller, &result).await;
        if let Some(thread) = self.thread_that_runs_on() {
            if self.interruption.get() == Some(&Interruption::ReservationLost) {
                // Whoever broke it wants the node for somebody else.
                self.release().await;
            }
            self.answer(&mut caller, result).await;
            self.conductor.interrupt.run_until_cancelled(thread).await;
            self.give_back().await;
        } else {
            let kept = self.give_back().await;
            let result = if kept { result } else { self.lost_unnoticed(&mut caller, result).await };
            self.answer(&mut caller, result).await;
        }
        self.conductor.count(cut_short);
        Ended::Finally
    }

    /// Whatever a method makes of the error of its upgrade, it is not how the call ends. What was
    /// told to end does, and never runs again.
    fn or_node_changed(&self, result: Result<Answer>) -> Result<Answer> {
        let changed =
            self.node_changed.load(Ordering::Relaxed) && self.interruption.get().is_none();
        match (result, self.uuid()) {
            (Err(_), Some(node)) if changed => Err(Error::NodeChanged { node }),
            (result, _) => result,
        }
    }

    fn take_caller(&self) -> Caller {
        std::mem::take(&mut self.holds().caller)
    }

    /// A failure whose caller goes away this moment, or went while the node was given back, is
    /// recorded as well.
    async fn answer(&self, caller: &mut Caller, result: Result<Answer>) {
        if caller.was_answered() {
            return;
        }
        if let Some(Err(error)) = caller.answer(result) {
            self.record(&error).await;
        }
    }

    /// Records a failure that has no caller to hear it, and needs none then.
    async fn record_unheard(&self, caller: &mut Caller, result: &Result<Answer>) {
        if let Err(error) = result
            && !caller.listens()
        {
            self.record(error).await;
            *caller = Caller::default();
        }
    }

    pub(crate) async fn record(&self, error: &Error) {
        let failure =
            Failure::now(self.method().name, error.to_string(), self.context.request_id());
        self.conductor.record(self.uuid(), failure).await;
    }

    /// The thread of a plain `fn` that did not end when it was told to. Shutting down does not wait
    /// for it.
    fn thread_that_runs_on(&self) -> Option<oneshot::Receiver<()>> {
        let mut thread = self.holds().thread.take()?;
        let runs = thread.try_recv() == Err(oneshot::error::TryRecvError::Empty);
        (runs && self.interruption.get() != Some(&Interruption::ShutDown)).then_some(thread)
    }

    /// The outcome of a method that ended before it could be told that it had lost its reservation.
    async fn lost_unnoticed(&self, caller: &mut Caller, result: Result<Answer>) -> Result<Answer> {
        let recorded = result.is_err() && caller.was_answered();
        let known = matches!(&result, Err(Error::ReservationLost { .. }))
            || self.interruption.get().is_some();
        if recorded || known || self.node_is_gone().await {
            return result;
        }
        let lost = Err(self.interrupted(Interruption::ReservationLost));
        self.log_end(&lost);
        self.record_unheard(caller, &lost).await;
        lost
    }

    async fn node_is_gone(&self) -> bool {
        let Some(node) = self.uuid() else { return false };
        matches!(self.conductor.node(node.into()).await, Err(Error::NodeNotFound { .. }))
    }

    /// Tells whether the reservation, if there was one, was still there.
    async fn give_back(&self) -> bool {
        let kept = self.release().await;
        drop(self.holds().worker.take());
        kept
    }

    /// Gives back what a successful call of a synchronous method holds, if that takes no waiting.
    fn released_now(&self) -> bool {
        let reservation = self.holds().reservation.take();
        if let Some(mut reservation) = reservation
            && !reservation.released_now()
        {
            self.holds().reservation = Some(reservation);
            return false;
        }
        self.record_held();
        log_success();
        true
    }

    async fn release(&self) -> bool {
        let reservation = self.holds().reservation.take();
        match reservation {
            Some(reservation) => reservation.release().await,
            None => true,
        }
    }

    fn record_held(&self) {
        if !self.span.is_disabled()
            && let Some(since) = self.holds().since.take()
        {
            self.span.record("held_ms", millis(since.elapsed()));
        }
    }

    fn log_end(&self, result: &Result<Answer>) {
        self.record_held();
        match result {
            Ok(_) => log_success(),
            Err(error) => log_failure(error),
        }
    }
}

fn log_success() {
    tracing::info!("call succeeded");
}

/// A caller's mistake is news, a failure of ours or of a driver's an error, and something between
/// where a driver blames the caller for what has a cause of its own. Being looked up again is
/// neither.
pub(crate) fn log_failure(error: &Error) {
    let causes = Causes(error);
    match error {
        Error::NodeChanged { .. } => tracing::info!("the node changed"),
        _ if error.status().is_client_error() && error.source().is_some() => {
            tracing::warn!(error = %causes, "call refused");
        }
        _ if error.status().is_client_error() => tracing::info!(error = %causes, "call refused"),
        _ => tracing::error!(error = %causes, "call failed"),
    }
}
