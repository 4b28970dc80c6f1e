//! A map from UUIDs that is spread over many small tables, each with a lock of its own.
//! Keys of different tables never wait for each other.

use std::collections::HashMap;
use std::sync::PoisonError;

use foldhash::fast::RandomState;
use uuid::Uuid;

use crate::sync::{Mutex, MutexGuard};

/// Enough that two cores seldom meet, few enough that an empty map is small.
const SHARDS: usize = 64;

#[derive(Debug)]
pub(crate) struct Shards<V>([Apart<V>; SHARDS]);

/// A table that shares no cache line with another, which cores would take from each other.
#[derive(Debug)]
#[repr(align(128))]
struct Apart<V>(Mutex<Table<V>>);

type Table<V> = HashMap<Uuid, V, RandomState>;

impl<V> Default for Shards<V> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Apart(Mutex::default())))
    }
}

impl<V> Shards<V> {
    /// The table that this key belongs to. The guard must not live across an await.
    #[expect(clippy::indexing_slicing, reason = "the index is taken modulo the length")]
    pub(crate) fn shard(&self, key: &Uuid) -> MutexGuard<'_, Table<V>> {
        lock(&self.0[folded(key) % SHARDS].0)
    }

    /// A copy of all values, in no order.
    pub(crate) fn values(&self) -> impl Iterator<Item = V>
    where
        V: Clone,
    {
        self.0.iter().flat_map(|shard| lock(&shard.0).values().cloned().collect::<Vec<_>>())
    }
}

/// All bytes have their part in it, since no kind of UUID is random in each of them: the last byte of
/// this is all of them, one over the other. The tables hash as they should: whoever chooses UUIDs that
/// meet here only has them share a lock.
fn folded(key: &Uuid) -> usize {
    let (high, low) = key.as_u64_pair();
    let halves = high ^ low;
    let quarters = halves ^ (halves >> 32);
    let eighths = quarters ^ (quarters >> 16);
    usize::from((eighths ^ (eighths >> 8)).to_le_bytes()[0])
}

/// A panic cannot leave a table half-changed: the map's own operations are whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
