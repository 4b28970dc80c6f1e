//! Nodes and reservations in the memory of one process.
//! The store of a conductor without a database, and of tests.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;
use uuid::Uuid;

use crate::shards::Shards;
use crate::sync::atomic::{AtomicU64, Ordering};
use crate::sync::{Mutex, MutexGuard, Notify, RwLock};
use crate::{Attempt, Holder, LockStore, Node, NodeIdent, NodeStore, Reservation, StoreError};

/// A [`NodeStore`] and [`LockStore`] that forgets everything when the process ends.
///
/// Nodes are spread over many small tables, so that calls on different nodes do not wait for
/// each other. Cloning it is cheap; all clones are the same store.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Tables>);

#[derive(Debug, Default)]
struct Tables {
    records: Shards<Uuid, Arc<Record>>,
    names: RwLock<HashMap<String, Uuid>>,
    /// The latest fence there was. One count for all nodes: one that is deleted and added anew gets
    /// none that a task of the old one still holds.
    fence: AtomicU64,
}

#[derive(Debug)]
struct Record {
    state: Mutex<State>,
    /// Told whenever a reservation ends.
    ended: Notify,
}

#[derive(Debug)]
struct State {
    node: Arc<Node>,
    reservation: Option<Reservation>,
    deleted: bool,
}

impl State {
    fn alive(&self) -> Result<(), StoreError> {
        if self.deleted { Err(StoreError::NodeNotFound) } else { Ok(()) }
    }

    fn check(&self, fence: u64) -> Result<(), StoreError> {
        self.alive()?;
        if self.holds(fence) { Ok(()) } else { Err(StoreError::Fenced) }
    }

    fn holds(&self, fence: u64) -> bool {
        self.reservation.as_ref().is_some_and(|held| held.fence == fence)
    }
}

impl Record {
    /// A panic cannot leave the state half-changed: nothing in here panics between two writes.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        let state = State { node: Arc::new(node), reservation: None, deleted: false };
        let record = Arc::new(Record { state: Mutex::new(state), ended: Notify::new() });
        let mut shard = self.0.records.shard(&uuid);
        if shard.contains_key(&uuid) {
            return Err(Taken(format!("UUID {uuid}")));
        }
        shard.insert(uuid, record);
        drop(shard);
        names.extend(name.map(|name| (name, uuid)));
        Ok(())
    }

    /// Deletes a node, even while a task holds it; that task can save nothing any more.
    pub fn remove(&self, node: Uuid) {
        let mut names = self.0.names.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(record) = self.0.records.shard(&node).remove(&node) {
            let mut state = record.state();
            state.deleted = true;
            state.reservation = None;
            names.retain(|_, uuid| *uuid != node);
            drop(state);
            record.ended.notify_waiters();
        }
    }

    /// All nodes, in order of their UUIDs.
    #[must_use]
    pub fn nodes(&self) -> Vec<Arc<Node>> {
        let mut nodes: Vec<_> =
            self.0.records.values().map(|record| Arc::clone(&record.state().node)).collect();
        nodes.sort_by_key(|node| node.uuid());
        nodes
    }

    fn record(&self, node: Uuid) -> Result<Arc<Record>, StoreError> {
        self.0.records.shard(&node).get(&node).cloned().ok_or(StoreError::NodeNotFound)
    }

    fn by_name(&self, name: &str) -> Option<Uuid> {
        self.0.names.read().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }
}

fn rename(names: &mut HashMap<String, Uuid>, node: &Node) -> Result<(), StoreError> {
    if let Some(name) = node.name.as_ref().filter(|name| names.contains_key(*name)) {
        return Err(StoreError::Backend(Taken(format!("name {name:?}")).into()));
    }
    names.retain(|_, uuid| *uuid != node.uuid());
    names.extend(node.name.clone().map(|name| (name, node.uuid())));
    Ok(())
}

#[async_trait]
impl NodeStore for MemoryStore {
    async fn find(&self, ident: NodeIdent<'_>) -> Result<Option<Arc<Node>>, StoreError> {
        let uuid = match ident {
            NodeIdent::Uuid(uuid) => Some(uuid),
            NodeIdent::Name(name) => self.by_name(name),
        };
        let record = uuid.and_then(|uuid| self.record(uuid).ok());
        Ok(record.map(|record| Arc::clone(&record.state().node)))
    }

    async fn save(&self, node: &Node, fence: u64) -> Result<(), StoreError> {
        let record = self.record(node.uuid())?;
        // The table of names is shared by all nodes: only a new name may wait for it.
        let renamed = record.state().node.name != node.name;
        let mut names =
            renamed.then(|| self.0.names.write().unwrap_or_else(PoisonError::into_inner));
        let mut state = record.state();
        state.check(fence)?;
        if let Some(names) = names.as_mut() {
            rename(names, node)?;
        }
        let mut node = node.clone();
        node.last_error.clone_from(&state.node.last_error);
        state.node = Arc::new(node);
        Ok(())
    }

    async fn record_failure(&self, node: Uuid, last_error: &str) -> Result<(), StoreError> {
        let record = self.record(node)?;
        let mut state = record.state();
        Arc::make_mut(&mut state.node).last_error = Some(last_error.to_owned());
        Ok(())
    }
}

#[async_trait]
impl LockStore for MemoryStore {
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        let record = self.record(node)?;
        let mut state = record.state();
        state.alive()?;
        if let Some(held) = &state.reservation {
            return Ok(Attempt::Held(held.clone()));
        }
        let fence = self.0.fence.fetch_add(1, Ordering::Relaxed) + 1;
        let holder = holder.clone();
        state.reservation = Some(Reservation { holder, since: SystemTime::now(), fence });
        Ok(Attempt::Acquired { fence })
    }

    async fn wait_ended(&self, node: Uuid, fence: u64) {
        let Ok(record) = self.record(node) else { return };
        let mut ended = std::pin::pin!(record.ended.notified());
        // Listening begins before looking, so that an end in between is not missed.
        ended.as_mut().enable();
        let held = record.state().holds(fence);
        if held {
            ended.await;
        }
    }

    async fn release(&self, node: Uuid, fence: u64) -> Result<bool, StoreError> {
        let Ok(record) = self.record(node) else { return Ok(false) };
        let ended = record.state().reservation.take_if(|held| held.fence == fence);
        if ended.is_some() {
            record.ended.notify_waiters();
        }
        Ok(ended.is_some())
    }

    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>, StoreError> {
        let record = self.record(node).ok();
        Ok(record.and_then(|record| record.state().reservation.clone()))
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError> {
        let held = |record: Arc<Record>| {
            let state = record.state();
            state.reservation.clone().map(|held| (state.node.uuid(), held))
        };
        Ok(self.0.records.values().filter_map(held).collect())
    }
}
