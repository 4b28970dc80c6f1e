//! Broken locks.

use std::future::pending;

use tokio::sync::Notify;
use tokio::task::yield_now;
use vendor_passthru::{
    Attempt, Holder, LockStore, MemoryStore, Reservation, StoreError, Uuid, async_trait,
};

use super::{Broken, Defect as D};

impl Broken {
    /// Takes the node from whoever has it.
    async fn take(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        if let Some(fence) = self.present(node).await {
            self.memory().release(node, fence).await?;
        }
        self.memory().try_acquire(node, holder).await
    }

    async fn attempt(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        let held = self.memory().reservation(node).await?;
        let before = self.shared.given.lock().unwrap().iter().any(|(given, _)| *given == node);
        match (self.shared.defect, held) {
            (D::ReservesUnknownNodes, _) if !self.exists(node).await => {
                Ok(Attempt::Acquired { fence: 1 })
            }
            (D::GivesALockTwice, Some(_)) => self.take(node, holder).await,
            (D::IsReentrant, Some(held)) if held.holder == *holder => {
                Ok(Attempt::Acquired { fence: held.fence })
            }
            (D::LooksBeforeItTakes, None) => {
                yield_now().await;
                self.take(node, holder).await
            }
            (D::LooksBeforeItTakesAgain, None) if before => {
                yield_now().await;
                self.take(node, holder).await
            }
            (D::LocksOnlyWhereItWaits, _) => {
                let _steps = self.shared.steps.lock().await;
                let free = self.present(node).await.is_none() && self.exists(node).await;
                yield_now().await;
                if free {
                    return self.take(node, holder).await;
                }
                self.memory().try_acquire(node, holder).await
            }
            _ => self.memory().try_acquire(node, holder).await,
        }
    }

    /// Takes the node from whoever has it.
    fn take_now(&self, node: Uuid, holder: &Holder) -> Option<Result<Attempt, StoreError>> {
        match self.memory().try_acquire_now(node, holder)? {
            Ok(Attempt::Held(held)) => {
                drop(self.memory().release_now(node, held.fence));
                self.memory().try_acquire_now(node, holder)
            }
            taken => Some(taken),
        }
    }

    fn tell_of_the_end(&self) {
        self.own.notify_waiters();
        if self.has(D::WakesOne) {
            self.shared.ended.notify_one();
        } else {
            self.shared.ended.notify_waiters();
        }
    }

    /// Waits by a notification of its own, as long as this fence is present.
    async fn wait_for(&self, told: &Notify, node: Uuid, fence: u64) {
        loop {
            let mut told = std::pin::pin!(told.notified());
            told.as_mut().enable();
            if self.present(node).await != Some(fence) {
                return;
            }
            told.await;
        }
    }
}

#[async_trait]
impl LockStore for Broken {
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        let attempt = self.attempt(node, holder).await?;
        if let Some(held) = self.memory().reservation(node).await? {
            self.shared.given.lock().unwrap().push((node, held));
        }
        Ok(match attempt {
            Attempt::Acquired { fence } => Attempt::Acquired { fence: self.told(node, fence) },
            Attempt::Held(held) => Attempt::Held(self.told_reservation(node, held)),
        })
    }

    fn try_acquire_now(&self, node: Uuid, holder: &Holder) -> Option<Result<Attempt, StoreError>> {
        match self.shared.defect {
            D::ReservesAtOnceWithoutAnAnswer => {
                drop(self.memory().try_acquire_now(node, holder));
                None
            }
            D::ReservesAtOnceForItselfAlone => match self.memory().try_acquire_now(node, holder)? {
                Ok(Attempt::Acquired { fence }) => {
                    drop(self.memory().release_now(node, fence));
                    Some(Ok(Attempt::Acquired { fence }))
                }
                other => Some(other),
            },
            D::GivesALockTwiceAtOnce => self.take_now(node, holder),
            D::ReservesUnknownNodesAtOnce => match self.memory().try_acquire_now(node, holder)? {
                Err(StoreError::NodeNotFound) => Some(Ok(Attempt::Acquired { fence: 1 })),
                known => Some(known),
            },
            D::LocksOnlyWhereItWaits => self.memory().try_acquire_now(node, holder),
            D::CountsApartAtOnce => match self.memory().try_acquire_now(node, holder)? {
                Ok(Attempt::Acquired { fence }) => {
                    self.shared.at_once.lock().unwrap().insert((node, fence));
                    Some(Ok(Attempt::Acquired { fence: self.told(node, fence) }))
                }
                Ok(Attempt::Held(held)) => {
                    Some(Ok(Attempt::Held(self.told_reservation(node, held))))
                }
                refused => Some(refused),
            },
            _ => None,
        }
    }

    async fn wait_ended(&self, node: Uuid, fence: u64) {
        let fence = self.real(node, fence).await;
        match self.shared.defect {
            D::NeverEnds => pending().await,
            D::EndsAtOnce => {}
            D::EndsAfterAYield => yield_now().await,
            D::MissesReleases if self.present(node).await == Some(fence) => pending().await,
            D::LooksBeforeItListens if self.present(node).await == Some(fence) => {
                yield_now().await;
                self.shared.ended.notified().await;
            }
            D::MissesReleasesByOthers => {
                // It learns of removals.
                tokio::select! {
                    () = self.wait_for(&self.own, node, fence) => {}
                    () = async {
                        self.memory().wait_ended(node, fence).await;
                        if self.exists(node).await { pending().await }
                    } => {}
                }
            }
            D::MissesRemovals if self.exists(node).await => {
                self.memory().wait_ended(node, fence).await;
                if !self.exists(node).await {
                    pending::<()>().await;
                }
            }
            D::WaitsForAnyFence => {
                let present = self.present(node).await.unwrap_or_default();
                self.memory().wait_ended(node, present).await;
            }
            D::WakesOne | D::TellsNobodyAtOnce => {
                self.wait_for(&self.shared.ended, node, fence).await;
            }
            D::ReleasesOnDrop => {
                let _release = OnDrop { memory: self.memory().clone(), node, fence };
                self.memory().wait_ended(node, fence).await;
            }
            _ => self.memory().wait_ended(node, fence).await,
        }
    }

    async fn release(&self, node: Uuid, fence: u64) -> Result<bool, StoreError> {
        let fence = self.real(node, fence).await;
        let present = self.present(node).await;
        let given = self.shared.given.lock().unwrap().clone();
        let released = match self.shared.defect {
            D::ReleasesAnyFence => self.memory().release(node, present.unwrap_or(fence)).await?,
            D::ReleasesOlderFences if present.is_some_and(|present| fence <= present) => {
                self.memory().release(node, present.unwrap_or(fence)).await?
            }
            D::ReleasesNothing => true,
            D::ReleasesAllNodes => {
                let released = self.memory().release(node, fence).await?;
                for (node, held) in self.memory().reservations().await? {
                    self.memory().release(node, held.fence).await?;
                }
                released
            }
            D::AlwaysSaysReleased => {
                self.memory().release(node, fence).await?;
                true
            }
            D::LooksBeforeItReleases => {
                yield_now().await;
                self.memory().release(node, fence).await?;
                present == Some(fence)
            }
            D::ReleasesRemovedNodes if !self.exists(node).await => {
                given.iter().any(|(given, held)| (*given, held.fence) == (node, fence))
            }
            D::MissesUnknownNodes if !self.exists(node).await => {
                return Err(StoreError::NodeNotFound);
            }
            _ => self.memory().release(node, fence).await?,
        };
        self.tell_of_the_end();
        Ok(released)
    }

    fn release_now(&self, node: Uuid, fence: u64) -> Option<Result<bool, StoreError>> {
        match self.shared.defect {
            D::ReleasesAtOnceWithoutAnAnswer => {
                drop(self.memory().release_now(node, fence));
                None
            }
            D::ReleasesNothingAtOnce => Some(Ok(true)),
            D::ReleasesAnyFenceAtOnce => {
                let holder = Holder::new("nobody", Uuid::nil(), "", "");
                match self.memory().try_acquire_now(node, &holder)? {
                    Ok(Attempt::Held(held)) => self.memory().release_now(node, held.fence),
                    Ok(Attempt::Acquired { fence }) => {
                        drop(self.memory().release_now(node, fence));
                        Some(Ok(false))
                    }
                    Err(_) => Some(Ok(false)),
                }
            }
            D::TellsNobodyAtOnce => self.memory().release_now(node, fence),
            _ => None,
        }
    }

    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>, StoreError> {
        let held = self.memory().reservation(node).await?;
        match self.shared.defect {
            D::ForgetsReservations => Ok(None),
            D::KeepsReservationsOfRemovedNodes if !self.exists(node).await => {
                let given = self.shared.given.lock().unwrap();
                Ok(given.iter().rfind(|(given, _)| *given == node).map(|(_, held)| held.clone()))
            }
            _ => Ok(held.map(|held| self.told_reservation(node, held))),
        }
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError> {
        let all = self.memory().reservations().await?.into_iter();
        Ok(match self.shared.defect {
            D::ListsNoReservations => vec![],
            D::ListsNoNodes => all.map(|(_, held)| (Uuid::nil(), held)).collect(),
            _ => all.map(|(node, held)| (node, self.told_reservation(node, held))).collect(),
        })
    }
}

struct OnDrop {
    memory: MemoryStore,
    node: Uuid,
    fence: u64,
}

impl Drop for OnDrop {
    fn drop(&mut self) {
        let (memory, node, fence) = (self.memory.clone(), self.node, self.fence);
        tokio::spawn(async move { memory.release(node, fence).await });
    }
}
