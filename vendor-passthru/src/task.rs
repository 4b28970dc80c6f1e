//! A node held for the length of one call, under a shared or an exclusive lock.
//! What may be done with it is in the type: only an exclusive task changes its node.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::running::ThreadGuard;
use crate::running_call::RunningCall;
use crate::{Call, Cancellation, Context, Node, Result};

/// A node, held for one call.
///
/// `Task` alone is `Task<Exclusive>`: the call holds the node's reservation. A method with
/// `require_exclusive_lock = false` gets a `Task<Shared>`, which reads the node beside anyone
/// else. The lock is released when the call ends, however it ends; a method cannot release it.
///
/// A helper that must only run under the exclusive lock takes `&Task` and cannot be called
/// without one:
///
/// ```compile_fail
/// # use vendor_passthru::{Shared, Task};
/// fn flash_firmware(task: &Task) {}
///
/// fn method(task: &Task<Shared>) {
///     flash_firmware(task); // expected `&Task`, found `&Task<Shared>`
/// }
/// ```
pub struct Task<L = Exclusive> {
    running: RunningCall,
    node: Arc<Node>,
    lock: PhantomData<fn() -> L>,
}

/// The lock of a [`Task`] that holds its node's reservation.
#[derive(Clone, Copy, Debug)]
pub enum Exclusive {}

/// The lock of a [`Task`] that reads its node beside anyone else.
#[derive(Clone, Copy, Debug)]
pub enum Shared {}

/// The state of a [`Task`] in [`validate`](crate::VendorInterface::validate): the lock is the one
/// the method will run under, and the node can only be read.
#[derive(Clone, Copy, Debug)]
pub enum Validating {}

impl<L> Task<L> {
    /// The node as it was when its lock was taken, with the changes made through this task.
    #[must_use]
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// Who is calling.
    #[must_use]
    pub fn context(&self) -> &Context {
        self.running.context()
    }

    /// Completes when the method is to come to an end, as [`Cancellation`] says. After that
    /// nothing of the task can be saved any more, and an error that the method returns goes to the
    /// log: the call was [interrupted](crate::Error::Interrupted), whatever came of it.
    ///
    /// ```
    /// use vendor_passthru::prelude::*;
    ///
    /// # struct Session;
    /// # impl Session { async fn finished(&self) {} async fn abort(&self) {} }
    /// async fn erase(task: &Task, session: &Session) -> Result<()> {
    ///     let cancellation = task.cancellation();
    ///     let cancelled = cancellation.run_until_cancelled(session.finished()).await.is_none();
    ///     if cancelled {
    ///         session.abort().await;
    ///         return Err(VendorPassthruException::new("erasing was aborted").into());
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub async fn cancelled(&self) {
        self.context().cancellation().cancelled().await;
    }

    /// Whether the method is to come to an end; what a plain `fn` asks now and then.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.context().cancellation().is_cancelled()
    }

    /// The same to be passed on, such as to a thread or to a client of the BMC.
    #[must_use]
    pub fn cancellation(&self) -> Cancellation {
        self.context().cancellation()
    }
}

// Functions, since an author who tries a method of such a name would be told that it is private.

fn task<L>(running: RunningCall, node: Arc<Node>) -> Task<L> {
    Task { running, node, lock: PhantomData }
}

/// The task of a call that is to be validated.
pub(crate) fn validating(running: RunningCall) -> Result<Task<Validating>> {
    let node = running.node()?;
    Ok(task(running, node))
}

/// What is called.
pub(crate) fn call<L>(task: &Task<L>) -> &Call {
    task.running.call()
}

/// The method may run: takes a worker if the call is asynchronous.
pub(crate) fn started<L>(validated: Task<Validating>) -> Result<Task<L>> {
    validated.running.start(&validated.node.driver)?;
    Ok(task(validated.running, validated.node))
}

/// The reservation of a shared task's node, and the node read anew.
pub(crate) async fn upgraded(shared: &Task<Shared>) -> Result<Task<Exclusive>> {
    let node = shared.running.upgrade(&shared.node).await?;
    Ok(task(shared.running.clone(), node))
}

/// The method is a plain `fn`, on a thread of its own.
pub(crate) fn thread<L>(task: &Task<L>) -> ThreadGuard {
    task.running.thread()
}

impl Task<Shared> {
    /// Takes the node's reservation, waiting for it as an exclusive call does, and reads the node
    /// anew. The lock stays until the call ends, longer than the task that is returned.
    ///
    /// # Errors
    ///
    /// [`Error::NodeLocked`](crate::Error::NodeLocked) when somebody else keeps it; a second
    /// upgrade in the same call is answered so too, since the lock is not re-entrant.
    /// [`Error::NodeNotFound`](crate::Error::NodeNotFound) when the node was deleted.
    /// [`Error::NodeChanged`](crate::Error::NodeChanged) when it has another driver or vendor
    /// interface now: return that error, and the call is looked up and run again.
    /// [`Error::Interrupted`](crate::Error::Interrupted) when the task was cancelled.
    pub async fn upgrade_lock(&self) -> Result<Upgraded<'_>> {
        Ok(Upgraded { task: upgraded(self).await?, of: PhantomData })
    }
}

/// What [`Task::upgrade_lock`] gives: a [`Task<Exclusive>`](Task) that cannot outlive the call.
#[derive(Debug)]
pub struct Upgraded<'a> {
    task: Task<Exclusive>,
    of: PhantomData<&'a Task<Shared>>,
}

impl Deref for Upgraded<'_> {
    type Target = Task<Exclusive>;

    fn deref(&self) -> &Task<Exclusive> {
        &self.task
    }
}

impl DerefMut for Upgraded<'_> {
    fn deref_mut(&mut self) -> &mut Task<Exclusive> {
        &mut self.task
    }
}

impl Task<Exclusive> {
    /// The node, to be changed. Nothing is stored before [`save`](Self::save), and `last_error`
    /// never: a method that fails returns its error.
    #[must_use]
    pub fn node_mut(&mut self) -> &mut Node {
        Arc::make_mut(&mut self.node)
    }

    /// Stores the node as this task has it. A plain `fn` waits for that with
    /// `tokio::runtime::Handle::current().block_on(task.save())`.
    ///
    /// # Errors
    ///
    /// [`Error::ReservationLost`](crate::Error::ReservationLost) when the reservation is gone,
    /// [`Error::NodeNotFound`](crate::Error::NodeNotFound) when the node is, and
    /// [`Error::Interrupted`](crate::Error::Interrupted) when the task was cancelled: then nothing
    /// was stored. Dropped before it completes, the node may or may not have been stored, whole.
    pub async fn save(&mut self) -> Result<()> {
        self.running.save(&self.node).await
    }
}

impl<L> fmt::Debug for Task<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("node", &self.node.uuid()).finish_non_exhaustive()
    }
}
