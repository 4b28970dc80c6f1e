//! Broken nodes.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::task::yield_now;
use vendor_passthru::{
    Attempt, Holder, LockStore, Node, NodeIdent, NodeStore, StoreError, Uuid, async_trait,
};

use super::{Broken, Defect as D};

impl Broken {
    /// Saves in spite of the fence.
    async fn force(&self, node: &Node) -> Result<(), StoreError> {
        if let Some(fence) = self.present(node.uuid()).await {
            return self.memory().save(node, fence).await;
        }
        let holder = Holder::new("nobody", Uuid::nil(), "", "");
        if let Attempt::Acquired { fence } = self.memory().try_acquire(node.uuid(), &holder).await?
        {
            self.memory().save(node, fence).await?;
            self.memory().release(node.uuid(), fence).await?;
        }
        Ok(())
    }

    async fn stored(&self, node: Uuid) -> Result<Node, StoreError> {
        let stored = self.memory().find(node.into()).await?.ok_or(StoreError::NodeNotFound)?;
        Ok(Arc::unwrap_or_clone(stored))
    }

    /// Saves half of the node, and some time later the rest.
    async fn save_in_two_steps(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        let mut half = self.stored(node.uuid()).await?;
        half.name.clone_from(&node.name);
        half.driver.clone_from(&node.driver);
        self.memory().save(&half, fence).await?;
        yield_now().await;
        self.memory().save(node, fence).await
    }

    async fn save_under_a_free_name(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        let mut unnamed = node.clone();
        unnamed.name = self.stored(node.uuid()).await?.name;
        self.memory().save(&unnamed, fence).await
    }

    async fn try_save(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        let uuid = node.uuid();
        let before = self.stored(uuid).await?;
        let reserved = self.present(uuid).await;
        match self.shared.defect {
            D::SavesUnderAnyFence => self.force(node).await,
            D::SavesUnderOlderFences if reserved.is_some_and(|present| fence <= present) => {
                self.force(node).await
            }
            D::SavesUnderOneFenceForEver
                if self.shared.saved_under.lock().unwrap().contains(&(uuid, fence)) =>
            {
                self.force(node).await
            }
            D::SavesTheLastError => {
                self.memory().save(node, fence).await?;
                match &node.last_error {
                    Some(last_error) => self.memory().record_failure(uuid, last_error).await,
                    None => Ok(()),
                }
            }
            D::SavesAnOldLastError => {
                yield_now().await;
                self.memory().save(node, fence).await?;
                match &before.last_error {
                    Some(last_error) => self.memory().record_failure(uuid, last_error).await,
                    None => Ok(()),
                }
            }
            D::SavesTheLastErrorItFound => {
                self.memory().save(node, fence).await?;
                let found = self.copies.lock().unwrap().get(&uuid).cloned();
                match found.as_ref().and_then(|found| found.last_error.as_ref()) {
                    Some(last_error) => self.memory().record_failure(uuid, last_error).await,
                    None => Ok(()),
                }
            }
            D::SavesNoInterface => {
                let mut saved = node.clone();
                saved.vendor_interface = before.vendor_interface;
                self.memory().save(&saved, fence).await
            }
            D::SavesInTwoSteps => self.save_in_two_steps(node, fence).await,
            D::IsHalfSavedWhenDropped => {
                let _steps = self.shared.steps.lock().await;
                self.save_in_two_steps(node, fence).await
            }
            D::ComparesLastErrors
                if reserved == Some(fence) && before.last_error != node.last_error =>
            {
                Err(StoreError::Backend("the node has changed".into()))
            }
            D::SavesOneAtATime if reserved == Some(fence) => {
                if self.shared.saving.swap(true, Ordering::SeqCst) {
                    return Err(StoreError::Backend("could not serialize access".into()));
                }
                yield_now().await;
                let saved = self.memory().save(node, fence).await;
                self.shared.saving.store(false, Ordering::SeqCst);
                saved
            }
            D::SwallowsTakenNames => match self.memory().save(node, fence).await {
                Err(StoreError::Backend(_)) => self.save_under_a_free_name(node, fence).await,
                saved => saved,
            },
            D::SavesTheRestUnderATakenName => {
                let saved = self.memory().save(node, fence).await;
                if matches!(saved, Err(StoreError::Backend(_))) {
                    self.save_under_a_free_name(node, fence).await?;
                }
                saved
            }
            D::LooksBeforeItRenames => {
                let name = NodeIdent::Name(node.name.as_deref().unwrap_or_default());
                if self.memory().find(name).await?.is_some_and(|owner| owner.uuid() != uuid) {
                    return Err(StoreError::Backend("the name is taken".into()));
                }
                yield_now().await;
                match self.memory().save(node, fence).await {
                    Err(StoreError::Backend(_)) => self.save_under_a_free_name(node, fence).await,
                    saved => saved,
                }
            }
            _ => self.memory().save(node, fence).await,
        }
    }
}

#[async_trait]
impl NodeStore for Broken {
    async fn find(&self, ident: NodeIdent<'_>) -> Result<Option<Arc<Node>>, StoreError> {
        match (self.shared.defect, ident) {
            (D::IgnoresCase, NodeIdent::Name(name)) => {
                self.memory().find(NodeIdent::Name(&name.to_lowercase())).await
            }
            (D::FindsAnOldCopy, NodeIdent::Uuid(uuid)) => {
                let Some(found) = self.memory().find(ident).await? else { return Ok(None) };
                Ok(Some(Arc::clone(self.copies.lock().unwrap().entry(uuid).or_insert(found))))
            }
            (D::SavesTheLastErrorItFound, NodeIdent::Uuid(uuid)) => {
                let found = self.memory().find(ident).await?;
                let copy = found.clone().map(|found| (uuid, found));
                self.copies.lock().unwrap().extend(copy);
                Ok(found)
            }
            (D::FindsByNameInTwoSteps, NodeIdent::Name(_)) => {
                let Some(found) = self.memory().find(ident).await? else { return Ok(None) };
                yield_now().await;
                self.memory().find(found.uuid().into()).await
            }
            (D::KeepsOldNames, NodeIdent::Name(name)) => {
                let old = self.shared.old_names.lock().unwrap().get(name).copied();
                match (self.memory().find(ident).await?, old) {
                    (None, Some(uuid)) => self.memory().find(uuid.into()).await,
                    (found, _) => Ok(found),
                }
            }
            (D::IsHalfSavedWhenDropped, _) => {
                let _steps = self.shared.steps.lock().await;
                self.memory().find(ident).await
            }
            _ => self.memory().find(ident).await,
        }
    }

    fn find_now(&self, ident: NodeIdent<'_>) -> Option<Result<Option<Arc<Node>>, StoreError>> {
        match (self.shared.defect, ident) {
            (D::FindsAnOldCopyAtOnce, NodeIdent::Uuid(uuid)) => {
                let Ok(Some(found)) = self.memory().find_now(ident)? else { return None };
                let mut copies = self.copies.lock().unwrap();
                Some(Ok(Some(Arc::clone(copies.entry(uuid).or_insert(found)))))
            }
            (D::IgnoresCaseAtOnce, NodeIdent::Name(name)) => {
                self.memory().find_now(NodeIdent::Name(&name.to_lowercase()))
            }
            (D::FindsNoNamesAtOnce, NodeIdent::Name(_)) => Some(Ok(None)),
            _ => None,
        }
    }

    async fn save(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        let (uuid, fence) = (node.uuid(), self.real(node.uuid(), fence).await);
        let before = self.memory().find(uuid.into()).await?;
        if before.is_none() && self.has(D::AddsUnknownNodes) {
            self.memory().insert(node.clone()).unwrap();
            return Ok(());
        }
        self.try_save(node, fence).await?;
        self.shared.saved_under.lock().unwrap().insert((uuid, fence));
        let old = before.and_then(|before| before.name.clone());
        self.shared.old_names.lock().unwrap().extend(old.map(|name| (name, uuid)));
        Ok(())
    }

    async fn record_failure(&self, node: Uuid, last_error: &str) -> Result<(), StoreError> {
        let held = self.present(node).await.is_some();
        let before = self.stored(node).await;
        match (self.shared.defect, before) {
            (D::RecordsTheFirstFailure, Ok(before)) if before.last_error.is_some() => Ok(()),
            (D::RecordsNoFailureOfAHeldNode, _) if held => Err(StoreError::Fenced),
            (D::RecordsFailuresOfUnknownNodes, Err(_)) => Ok(()),
            (D::RecordsWithAnOldCopy, Ok(before)) => {
                yield_now().await;
                self.force(&before).await?;
                self.memory().record_failure(node, last_error).await
            }
            _ => self.memory().record_failure(node, last_error).await,
        }
    }
}
