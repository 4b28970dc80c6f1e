//! A call of a node method from the moment it is found: it waits for its lock and runs, and where
//! its node turns out to have another driver or interface by then, it is looked up again.

use std::sync::Arc;

use bytes::Bytes;
use tokio_util::task::task_tracker::TaskTrackerToken;
use uuid::Uuid;

use crate::caller::Caller;
use crate::conductor::Conductor;
use crate::failure::Failure;
use crate::limits::{CallLimits, LOOKUPS, Limits};
use crate::locks::Held;
use crate::metadata::{Lock, MethodMetadata};
use crate::run::{Run, caught};
use crate::running::{Ended, On, Running, log_failure};
use crate::sync::race;
use crate::vendor_methods::NodeRun;
use crate::{Call, Context, Error, HttpMethod, Node, NodeIdent, Result, task};

/// Whoever calls a node method, and how.
pub(crate) struct NodeCall {
    pub(crate) conductor: Arc<Conductor>,
    pub(crate) context: Context,
    pub(crate) limits: CallLimits,
    pub(crate) caller: Caller,
    /// Whether the method has begun once, before its node turned out to have changed.
    pub(crate) began: bool,
    /// Shutting down waits for it.
    pub(crate) _token: TaskTrackerToken,
}

/// What a call was found to be.
pub(crate) struct Found {
    node: Arc<Node>,
    call: Call,
    run: NodeRun,
}

/// How a call came out that was looked up once.
#[derive(PartialEq, Eq)]
enum Attempt {
    Ended,
    NodeChanged,
}

/// A node under the lock of its call.
type Locked = (Option<Held>, Arc<Node>);

impl Found {
    /// The node, its method, and the method's arguments, in this order.
    pub(crate) async fn look_up(
        conductor: &Conductor,
        node: NodeIdent<'_>,
        method: &str,
        http_method: HttpMethod,
        body: Bytes,
    ) -> Result<Self> {
        let node = conductor.node(node).await?;
        let method = conductor.registry.node_method(&node, method)?;
        let (call, run) = method.call(http_method, body)?;
        Ok(Self { node, call, run })
    }

    pub(crate) fn method(&self) -> &'static MethodMetadata {
        self.call.method()
    }

    /// The same call once more.
    async fn again(conductor: &Conductor, node: Uuid, call: &Call) -> Result<Self> {
        let method = call.method().name;
        Self::look_up(conductor, node.into(), method, call.http_method(), call.body()).await
    }
}

impl NodeCall {
    /// Takes the call to its end and answers it, whether anyone waits for that or not.
    pub(crate) async fn run(mut self, mut found: Found) {
        let (node, call) = (found.node.uuid(), found.call.clone());
        for _ in 1..LOOKUPS {
            if self.attempt(found).await == Attempt::Ended {
                return;
            }
            match Found::again(&self.conductor, node, &call).await {
                Ok(again) => found = again,
                Err(error) => return self.refuse(node, &call, error).await,
            }
        }
        if self.attempt(found).await == Attempt::NodeChanged {
            self.refuse(node, &call, Error::NodeChanged { node }).await;
        }
    }

    async fn attempt(&mut self, found: Found) -> Attempt {
        let Found { node, call, run } = found;
        let uuid = node.uuid();
        let attempt = match self.lock(node, &call).await {
            Some(Ok(locked)) => return self.run_locked(locked, call, run).await,
            Some(Err(Error::NodeChanged { .. })) => Attempt::NodeChanged,
            Some(Err(error)) => {
                self.refuse(uuid, &call, error).await;
                Attempt::Ended
            }
            None => {
                tracing::info!("the caller went away before the node was free");
                Attempt::Ended
            }
        };
        // The arguments are of their author's types.
        caught(|| drop(run));
        attempt
    }

    /// Waits for the lock that the method takes, as long as its caller does; `None` once that is
    /// gone. What has begun goes on without it.
    async fn lock(&mut self, node: Arc<Node>, call: &Call) -> Option<Result<Locked>> {
        if call.method().lock() != Some(Lock::Exclusive) {
            tracing::Span::current().record("lock", Lock::Shared.as_str());
            return Some(Ok((None, node)));
        }
        let Self { conductor, context, caller, began, .. } = self;
        let wait = self.limits.lock_wait.unwrap_or(conductor.limits.lock_wait);
        let locked = async {
            let locked = conductor.lock(&node, context, call, wait).await;
            Some(locked.map(|(held, fresh)| (Some(held), fresh)))
        };
        let gone = async {
            if *began {
                std::future::pending::<()>().await;
            }
            caller.gone().await;
            None
        };
        let shut_down = async {
            conductor.interrupt.cancelled().await;
            Some(Err(Error::ShuttingDown))
        };
        race(race(gone, shut_down), locked).await
    }

    async fn run_locked(&mut self, (held, node): Locked, call: Call, run: NodeRun) -> Attempt {
        let limits = self.limits_of(&call);
        let (conductor, on) = (Arc::clone(&self.conductor), On::Node(node.uuid()));
        let running = Running::new(conductor, call, &self.context, on, limits).under(held);
        let running = Arc::new(running);
        let run = Run::new(run(task::validating(Arc::clone(&running), node)));
        let caller = std::mem::replace(&mut self.caller, Caller::answered());
        self.began = true;
        match running.supervise(run, caller).await {
            Ended::Finally => Attempt::Ended,
            Ended::NodeChanged(caller) => {
                self.caller = caller;
                Attempt::NodeChanged
            }
        }
    }

    fn limits_of(&self, call: &Call) -> Limits {
        self.conductor.limits.of(call.method(), self.limits)
    }

    /// Answers a call that does not run. If it began before its node changed and nobody waits for
    /// it any more, why is recorded.
    async fn refuse(&mut self, node: Uuid, call: &Call, error: Error) {
        log_failure(&error);
        let cut_short = matches!(error, Error::ShuttingDown);
        if let (Some(Err(error)), true) = (self.caller.answer(Err(error)), self.began) {
            let (method, request) = (call.method().name, self.context.request_id());
            let failure = Failure::now(method, error.to_string(), request);
            self.conductor.record(Some(node), failure).await;
        }
        self.conductor.count(cut_short);
    }
}
