//! A good store that takes its time, as a database does, and is told of nothing: it asks again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;
use vendor_passthru::testing::conformance::Subject;
use vendor_passthru::{
    Attempt, Holder, LockStore, MemoryStore, Node, NodeIdent, NodeStore, Reservation, StoreError,
    Uuid, async_trait,
};

#[derive(Clone, Default)]
pub(crate) struct Slow(MemoryStore);

impl Subject for Slow {
    type Store = Self;

    fn store(&self) -> Arc<Self> {
        Arc::new(self.clone())
    }

    async fn add(&self, node: Node) {
        self.0.insert(node).unwrap();
    }

    async fn remove(&self, node: Uuid) {
        self.0.remove(node);
    }
}

/// The way to the database, and the way back.
async fn slowly<T>(answer: impl Future<Output = T>) -> T {
    sleep(Duration::from_millis(5)).await;
    let answer = answer.await;
    sleep(Duration::from_millis(5)).await;
    answer
}

#[async_trait]
impl LockStore for Slow {
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        slowly(self.0.try_acquire(node, holder)).await
    }

    async fn wait_ended(&self, _node: Uuid, _fence: u64) {
        sleep(Duration::from_secs(1)).await;
    }

    async fn release(&self, node: Uuid, fence: u64) -> Result<bool, StoreError> {
        slowly(self.0.release(node, fence)).await
    }

    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>, StoreError> {
        slowly(self.0.reservation(node)).await
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError> {
        slowly(self.0.reservations()).await
    }
}

#[async_trait]
impl NodeStore for Slow {
    async fn find(&self, ident: NodeIdent<'_>) -> Result<Option<Arc<Node>>, StoreError> {
        slowly(self.0.find(ident)).await
    }

    async fn save(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        slowly(self.0.save(node, fence)).await
    }

    async fn record_failure(&self, node: Uuid, last_error: &str) -> Result<(), StoreError> {
        slowly(self.0.record_failure(node, last_error)).await
    }
}
