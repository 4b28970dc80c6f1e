//! A store in memory that fails when it is told to, lets others go first, and tells the model of
//! all it does.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::task::yield_now;
use vendor_passthru::{
    Attempt, Holder, LockStore, MemoryStore, Node, NodeIdent, NodeStore, Reservation, StoreError,
    Uuid,
};

use crate::case::{How, StoreOp};
use crate::world::World;

#[derive(Clone)]
pub(crate) struct Store {
    pub(crate) memory: MemoryStore,
    pub(crate) world: World,
    pub(crate) yields: u8,
}

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    async fn let_others_go_first(&self) {
        for _ in 0..self.yields {
            yield_now().await;
        }
    }

    /// Something is asked of the store: fails now, or tells whether it is to fail after it is done.
    async fn asked(&self, what: StoreOp) -> Result<bool> {
        self.let_others_go_first().await;
        match self.world.fault(what) {
            Some(How::Before) => Err(planned()),
            Some(How::After) => Ok(true),
            None => Ok(false),
        }
    }

    async fn answers<T>(&self, value: T, fails: bool) -> Result<T> {
        self.let_others_go_first().await;
        if fails { Err(planned()) } else { Ok(value) }
    }
}

fn planned() -> StoreError {
    StoreError::Backend("a planned fault".into())
}

#[async_trait]
impl NodeStore for Store {
    async fn find(&self, ident: NodeIdent<'_>) -> Result<Option<Arc<Node>>> {
        let fails = self.asked(StoreOp::Find).await?;
        let found = self.memory.find(ident).await?;
        self.answers(found, fails).await
    }

    async fn save(&self, node: &Node, fence: u64) -> Result<()> {
        let told = self.world.told(node.uuid(), fence);
        let fails = self.asked(StoreOp::Save).await?;
        self.memory.save(node, fence).await?;
        self.world.saved(node, fence, told);
        self.answers((), fails).await
    }

    async fn record_failure(&self, node: Uuid, last_error: &str) -> Result<()> {
        let fails = self.asked(StoreOp::RecordFailure).await?;
        self.memory.record_failure(node, last_error).await?;
        self.world.recorded(node, last_error, fails);
        self.answers((), fails).await
    }
}

#[async_trait]
impl LockStore for Store {
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt> {
        let attempt = match self.asked(StoreOp::TryAcquire).await {
            Ok(fails) => self.memory.try_acquire(node, holder).await.map(|it| (it, fails)),
            Err(error) => Err(error),
        };
        self.world.tried(node, &holder.call, attempt.as_ref().ok());
        let (attempt, fails) = attempt?;
        self.answers(attempt, fails).await
    }

    async fn wait_ended(&self, node: Uuid, fence: u64) {
        if self.world.fault(StoreOp::WaitEnded).is_some() {
            // Early, but not at once.
            yield_now().await;
        } else {
            self.memory.wait_ended(node, fence).await;
        }
    }

    async fn release(&self, node: Uuid, fence: u64) -> Result<bool> {
        self.world.release_begins(node, fence);
        let fails = match self.asked(StoreOp::Release).await {
            Ok(fails) => fails,
            Err(error) => {
                self.world.release_ends(node, fence, true);
                return Err(error);
            }
        };
        let ended = self.memory.release(node, fence).await?;
        self.world.released(node, fence, ended);
        let answer = self.answers(ended, fails).await;
        self.world.release_ends(node, fence, fails);
        answer
    }

    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>> {
        let fails = self.asked(StoreOp::Reservation).await?;
        let reservation = self.memory.reservation(node).await?;
        self.answers(reservation, fails).await
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>> {
        let fails = self.asked(StoreOp::Reservations).await?;
        let reservations = self.memory.reservations().await?;
        self.answers(reservations, fails).await
    }
}
