//! Nodes and reservations in the memory of one process.
//! The store of a conductor without a database, and of tests.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;
use uuid::Uuid;

use crate::shards::Shards;
use crate::sync::atomic::{AtomicU64, Ordering};
use crate::sync::{Notify, RwLock};
use crate::{Attempt, Holder, LockStore, Node, NodeIdent, NodeStore, Reservation, StoreError};

/// A [`NodeStore`] and [`LockStore`] that forgets everything when the process ends.
///
/// Nodes are spread over many small tables, so that calls on different nodes do not wait for
/// each other. Cloning it is cheap; all clones are the same store.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Tables>);

#[derive(Debug, Default)]
struct Tables {
    records: Shards<Record>,
    names: RwLock<HashMap<String, Uuid>>,
    /// The largest fence that a node had when it was deleted. Nodes begin above it, lest a task of
    /// a deleted node saves into the one that was added under its UUID. Changed under `names`.
    past_fence: AtomicU64,
}

/// A node in its table, under whose lock nothing is done that takes long.
#[derive(Clone, Debug)]
struct Record {
    node: Arc<Node>,
    /// Apart from the node, of which most are free: what nobody holds takes no room for it.
    held: Option<Arc<Held>>,
    /// The fence of the latest reservation.
    fence: u64,
}

#[derive(Debug)]
struct Held {
    reservation: Reservation,
    /// Told when it ends, once it is out of the table.
    ended: Notify,
}

impl Record {
    fn is_held_under(&self, fence: u64) -> bool {
        self.held.as_ref().is_some_and(|held| held.reservation.fence == fence)
    }
}

/// A node cannot be added: its UUID or its name is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is taken by another node")]
pub struct Taken(String);

impl MemoryStore {
    /// A store without nodes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a node.
    ///
    /// # Errors
    ///
    /// [`Taken`] when its UUID or its name belongs to another node.
    pub fn insert(&self, node: Node) -> Result<(), Taken> {
        let uuid = node.uuid();
        let mut names = self.0.names.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = node.name.as_ref().filter(|name| names.contains_key(*name)) {
            return Err(Taken(format!("name {name:?}")));
        }
        let name = node.name.clone();
        let fence = self.0.past_fence.load(Ordering::Relaxed);
        let record = Record { node: Arc::new(node), held: None, fence };
        match self.0.records.slot(uuid).entry() {
            Entry::Occupied(_) => return Err(Taken(format!("UUID {uuid}"))),
            Entry::Vacant(slot) => slot.insert(record),
        };
        names.extend(name.map(|name| (name, uuid)));
        Ok(())
    }

    /// Deletes a node, even while a task holds it; that task can save nothing any more.
    pub fn remove(&self, node: Uuid) {
        let mut names = self.0.names.write().unwrap_or_else(PoisonError::into_inner);
        let Some(record) = self.0.records.slot(node).remove() else { return };
        self.0.past_fence.fetch_max(record.fence, Ordering::Relaxed);
        if let Some(name) = &record.node.name {
            names.remove(name);
        }
        if let Some(held) = record.held {
            held.ended.notify_waiters();
        }
    }

    /// All nodes, in order of their UUIDs.
    #[must_use]
    pub fn nodes(&self) -> Vec<Arc<Node>> {
        let mut nodes: Vec<_> = self.0.records.values().map(|record| record.node).collect();
        nodes.sort_by_key(|node| node.uuid());
        nodes
    }

    fn by_name(&self, name: &str) -> Option<Uuid> {
        self.0.names.read().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }

    fn found(&self, ident: NodeIdent<'_>) -> Option<Arc<Node>> {
        let uuid = match ident {
            NodeIdent::Uuid(uuid) => uuid,
            NodeIdent::Name(name) => self.by_name(name)?,
        };
        let node = Arc::clone(&self.0.records.slot(uuid).get()?.node);
        // It may have given the name up since the name led to it.
        let is_meant = match ident {
            NodeIdent::Uuid(_) => true,
            NodeIdent::Name(name) => node.name.as_deref() == Some(name),
        };
        is_meant.then_some(node)
    }

    fn reserve(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        let mut slot = self.0.records.slot(node);
        let record = slot.get_mut().ok_or(StoreError::NodeNotFound)?;
        if let Some(held) = &record.held {
            return Ok(Attempt::Held(held.reservation.clone()));
        }
        record.fence += 1;
        let fence = record.fence;
        let holder = holder.clone();
        let reservation = Reservation { holder, since: SystemTime::now(), fence };
        record.held = Some(Arc::new(Held { reservation, ended: Notify::new() }));
        Ok(Attempt::Acquired { fence })
    }

    /// The reservation of this fence, if it is there.
    fn held(&self, node: Uuid, fence: u64) -> Option<Arc<Held>> {
        let slot = self.0.records.slot(node);
        slot.get().filter(|record| record.is_held_under(fence))?.held.clone()
    }

    /// Tells whether this reservation was there.
    fn end(&self, node: Uuid, fence: u64) -> bool {
        let mut slot = self.0.records.slot(node);
        let ended = slot
            .get_mut()
            .and_then(|record| record.held.take_if(|held| held.reservation.fence == fence));
        drop(slot);
        let Some(held) = ended else { return false };
        // Who waits for its end has a share in it, and nobody gets one any more.
        if Arc::strong_count(&held) > 1 {
            held.ended.notify_waiters();
        }
        true
    }
}

/// Gives the node its new name, unless it is another's.
fn rename(names: &mut HashMap<String, Uuid>, old: &Node, new: &Node) -> Result<(), StoreError> {
    let others = |name: &&String| names.get(*name).is_some_and(|owner| *owner != new.uuid());
    if let Some(name) = new.name.as_ref().filter(others) {
        return Err(StoreError::Backend(Taken(format!("name {name:?}")).into()));
    }
    if let Some(name) = &old.name {
        names.remove(name);
    }
    names.extend(new.name.clone().map(|name| (name, new.uuid())));
    Ok(())
}

#[async_trait]
impl NodeStore for MemoryStore {
    async fn find(&self, ident: NodeIdent<'_>) -> Result<Option<Arc<Node>>, StoreError> {
        Ok(self.found(ident))
    }

    fn find_now(&self, ident: NodeIdent<'_>) -> Option<Result<Option<Arc<Node>>, StoreError>> {
        Some(Ok(self.found(ident)))
    }

    async fn save(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        let uuid = node.uuid();
        let mut saved = node.clone();
        let mut names = None;
        let mut slot = self.0.records.slot(uuid);
        // The table of names is shared by all nodes: only a new name may wait for it.
        if slot.get().is_some_and(|record| record.node.name != node.name) {
            drop(slot);
            names = Some(self.0.names.write().unwrap_or_else(PoisonError::into_inner));
            slot = self.0.records.slot(uuid);
        }
        let record = slot.get_mut().ok_or(StoreError::NodeNotFound)?;
        if !record.is_held_under(fence) {
            return Err(StoreError::Fenced);
        }
        if let Some(names) = &mut names {
            rename(names, &record.node, node)?;
        }
        saved.last_error.clone_from(&record.node.last_error);
        let before = std::mem::replace(&mut record.node, Arc::new(saved));
        // It may be a large one to be freed.
        drop((slot, names));
        drop(before);
        Ok(())
    }

    async fn record_failure(&self, node: Uuid, last_error: &str) -> Result<(), StoreError> {
        let mut slot = self.0.records.slot(node);
        let record = slot.get_mut().ok_or(StoreError::NodeNotFound)?;
        Arc::make_mut(&mut record.node).last_error = Some(last_error.to_owned());
        Ok(())
    }
}

#[async_trait]
impl LockStore for MemoryStore {
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        self.reserve(node, holder)
    }

    fn try_acquire_now(&self, node: Uuid, holder: &Holder) -> Option<Result<Attempt, StoreError>> {
        Some(self.reserve(node, holder))
    }

    async fn wait_ended(&self, node: Uuid, fence: u64) {
        let Some(held) = self.held(node, fence) else { return };
        // Listening begins here, before looking again, so that an end in between is not missed.
        let ended = held.ended.notified();
        if self.held(node, fence).is_some() {
            ended.await;
        }
    }

    async fn release(&self, node: Uuid, fence: u64) -> Result<bool, StoreError> {
        Ok(self.end(node, fence))
    }

    fn release_now(&self, node: Uuid, fence: u64) -> Option<Result<bool, StoreError>> {
        Some(Ok(self.end(node, fence)))
    }

    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>, StoreError> {
        let slot = self.0.records.slot(node);
        let held = slot.get().and_then(|record| record.held.as_ref());
        Ok(held.map(|held| held.reservation.clone()))
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError> {
        let held =
            |record: Record| record.held.map(|held| (record.node.uuid(), held.reservation.clone()));
        Ok(self.0.records.values().filter_map(held).collect())
    }
}

#[cfg(test)]
#[cfg(shuttle)]
mod model;
