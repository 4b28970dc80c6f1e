//! The callers of each node in order of arrival: one has its turn, the others wait for theirs.
//! A turn that ends is handed to the next caller; it is never up for grabs.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use uuid::Uuid;

use crate::shards::Shards;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::oneshot;

/// The queues of all nodes that somebody holds or waits for.
#[derive(Default)]
pub(super) struct Queues {
    /// Those who wait.
    nodes: Shards<VecDeque<oneshot::Sender<Turn>>>,
    /// How many have their turn or wait for it, at all nodes together.
    callers: AtomicUsize,
}

/// The right to be the one who tries for a node. Dropped, it is the next caller's.
pub(super) struct Turn(Option<Queue>);

/// A place in a queue; dropped, it is given up.
pub(super) struct Waiting {
    queue: Queue,
    turn: oneshot::Receiver<Turn>,
    waits: bool,
}

/// The queue of one node.
#[derive(Clone)]
struct Queue {
    queues: Arc<Queues>,
    node: Uuid,
}

impl Queues {
    /// The turn of the only caller, or the place of one among others.
    pub(super) fn enter(self: &Arc<Self>, node: Uuid) -> Result<Turn, Waiting> {
        let queue = Queue { queues: Arc::clone(self), node };
        let turn = match self.nodes.shard(&node).entry(node) {
            Entry::Vacant(first) => {
                first.insert(VecDeque::new());
                None
            }
            Entry::Occupied(mut others) => {
                let (next, turn) = oneshot::channel();
                others.get_mut().push_back(next);
                Some(turn)
            }
        };
        self.callers.fetch_add(1, Ordering::Relaxed);
        match turn {
            None => Ok(Turn(Some(queue))),
            Some(turn) => Err(Waiting { queue, turn, waits: true }),
        }
    }

    /// The turn of the only caller; `None` where there are others.
    pub(super) fn enter_alone(self: &Arc<Self>, node: Uuid) -> Option<Turn> {
        match self.nodes.shard(&node).entry(node) {
            Entry::Vacant(first) => first.insert(VecDeque::new()),
            Entry::Occupied(_) => return None,
        };
        self.callers.fetch_add(1, Ordering::Relaxed);
        Some(Turn(Some(Queue { queues: Arc::clone(self), node })))
    }

    /// How many have their turn or wait for it.
    pub(super) fn callers(&self) -> usize {
        self.callers.load(Ordering::Relaxed)
    }

    #[cfg(all(test, shuttle))]
    pub(super) fn has(&self, node: Uuid) -> bool {
        self.nodes.shard(&node).contains_key(&node)
    }
}

impl Queue {
    /// Takes out whoever comes next; without anyone the queue is gone.
    fn next(&self) -> Option<oneshot::Sender<Turn>> {
        match self.queues.nodes.shard(&self.node).entry(self.node) {
            Entry::Occupied(mut waiting) => {
                let next = waiting.get_mut().pop_front();
                if next.is_none() {
                    waiting.remove();
                }
                next
            }
            Entry::Vacant(_) => None,
        }
    }

    fn forget_who_left(&self) {
        if let Some(waiting) = self.queues.nodes.shard(&self.node).get_mut(&self.node) {
            waiting.retain(|next| !next.is_closed());
        }
    }

    fn one_less(&self) {
        self.queues.callers.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut queue) = self.0.take() else { return };
        queue.one_less();
        // Whoever goes away this moment gives its turn back.
        while let Some(next) = queue.next() {
            match next.send(Self(Some(queue))).map_err(|mut back| back.0.take()) {
                Err(Some(back)) => queue = back,
                Ok(()) | Err(None) => return,
            }
        }
    }
}

impl Waiting {
    /// Completes when it is this caller's turn.
    pub(super) async fn turn(mut self) -> Turn {
        match (&mut self.turn).await {
            Ok(turn) => {
                self.waits = false;
                turn
            }
            // Nobody ends a queue that somebody waits in.
            Err(_) => std::future::pending().await,
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if !self.waits {
            return;
        }
        self.turn.close();
        // A turn that came all the same is handed on.
        if self.turn.try_recv().is_err() {
            self.queue.one_less();
            self.queue.forget_who_left();
        }
    }
}
