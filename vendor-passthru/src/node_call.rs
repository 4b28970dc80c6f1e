//! A call of a node method that has to wait: for its lock, for its method, or for its end. Where
//! its node turns out to have another driver or interface by then, it is looked up again.

use std::sync::Arc;

use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::Span;
use uuid::Uuid;

use crate::call::Asked;
use crate::caller::Caller;
use crate::conductor::Conductor;
use crate::limits::{CallLimits, LOOKUPS};
use crate::metadata::Lock;
use crate::run::Run;
use crate::running::{Ended, Left, On, Running, log_failure};
use crate::sync::race;
use crate::{Error, Node, NodeIdent, Result};

/// Whoever calls a node method, and how.
pub(crate) struct NodeCall {
    pub(crate) limits: CallLimits,
    pub(crate) caller: Caller,
    /// Whether the method has begun once, before its node turned out to have changed.
    pub(crate) began: bool,
    /// Shutting down waits for it.
    pub(crate) _token: TaskTrackerToken,
}

/// How a call came out that was looked up once.
#[derive(PartialEq, Eq)]
enum Attempt {
    Ended,
    NodeChanged,
}

/// The node that is called, as whoever calls it knows it.
pub(crate) enum Callee<'a> {
    Named(NodeIdent<'a>),
    /// As it was a moment ago.
    #[cfg_attr(not(feature = "http"), expect(dead_code, reason = "it is the router's"))]
    Found(Arc<Node>),
}

impl Callee<'_> {
    pub(crate) fn ident(&self) -> NodeIdent<'_> {
        match self {
            Self::Named(ident) => *ident,
            Self::Found(node) => node.uuid().into(),
        }
    }
}

/// A call of this node: its method, and the method's arguments.
pub(crate) fn prepared(
    conductor: &Arc<Conductor>,
    node: Arc<Node>,
    asked: Asked<'_>,
) -> Result<(Arc<Running>, Run)> {
    let method = conductor.registry.node_method(&node, asked.method)?;
    Running::prepared(conductor, method, asked, On::Node(node))
}

impl NodeCall {
    /// Takes the call to its end and answers it, whether anyone waits for that or not.
    pub(crate) async fn run(mut self, mut running: Arc<Running>, mut run: Run, mut left: Left) {
        let Ok(node) = running.node().map(|node| node.uuid()) else { return };
        for _ in 1..LOOKUPS {
            if self.attempt(&running, run, left).await == Attempt::Ended {
                return;
            }
            match self.look_up_again(node, &running).await {
                Ok(again) => ((running, run), left) = (again, Left::All),
                Err(error) => return self.refuse(&running, error).await,
            }
        }
        if self.attempt(&running, run, left).await == Attempt::NodeChanged {
            self.refuse(&running, Error::NodeChanged { node }).await;
        }
    }

    async fn look_up_again(&self, node: Uuid, before: &Running) -> Result<(Arc<Running>, Run)> {
        let (call, context, span) = (before.call(), before.context(), &Span::current());
        let (method, http_method, body) = (call.method().name, call.http_method(), call.body());
        let asked = Asked { context, span, limits: self.limits, method, http_method, body };
        let conductor = before.conductor();
        prepared(conductor, conductor.node(node.into()).await?, asked)
    }

    async fn attempt(&mut self, running: &Running, run: Run, left: Left) -> Attempt {
        if let Left::All = left {
            match self.lock(running).await {
                Some(Ok(())) => {}
                Some(Err(Error::NodeChanged { .. })) => return Attempt::NodeChanged,
                Some(Err(error)) => {
                    self.refuse(running, error).await;
                    return Attempt::Ended;
                }
                None => {
                    tracing::info!("the caller went away before the node was free");
                    return Attempt::Ended;
                }
            }
        }
        self.began = true;
        let caller = std::mem::take(&mut self.caller);
        match running.supervise(run, left, caller).await {
            Ended::Finally => Attempt::Ended,
            Ended::NodeChanged(caller) => {
                self.caller = caller;
                Attempt::NodeChanged
            }
        }
    }

    /// Waits for the lock that the method takes, as long as its caller does; `None` once that is
    /// gone. What has begun goes on without it.
    async fn lock(&mut self, running: &Running) -> Option<Result<()>> {
        if running.method().lock() != Some(Lock::Exclusive) {
            return Some(running.lock().await);
        }
        let Self { caller, began, .. } = self;
        let locked = async { Some(running.lock().await) };
        let gone = async {
            if *began {
                std::future::pending::<()>().await;
            }
            caller.gone().await;
            None
        };
        let shut_down = async {
            running.conductor().interrupt.cancelled().await;
            Some(Err(Error::ShuttingDown))
        };
        race(race(gone, shut_down), locked).await
    }

    /// Answers a call that does not run. If it began before its node changed and nobody waits for
    /// it any more, why is recorded.
    async fn refuse(&mut self, running: &Running, error: Error) {
        log_failure(&error);
        let cut_short = matches!(error, Error::ShuttingDown);
        if let (Some(Err(error)), true) = (self.caller.answer(Err(error)), self.began) {
            running.record(&error).await;
        }
        running.conductor().count(cut_short);
    }
}
