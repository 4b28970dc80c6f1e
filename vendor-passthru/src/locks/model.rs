//! The rules of locks, over the interleavings of their steps:
//! `RUSTFLAGS="--cfg shuttle" cargo test --package vendor-passthru --lib model`

use std::task::Poll;

use async_trait::async_trait;
use shuttle::future::{JoinHandle, spawn, yield_now};

use super::*;
use crate::sync::checked::{explore, perhaps, unless_dropped};
use crate::{MemoryStore, Node};

const NODE: Uuid = Uuid::from_u128(1);

const FOREVER: LockWait = LockWait { attempts: 1, interval: Duration::MAX };
const A_WHILE: LockWait = LockWait { attempts: 3, interval: Duration::from_secs(1) };

/// A store that takes its time, during which its caller may go away, and may fail before it did
/// something as well as after.
struct Remote {
    memory: MemoryStore,
    fails: bool,
    failures: AtomicUsize,
}

impl Remote {
    async fn way(&self) -> Result<(), StoreError> {
        yield_now().await;
        let fails = perhaps()
            && self
                .failures
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
                .is_ok();
        if fails { Err(StoreError::Backend("the way is closed".into())) } else { Ok(()) }
    }
}

#[async_trait]
impl LockStore for Remote {
    async fn try_acquire(&self, node: Uuid, holder: &Holder) -> Result<Attempt, StoreError> {
        self.way().await?;
        let attempt = self.memory.try_acquire(node, holder).await;
        if let Ok(Attempt::Held(by)) = &attempt {
            let sibling = by.holder.session == holder.session;
            assert!(self.fails || !sibling, "a turn came before the release");
        }
        self.way().await?;
        attempt
    }

    async fn wait_ended(&self, node: Uuid, fence: u64) {
        yield_now().await;
        if perhaps() {
            self.memory.wait_ended(node, fence).await;
        }
    }

    async fn release(&self, node: Uuid, fence: u64) -> Result<bool, StoreError> {
        self.way().await?;
        let released = self.memory.release(node, fence).await;
        self.way().await?;
        released
    }

    async fn reservation(&self, node: Uuid) -> Result<Option<Reservation>, StoreError> {
        self.way().await?;
        self.memory.reservation(node).await
    }

    async fn reservations(&self) -> Result<Vec<(Uuid, Reservation)>, StoreError> {
        self.way().await?;
        self.memory.reservations().await
    }
}

/// One machine, and how it was used.
#[derive(Clone)]
struct Machine {
    store: MemoryStore,
    users: Arc<AtomicUsize>,
    fence: Arc<AtomicUsize>,
}

impl Machine {
    fn new() -> Self {
        let store = MemoryStore::new();
        store.insert(Node::new(NODE, "example")).unwrap();
        Self { store, users: Arc::default(), fence: Arc::default() }
    }

    /// A conductor that shares it with others.
    fn conductor(&self, session: u128) -> Conductor {
        self.conductor_with(session, self.store.clone())
    }

    /// One whose store is a network away, and fails so many times.
    fn remote_conductor(&self, session: u128, failures: usize) -> Conductor {
        let (fails, failures) = (failures > 0, AtomicUsize::new(failures));
        self.conductor_with(session, Remote { memory: self.store.clone(), fails, failures })
    }

    fn conductor_with(&self, session: u128, store: impl LockStore) -> Conductor {
        let holder = Holder::new("conductor", Uuid::from_u128(session), "req-1", "a model");
        Conductor { machine: self.clone(), locks: Arc::new(Locks::new(Arc::new(store))), holder }
    }

    /// What must be true once the calls of all are over.
    async fn is_free(&self, conductors: &[&Conductor]) {
        for conductor in conductors {
            conductor.locks.settled().await;
        }
        assert_eq!(self.store.reservation(NODE).await.unwrap(), None);
        for conductor in conductors {
            conductor.has_nothing_left();
        }
    }

    /// Uses it for a while, as one who holds it alone.
    async fn used(&self, held: &Held) {
        assert_eq!(self.users.fetch_add(1, Ordering::SeqCst), 0, "somebody else uses the node");
        let fence = usize::try_from(held.fence()).unwrap();
        assert!(self.fence.swap(fence, Ordering::SeqCst) < fence, "a fence came twice");
        yield_now().await;
        let reserved = self.store.reservation(NODE).await.unwrap();
        assert_eq!(reserved.map(|by| by.fence), Some(held.fence()), "the reservation is not ours");
        self.users.fetch_sub(1, Ordering::SeqCst);
    }
}

#[derive(Clone)]
struct Conductor {
    machine: Machine,
    locks: Arc<Locks>,
    holder: Holder,
}

impl Conductor {
    async fn lock(&self, wait: LockWait) -> Result<Held> {
        if perhaps()
            && let Some(held) = self.locks.acquire_now(NODE, &self.holder)
        {
            return Ok(held);
        }
        self.locks.acquire(NODE, &self.holder, wait).await
    }

    fn figures(&self) -> LockFigures {
        self.locks.figures(std::iter::once(&*self.locks))
    }

    /// What a call does once it holds the node.
    async fn run(&self, mut held: Held) {
        assert_eq!(self.figures().held, 1);
        self.machine.used(&held).await;
        if perhaps() && held.released_now() {
            return;
        }
        if perhaps() {
            held.release().await;
        }
    }

    /// A call that waits for its turn.
    async fn call(self) {
        let held = self.lock(FOREVER).await.unwrap();
        self.run(held).await;
    }

    /// A call that may give up, be it that its time is up or that its caller goes away.
    async fn impatient_call(self) {
        let wait = if perhaps() { FOREVER } else { A_WHILE };
        match unless_dropped(self.lock(wait)).await {
            Some(Ok(held)) => self.run(held).await,
            Some(Err(error)) => assert!(matches!(error, Error::NodeLocked { .. }), "{error}"),
            None => {}
        }
    }

    /// A call that may give up, and whose store may fail.
    async fn unlucky_call(self) {
        if let Some(Ok(held)) = unless_dropped(self.lock(FOREVER)).await {
            self.run(held).await;
        }
    }

    /// Once the calls of all are over.
    fn has_nothing_left(&self) {
        assert_eq!(self.locks.held.load(Ordering::SeqCst), 0);
        assert_eq!(self.locks.queues.callers(), 0);
        assert!(!self.locks.queues.has(NODE), "a queue without callers");
    }
}

async fn all(calls: impl IntoIterator<Item = JoinHandle<()>>) {
    for call in calls {
        call.await.unwrap();
    }
}

/// A task whose first step is done.
async fn begun<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
) -> JoinHandle<T> {
    let mut future = Box::pin(future);
    let first = std::future::poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await;
    spawn(async move {
        match first {
            Poll::Ready(value) => value,
            Poll::Pending => future.await,
        }
    })
}

#[test]
fn one_call_at_a_time_has_the_node_and_each_has_it_once() {
    explore(|| async {
        let conductor = Machine::new().conductor(1);
        all([(); 4].map(|()| spawn(conductor.clone().call()))).await;
        conductor.machine.is_free(&[&conductor]).await;
    });
}

#[test]
fn a_waiter_that_gives_up_takes_nobody_elses_turn() {
    explore(|| async {
        let conductor = Machine::new().conductor(1);
        let leaving = [(); 2].map(|()| spawn(conductor.clone().impatient_call()));
        let staying = [(); 2].map(|()| spawn(conductor.clone().call()));
        all(leaving.into_iter().chain(staying)).await;
        conductor.machine.is_free(&[&conductor]).await;
    });
}

#[test]
fn waiters_have_their_turn_in_order_of_arrival() {
    explore(|| async {
        let conductor = Machine::new().conductor(1);
        let held = conductor.lock(FOREVER).await.unwrap();
        let order = Arc::new(AtomicUsize::new(0));
        let waiter = |place: usize| {
            let (conductor, order) = (conductor.clone(), Arc::clone(&order));
            async move {
                let held = conductor.lock(FOREVER).await.unwrap();
                assert_eq!(order.fetch_add(1, Ordering::SeqCst), place);
                conductor.run(held).await;
            }
        };
        let first = begun(waiter(0)).await;
        assert_eq!(conductor.figures(), LockFigures { held: 1, waiting: 1 });
        let leaving = begun(conductor.clone().impatient_call()).await;
        let last = begun(waiter(1)).await;
        conductor.run(held).await;
        all([first, leaving, last]).await;
        conductor.machine.is_free(&[&conductor]).await;
    });
}

#[test]
fn a_caller_that_goes_away_while_the_store_works_leaves_nothing_reserved() {
    explore(|| async {
        let conductor = Machine::new().remote_conductor(1, 0);
        let leaving = [(); 2].map(|()| spawn(conductor.clone().impatient_call()));
        let staying = spawn(conductor.clone().call());
        all(leaving.into_iter().chain([staying])).await;
        conductor.machine.is_free(&[&conductor]).await;
    });
}

#[test]
fn a_store_that_fails_costs_calls_but_never_the_node() {
    explore(|| async {
        let conductor = Machine::new().remote_conductor(1, 3);
        all([(); 3].map(|()| spawn(conductor.clone().unlucky_call()))).await;
        let held = loop {
            if let Ok(held) = conductor.lock(FOREVER).await {
                break held;
            }
        };
        conductor.run(held).await;
        conductor.machine.is_free(&[&conductor]).await;
    });
}

#[test]
fn two_conductors_exclude_and_wake_each_other() {
    explore(|| async {
        let machine = Machine::new();
        let (one, two) = (machine.conductor(1), machine.remote_conductor(2, 0));
        let leaving = spawn(one.clone().impatient_call());
        let staying = [&one, &two, &two].map(|conductor| spawn(conductor.clone().call()));
        all(staying.into_iter().chain([leaving])).await;
        machine.is_free(&[&one, &two]).await;
    });
}

#[test]
fn a_broken_reservation_is_lost_by_its_holder_and_free_for_others() {
    explore(|| async {
        let machine = Machine::new();
        let (one, two) = (machine.conductor(1), machine.conductor(2));
        let held = one.lock(FOREVER).await.unwrap();
        let fence = held.fence();
        let watch = one.clone();
        let told = spawn(async move { watch.locks.lost(NODE, fence).await });
        let operators = [&one, &two].map(|conductor| {
            let locks = Arc::clone(&conductor.locks);
            spawn(async move { locks.end(NODE, fence).await.unwrap() })
        });
        let waiting = [&one, &two].map(|conductor| spawn(conductor.clone().call()));
        if perhaps() {
            yield_now().await;
            held.release().await;
        } else {
            told.await.unwrap();
            drop(held);
        }
        let [first, second] = operators;
        assert!(!(first.await.unwrap() && second.await.unwrap()), "ended twice");
        all(waiting).await;
        machine.is_free(&[&one, &two]).await;
    });
}

#[test]
fn a_holder_is_told_of_its_loss_although_another_has_the_node_by_then() {
    explore(|| async {
        let machine = Machine::new();
        let (one, two) = (machine.conductor(1), machine.conductor(2));
        let broken = one.lock(FOREVER).await.unwrap();
        let (watch, fence) = (one.clone(), broken.fence());
        let told = spawn(async move { watch.locks.lost(NODE, fence).await });
        assert!(two.locks.end(NODE, fence).await.unwrap());
        let held = two.lock(FOREVER).await.unwrap();
        told.await.unwrap();
        drop(broken);
        two.run(held).await;
        machine.is_free(&[&one, &two]).await;
    });
}

#[test]
fn a_reservation_that_is_held_is_not_lost() {
    explore(|| async {
        let machine = Machine::new();
        let (one, two) = (machine.remote_conductor(1, 0), machine.remote_conductor(2, 0));
        let other = spawn(two.clone().impatient_call());
        let held = one.lock(FOREVER).await.unwrap();
        let lost = async {
            one.locks.lost(NODE, held.fence()).await;
            panic!("nobody ended it");
        };
        let works = async {
            for _ in 0..5 {
                yield_now().await;
            }
            machine.used(&held).await;
        };
        sync::race(lost, works).await;
        held.release().await;
        other.await.unwrap();
        machine.is_free(&[&one, &two]).await;
    });
}

#[test]
fn callers_of_one_node_meet_in_one_queue_however_they_come_and_go() {
    explore(|| async {
        let conductor = Machine::new().conductor(1);
        let comes_and_goes = || {
            let Conductor { locks, machine, .. } = conductor.clone();
            spawn(async move {
                let turn = async {
                    match locks.queue(NODE).enter() {
                        Ok(turn) => turn,
                        Err(waiting) => waiting.turn().await,
                    }
                };
                if let Some(_turn) = unless_dropped(turn).await {
                    assert_eq!(machine.users.fetch_add(1, Ordering::SeqCst), 0, "two queues");
                    yield_now().await;
                    machine.users.fetch_sub(1, Ordering::SeqCst);
                }
            })
        };
        all([(); 4].map(|()| comes_and_goes())).await;
        conductor.machine.is_free(&[&conductor]).await;
    });
}
