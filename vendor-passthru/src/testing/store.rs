//! A store in memory that remembers which calls reserved the node.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::{
    Attempt, Holder, LockStore, MemoryStore, Node, NodeIdent, NodeStore, Reservation, StoreError,
    Uuid,
};

#[derive(Clone, Debug, Default)]
pub(super) struct TestStore {
    pub(super) memory: MemoryStore,
    reserved_by: Arc<Mutex<HashSet<Arc<str>>>>,
}

impl TestStore {
    #[expect(clippy::expect_used, reason = "an empty store has room for any node")]
    pub(super) fn with(node: Node) -> Self {
        let store = Self::default();
        store.memory.insert(node).expect("the store is empty");
        store
    }

    pub(super) fn was_reserved_by(&self, call: &str) -> bool {
        self.calls().contains(call)
    }

    fn remember(&self, holder: &Holder, attempt: &Result<Attempt, StoreError>) {
        if let Ok(Attempt::Acquired { .. }) = attempt {
            self.calls().insert(Arc::clone(&holder.call));
        }
    }

    fn calls(&self) -> MutexGuard<'_, HashSet<Arc<str>>> {
        self.reserved_by.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl NodeStore for TestStore {
    async fn find(&self, ident: NodeIdent<'_>) -> Result<Option<Arc<Node>>, StoreError> {
        self.memory.find(ident).await
    }

    fn find_now(&self, ident: NodeIdent<'_>) -> Option<Result<Option<Arc<Node>>, StoreError>> {
        self.memory.find_now(ident)
    }

    async fn save(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        self.memory.save(node, fence).await
    }

    async fn record_failure(&self, node: Uuid, last_error: &str) -> Result<(), StoreError> {
        self.memory.record_failure(node, last_error).await
    }
}

#[async_trait]
impl LockStore for TestStore {
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        let attempt = self.memory.try_acquire(node, holder).await;
        self.remember(holder, &attempt);
        attempt
    }

    fn try_acquire_now(&self, node: Uuid, holder: &Holder) -> Option<Result<Attempt, StoreError>> {
        let attempt = self.memory.try_acquire_now(node, holder)?;
        self.remember(holder, &attempt);
        Some(attempt)
    }

    async fn wait_ended(&self, node: Uuid, fence: u64) {
        self.memory.wait_ended(node, fence).await;
    }

    async fn release(&self, node: Uuid, fence: u64) -> Result<bool, StoreError> {
        self.memory.release(node, fence).await
    }

    fn release_now(&self, node: Uuid, fence: u64) -> Option<Result<bool, StoreError>> {
        self.memory.release_now(node, fence)
    }

    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>, StoreError> {
        self.memory.reservation(node).await
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError> {
        self.memory.reservations().await
    }
}
