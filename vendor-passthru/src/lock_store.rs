//! Where exclusive locks are kept: reservations, who holds them, and the seam to a database.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use uuid::Uuid;

use crate::StoreError;

/// Keeps at most one reservation for each node.
///
/// Waiting in order of arrival is not its business: a conductor lets one call of its own at a time
/// try for a node. An implementation is called from many tasks at once, bounds the time it takes to
/// answer, and holds nothing that all nodes share across an await. `testing::conformance` (feature
/// `testing`) is what it has to pass.
#[async_trait]
pub trait LockStore: Send + Sync + 'static {
    /// Reserves the node for `holder` if nobody has it, under a fence larger than any before. That
    /// includes those of a node that was removed and added again: a task that held the one before
    /// must not save into this one.
    ///
    /// Run to its end even where the caller goes away, unless the runtime itself ends.
    ///
    /// # Errors
    ///
    /// [`StoreError::NodeNotFound`] when there is no such node. [`StoreError::Backend`] when the
    /// store cannot be asked; should the node be reserved all the same, its next caller in this
    /// conductor releases it.
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError>;

    /// Does what [`try_acquire`](Self::try_acquire) does, where nothing has to be waited for, as in
    /// memory. `None`, the default, has done nothing: `try_acquire` is asked.
    fn try_acquire_now(&self, node: Uuid, holder: &Holder) -> Option<Result<Attempt, StoreError>> {
        let _ = (node, holder);
        None
    }

    /// Completes when the reservation of this fence has ended, released, broken or gone with its
    /// node; at once if it has already. It may complete early, but not at once again and again: a
    /// store that is not told of changes asks for them at its own pace.
    ///
    /// Dropping it ends the wait and nothing else.
    async fn wait_ended(&self, node: Uuid, fence: u64);

    /// Ends the reservation of this fence, and tells whether there was one. Any other reservation
    /// is left alone; a node that is gone, or free, is no error.
    ///
    /// # Errors
    ///
    /// [`StoreError::Backend`] when the store cannot be asked.
    async fn release(&self, node: Uuid, fence: u64) -> Result<bool, StoreError>;

    /// Does what [`release`](Self::release) does, where nothing has to be waited for, as in memory.
    /// `None`, the default, has done nothing: `release` is asked.
    fn release_now(&self, node: Uuid, fence: u64) -> Option<Result<bool, StoreError>> {
        let _ = (node, fence);
        None
    }

    /// The reservation of a node, if it has one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Backend`] when the store cannot be asked.
    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>, StoreError>;

    /// All reservations there are, each with its node, in no order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Backend`] when the store cannot be asked.
    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError>;
}

/// What came of one attempt to reserve a node.
#[derive(Clone, Debug)]
pub enum Attempt {
    /// It is reserved now, under this fence.
    Acquired {
        /// Grows with every reservation of the node; what is saved carries it.
        fence: u64,
    },
    /// Someone else has it.
    Held(Reservation),
}

/// Who holds a reservation, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holder {
    /// The conductor's name.
    pub conductor: Arc<str>,
    /// This life of the conductor: a new one with each start.
    pub session: Uuid,
    /// The request id of the call.
    pub call: Arc<str>,
    /// What it is held for, such as ``vendor method `send_raw` ``.
    pub purpose: Cow<'static, str>,
}

impl Holder {
    /// A holder from its parts.
    #[must_use]
    pub fn new(
        conductor: impl Into<Arc<str>>,
        session: Uuid,
        call: impl Into<Arc<str>>,
        purpose: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { conductor: conductor.into(), session, call: call.into(), purpose: purpose.into() }
    }
}

/// The stored exclusive lock of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Who has it.
    pub holder: Holder,
    /// Since when, by the store's clock.
    pub since: SystemTime,
    /// Its fence.
    pub fence: u64,
}

impl fmt::Display for Reservation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let age = self.since.elapsed().unwrap_or_default().as_secs();
        let Holder { conductor, call, purpose, .. } = &self.holder;
        write!(f, "conductor {conductor} for {purpose} ({call}) since {age} s")
    }
}
