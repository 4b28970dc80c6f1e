//! A map that is spread over many small tables, each with a lock of its own.
//! Keys of different tables never wait for each other.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::PoisonError;

use crate::sync::{Mutex, MutexGuard, RandomState};

/// Enough that two cores seldom meet, few enough that an empty map is small.
const SHARDS: usize = 64;

#[derive(Debug)]
pub(crate) struct Shards<K, V> {
    hasher: RandomState,
    shards: [Mutex<HashMap<K, V>>; SHARDS],
}

impl<K, V> Default for Shards<K, V> {
    fn default() -> Self {
        Self { hasher: RandomState::default(), shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<K: Eq + Hash, V> Shards<K, V> {
    /// The table that this key belongs to. The guard must not live across an await.
    #[expect(clippy::indexing_slicing, reason = "the index is taken modulo the length")]
    pub(crate) fn shard(&self, key: &K) -> MutexGuard<'_, HashMap<K, V>> {
        #[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
        let hash = self.hasher.hash_one(key) as usize;
        lock(&self.shards[hash % SHARDS])
    }

    /// A copy of all values, in no order.
    pub(crate) fn values(&self) -> impl Iterator<Item = V>
    where
        V: Clone,
    {
        self.shards.iter().flat_map(|shard| lock(shard).values().cloned().collect::<Vec<_>>())
    }
}

/// A panic cannot leave a table half-changed: the map's own operations are whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
