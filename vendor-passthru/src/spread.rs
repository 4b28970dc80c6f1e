//! A value in several copies, of which each thread uses one: what many threads count their use of
//! in one place, their cores take from each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Enough that few threads of a conductor share a copy.
const COPIES: usize = 16;

/// Two cache lines: they are fetched together.
const APART: usize = 128;

/// The copies, of a type that is aligned so that none shares a cache line with another.
pub(crate) struct Spread<T>([Arc<T>; COPIES]);

impl<T> Spread<T> {
    pub(crate) fn new(mut copy: impl FnMut() -> T) -> Self {
        const { assert!(align_of::<T>() == APART, "the copies could share a cache line") };
        Self(std::array::from_fn(|_| Arc::new(copy())))
    }

    /// The copy of this thread.
    #[expect(clippy::indexing_slicing, reason = "the index is taken modulo the length")]
    pub(crate) fn mine(&self) -> &Arc<T> {
        &self.0[THREAD.with(|thread| *thread) % COPIES]
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<T>> {
        self.0.iter()
    }
}

static THREADS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// The number of this thread among those that asked.
    static THREAD: usize = THREADS.fetch_add(1, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::thread;

    use super::*;

    #[repr(align(128))]
    struct Copy;

    #[test]
    fn a_thread_keeps_its_copy_and_threads_have_different_ones() {
        let spread = Spread::new(|| Copy);
        let mine = || {
            let copy = Arc::as_ptr(spread.mine()).addr();
            assert_eq!(copy, Arc::as_ptr(spread.mine()).addr());
            copy
        };
        let copies: HashSet<_> = thread::scope(|threads| {
            let others: Vec<_> = (0..COPIES).map(|_| threads.spawn(mine)).collect();
            others.into_iter().map(|other| other.join().unwrap()).collect()
        });
        assert!(copies.len() > 1, "{copies:?}");
    }
}
