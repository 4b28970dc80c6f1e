//! A call of a node method from the moment it is found: it waits for its lock and runs, and where
//! its node turns out to have another driver or interface by then, it is looked up again.

use std::sync::Arc;

use bytes::Bytes;
use uuid::Uuid;

use crate::caller::Caller;
use crate::conductor::Conductor;
use crate::failure::Failure;
use crate::limits::{CallLimits, Limits};
use crate::locks::Held;
use crate::metadata::Lock;
use crate::run::{Run, caught};
use crate::running::{Ended, On, Running, log_failure};
use crate::sync::race;
use crate::vendor_methods::NodeRun;
use crate::{Call, Context, Error, HttpMethod, Node, NodeIdent, Result, Task};

/// How often one call is looked up because its node changed while it waited.
const LOOKUPS: usize = 10;

/// Whoever calls a node method, and how.
pub(crate) struct NodeCall {
    pub(crate) conductor: Arc<Conductor>,
    pub(crate) context: Context,
    pub(crate) limits: CallLimits,
    pub(crate) caller: Caller,
    /// Whether its method began, before the node turned out to have changed.
    pub(crate) ran: bool,
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

impl Conductor {
    /// The node, its method, and the method's arguments, in this order.
    pub(crate) async fn find(
        &self,
        node: NodeIdent<'_>,
        method: &str,
        http_method: HttpMethod,
        body: Bytes,
    ) -> Result<Found> {
        let node = self.node(node).await?;
        let (call, run) = self.registry.node_method(&node, method)?.call(http_method, body)?;
        Ok(Found { node, call, run })
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
            let method = call.method().name;
            let again = self.conductor.find(node.into(), method, call.http_method(), call.body());
            match again.await {
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
        let mut attempt = Attempt::Ended;
        match self.lock(node, &call).await {
            Some(Ok(locked)) => return self.run_locked(locked, call, run).await,
            Some(Err(Error::NodeChanged { .. })) => attempt = Attempt::NodeChanged,
            Some(Err(error)) => self.refuse(uuid, &call, error).await,
            None => tracing::info!("the caller went away before the node was free"),
        }
        // The arguments are of their author's types.
        caught(|| drop(run));
        attempt
    }

    /// Waits for the lock that the method takes, as long as its caller does; `None` once that is
    /// gone.
    async fn lock(&mut self, node: Arc<Node>, call: &Call) -> Option<Result<Locked>> {
        if call.method().lock() != Some(Lock::Exclusive) {
            tracing::Span::current().record("lock", Lock::Shared.as_str());
            return Some(Ok((None, node)));
        }
        let Self { conductor, context, caller, .. } = self;
        let wait = self.limits.lock_wait.unwrap_or(conductor.limits.lock_wait);
        let locked = async {
            let locked = conductor.lock(&node, context, call, wait).await;
            Some(locked.map(|(held, fresh)| (Some(held), fresh)))
        };
        let gone = async {
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
        let run = Run::new(run(Task::new(Arc::clone(&running), node)));
        let caller = std::mem::replace(&mut self.caller, Caller::answered());
        self.ran = true;
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

    /// Answers a call that does not run. One that ran before its node changed is recorded if nobody
    /// waits for its answer.
    async fn refuse(&mut self, node: Uuid, call: &Call, error: Error) {
        log_failure(&error);
        self.conductor.count(&error);
        if let (Some(Err(error)), true) = (self.caller.answer(Err(error)), self.ran) {
            let (method, request) = (call.method().name, self.context.request_id());
            let failure = Failure::now(method, error.to_string(), request);
            self.conductor.record(On::Node(node), failure).await;
        }
    }
}
