//! A map from UUIDs that is spread over many small tables, each with a lock of its own.
//! Keys of different tables never wait for each other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::PoisonError;

use foldhash::fast::RandomState;
use uuid::Uuid;

use crate::sync::{Mutex, MutexGuard};

/// Enough that two cores seldom meet, few enough that an empty map is small.
const SHARDS: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 6;

#[derive(Debug)]
pub(crate) struct Shards<V>([Apart<V>; SHARDS]);

/// A table that shares no cache line with another, which cores would take from each other.
#[derive(Debug)]
#[repr(align(128))]
struct Apart<V>(Mutex<Table<V>>);

/// By the bytes of UUIDs, as a number.
type Table<V> = HashMap<u128, V, RandomState>;

/// The place of one key in its table, which is locked as long. Must not live across an await.
pub(crate) struct Slot<'a, V> {
    table: MutexGuard<'a, Table<V>>,
    key: u128,
}

impl<V> Default for Shards<V> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Apart(Mutex::default())))
    }
}

impl<V> Shards<V> {
    #[expect(clippy::indexing_slicing, reason = "a number of so many bits is an index")]
    pub(crate) fn slot(&self, key: Uuid) -> Slot<'_, V> {
        let key = u128::from_ne_bytes(key.into_bytes());
        Slot { table: lock(&self.0[shard(key)].0), key }
    }

    /// The sum of what each value comes to.
    pub(crate) fn sum(&self, of: impl Fn(&V) -> usize) -> usize {
        self.0.iter().map(|shard| lock(&shard.0).values().map(&of).sum::<usize>()).sum()
    }

    /// A copy of all values, in no order.
    pub(crate) fn values(&self) -> impl Iterator<Item = V>
    where
        V: Clone,
    {
        self.0.iter().flat_map(|shard| lock(&shard.0).values().cloned().collect::<Vec<_>>())
    }
}

impl<V> Slot<'_, V> {
    pub(crate) fn get(&self) -> Option<&V> {
        self.table.get(&self.key)
    }

    pub(crate) fn get_mut(&mut self) -> Option<&mut V> {
        self.table.get_mut(&self.key)
    }

    pub(crate) fn entry(&mut self) -> Entry<'_, u128, V> {
        self.table.entry(self.key)
    }

    pub(crate) fn remove(&mut self) -> Option<V> {
        self.table.remove(&self.key)
    }
}

/// Which table a key belongs to. No kind of UUID is random in each byte, so all of them have their
/// part in it: the upper bits of a product do. The tables hash as they should: whoever chooses UUIDs
/// that meet here only has them share a lock.
#[expect(clippy::cast_possible_truncation, reason = "halves, and a number of few bits")]
fn shard(key: u128) -> usize {
    let halves = (key >> 64) as u64 ^ key as u64;
    (halves.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - SHARD_BITS)) as usize
}

/// A panic cannot leave a table half-changed: the map's own operations are whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_of_any_kind_are_spread_over_all_tables() {
        let counted = |number| Uuid::from_u128(number);
        let counted_in_the_middle = |number| Uuid::from_u128(number << 60);
        let of_a_time = |number| Uuid::from_u128((number << 80) | (7_u128 << 76));
        let random = |_| Uuid::new_v4();
        are_spread(counted);
        are_spread(counted_in_the_middle);
        are_spread(of_a_time);
        are_spread(random);
    }

    fn are_spread(uuid: impl Fn(u128) -> Uuid) {
        let shards = Shards::default();
        for number in 0..64 * SHARDS as u128 {
            shards.slot(uuid(number)).entry().or_insert(());
        }
        let fullest = shards.0.iter().map(|shard| lock(&shard.0).len()).max();
        assert!(fullest < Some(128), "{fullest:?} of 64 on average, as with {}", uuid(1));
    }
}
