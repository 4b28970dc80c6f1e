//! The callers of each node in order of arrival: one has its turn, the others wait for theirs.
//! A turn that ends is handed to the next caller; it is never up for grabs.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use uuid::Uuid;

use super::Locks;
use crate::shards::{Shards, Slot};
use crate::sync::oneshot;

/// The queues of all nodes that somebody holds or waits for: of those who wait.
#[derive(Default)]
pub(super) struct Queues(Shards<Line>);

/// Those who wait for one node, in order.
#[derive(Default)]
#[expect(clippy::box_collection, reason = "hardly any node has somebody who waits")]
struct Line(Option<Box<VecDeque<oneshot::Sender<Turn>>>>);

impl Line {
    fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |waiting| waiting.len())
    }

    fn push(&mut self, next: oneshot::Sender<Turn>) {
        self.0.get_or_insert_default().push_back(next);
    }

    fn pop(&mut self) -> Option<oneshot::Sender<Turn>> {
        self.0.as_mut()?.pop_front()
    }

    fn forget_who_left(&mut self) {
        if let Some(waiting) = &mut self.0 {
            waiting.retain(|next| !next.is_closed());
        }
    }
}

/// The queue of one node.
#[derive(Clone)]
pub(super) struct Queue {
    pub(super) locks: Arc<Locks>,
    pub(super) node: Uuid,
}

/// The right to be the one who tries for a node. Dropped, it is the next caller's.
pub(super) struct Turn {
    pub(super) queue: Queue,
    handed_on: bool,
}

/// A place in a queue; dropped, it is given up.
pub(super) struct Waiting {
    queue: Queue,
    turn: oneshot::Receiver<Turn>,
    waits: bool,
}

impl Queues {
    /// How many have their turn or wait for it.
    pub(super) fn callers(&self) -> usize {
        self.0.sum(|waiting| 1 + waiting.len())
    }

    #[cfg(all(test, shuttle))]
    pub(super) fn has(&self, node: Uuid) -> bool {
        self.0.slot(node).get().is_some()
    }
}

impl Queue {
    /// The turn of the only caller, or the place of one among others.
    pub(super) fn enter(self) -> Result<Turn, Waiting> {
        let turn = match self.slot().entry() {
            Entry::Vacant(first) => {
                first.insert(Line::default());
                None
            }
            Entry::Occupied(mut others) => {
                let (next, turn) = oneshot::channel();
                others.get_mut().push(next);
                Some(turn)
            }
        };
        match turn {
            None => Ok(self.turn()),
            Some(turn) => Err(Waiting { queue: self, turn, waits: true }),
        }
    }

    /// The turn of the only caller; `None` where there are others.
    pub(super) fn enter_alone(self) -> Option<Turn> {
        match self.slot().entry() {
            Entry::Vacant(first) => first.insert(Line::default()),
            Entry::Occupied(_) => return None,
        };
        Some(self.turn())
    }

    fn turn(self) -> Turn {
        Turn { queue: self, handed_on: false }
    }

    /// Takes out whoever comes next; without anyone the queue is gone.
    fn next(&self) -> Option<oneshot::Sender<Turn>> {
        match self.slot().entry() {
            Entry::Occupied(mut waiting) => {
                let next = waiting.get_mut().pop();
                if next.is_none() {
                    waiting.remove();
                }
                next
            }
            Entry::Vacant(_) => None,
        }
    }

    fn forget_who_left(&self) {
        if let Some(line) = self.slot().get_mut() {
            line.forget_who_left();
        }
    }

    fn slot(&self) -> Slot<'_, Line> {
        self.locks.queues.0.slot(self.node)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.handed_on {
            return;
        }
        // Whoever goes away this moment gives its turn back.
        while let Some(next) = self.queue.next() {
            match next.send(self.queue.clone().turn()) {
                Ok(()) => return,
                Err(mut back) => back.handed_on = true,
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
            self.queue.forget_who_left();
        }
    }
}
