//! Plays a case on a conductor of its own, in a time of its own.

use std::collections::BTreeSet;
use std::pin::pin;
use std::task::{Context as Poller, Poll, Waker};
use std::time::Duration;

use tokio::runtime;
use tokio::task::{JoinHandle, yield_now};
use tokio::time::sleep;
use vendor_passthru::{
    Attempt, Context, Dispatcher, Holder, HttpMethod, LockStore, MemoryStore, Node, NodeStore,
    Registry, Uuid,
};

use crate::case::{Case, Change, Kind, Op, Plan, Step, Then};
use crate::model::{LEFT, Limits, OPERATOR, Was, Who, driver_of, uuid_of};
use crate::store::Store;
use crate::vendor::Vendor;
use crate::world::World;
use crate::{CALL_TIMEOUT, GRACE, HASTY, LOCK_WAIT, Planned, SHARE};

/// Longer than everything can take that has begun.
const LONG: Duration = Duration::from_mins(5);

/// What a case showed, or what was wrong.
pub(crate) fn play(case: &Case) -> Result<BTreeSet<&'static str>, String> {
    let runtime = runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let strange = Planned::strange_panics();
    let played = runtime.block_on(async { Scene::new(case).play().await });
    drop(runtime);
    if Planned::strange_panics() > strange {
        return Err("something panicked that was not to".to_owned());
    }
    played
}

struct Scene<'a> {
    case: &'a Case,
    world: World,
    store: Store,
    dispatcher: Dispatcher,
    callers: Vec<JoinHandle<()>>,
    others: Vec<JoinHandle<()>>,
}

impl<'a> Scene<'a> {
    fn new(case: &'a Case) -> Self {
        let nodes: Vec<_> = (0..case.nodes).map(new_node).collect();
        let memory = MemoryStore::new();
        for node in &nodes {
            memory.insert(node.clone()).unwrap();
        }
        let limits = Limits::new(case);
        let world = World::new(limits, nodes);
        let store = Store { memory, world: world.clone(), yields: case.yields };
        let registry = Registry::builder().interface(Vendor(world.clone())).build().unwrap();
        let dispatcher = Dispatcher::builder(registry)
            .nodes(store.clone())
            .conductor("here")
            .workers(case.workers)
            .reserved_workers_percent(if case.reserved { 50 } else { 0 })
            .driver_workers("beta", SHARE)
            .node_locked_retry(3, LOCK_WAIT / 3)
            .call_timeout(CALL_TIMEOUT)
            .run_limit(limits.run)
            .cancellation_grace(GRACE)
            .shutdown_limit(limits.shutdown)
            .build()
            .unwrap();
        let scene =
            Self { case, world, store, dispatcher, callers: Vec::new(), others: Vec::new() };
        if case.left {
            let fence = scene.reserve(0, &Holder::new("here", Uuid::nil(), LEFT, "an old call"));
            scene.world.left_over(0, fence.unwrap());
        }
        scene
    }

    async fn play(mut self) -> Result<BTreeSet<&'static str>, String> {
        for (number, Step(op, then)) in self.case.steps.iter().enumerate() {
            self.step(op).await;
            match then {
                Then::Yield(turns) => {
                    self.world.model().was_quiet = false;
                    for _ in 0..*turns {
                        yield_now().await;
                    }
                }
                Then::Settle => self.settle().await,
            }
            self.verdict().map_err(|wrong| format!("after step {number}: {wrong}"))?;
        }
        self.settle().await;
        self.verdict().map_err(|wrong| format!("after the steps: {wrong}"))?;
        self.end().await;
        self.verdict().map_err(|wrong| format!("at the end: {wrong}"))?;
        let seen = std::mem::take(&mut self.world.model().seen);
        Ok(seen)
    }

    fn verdict(&self) -> Result<(), String> {
        let wrong = std::mem::take(&mut self.world.model().wrong);
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }

    async fn step(&mut self, op: &Op) {
        let nodes = self.case.nodes;
        match *op {
            Op::Call(plan) => self.call(Plan { node: plan.node % nodes, ..plan }),
            Op::LetGo(back) => {
                if let Some(call) = self.nth_latest(back) {
                    self.world.gate(call).add_permits(1);
                }
            }
            Op::Leave(back) => {
                if let Some(call) = self.nth_latest(back) {
                    self.callers[call].abort();
                }
            }
            Op::Wait(time) => sleep(Duration::from_millis(time)).await,
            Op::RemoveOrAdd(node) => self.remove_or_add(node % nodes),
            Op::Break { node, stale } => self.break_reservation(node % nodes, stale),
            Op::Foreign { node, change } => self.foreign(node % nodes, change),
            Op::Fail { what, how, times } => self.world.fail(what, how, times),
            Op::ShutDown => self.shut_down(),
        }
    }

    fn nth_latest(&self, back: usize) -> Option<usize> {
        let calls = self.callers.len();
        (calls > 0).then(|| calls - 1 - back % calls)
    }

    /// Lets everything go on that can without time, and looks at it then.
    async fn settle(&mut self) {
        // Time goes on when nothing else does.
        sleep(Duration::from_millis(1)).await;
        let mut model = self.world.model();
        model.check_quiet(&self.dispatcher);
        model.was_quiet = true;
    }

    fn call(&mut self, plan: Plan) {
        let call = self.world.call(plan);
        let (world, mut dispatcher) = (self.world.clone(), self.dispatcher.clone());
        if plan.at_once {
            dispatcher = dispatcher.with_node_locked_retry(0, Duration::from_secs(1));
        }
        if plan.hasty {
            dispatcher = dispatcher.with_call_timeout(HASTY);
        }
        self.callers.push(tokio::spawn(async move {
            let asking = world.asked(call);
            let context = Context::with_request_id(format!("req-{call}"));
            let (method, body) = (plan.kind.method(), format!(r#"{{"bomb":{}}}"#, plan.bomb));
            let verb = HttpMethod::Post;
            let answer = if plan.kind.of_driver() {
                let driver = driver_of(plan.node);
                dispatcher.driver_passthru(&context, driver, method, verb, body).await
            } else {
                let node = uuid_of(plan.node);
                dispatcher.node_passthru(&context, node, method, verb, body).await
            };
            asking.answered(answer);
        }));
    }

    fn remove_or_add(&self, node: usize) {
        let there = self.world.model().nodes[node].stored.is_some();
        if there {
            self.store.memory.remove(uuid_of(node));
            self.world.removed(node);
        } else {
            self.store.memory.insert(new_node(node)).unwrap();
            self.world.added(&new_node(node));
        }
    }

    fn break_reservation(&mut self, node: usize, stale: bool) {
        let Some(holder) = self.world.model().nodes[node].holder else { return };
        let fence = if stale { holder.fence.wrapping_sub(1) } else { holder.fence };
        let since = (!stale).then(|| self.world.breaks(node, fence));
        let (world, dispatcher) = (self.world.clone(), self.dispatcher.clone());
        self.others.push(tokio::spawn(async move {
            let context = Context::with_request_id(OPERATOR);
            let broken = dispatcher.break_reservation(&context, uuid_of(node), fence).await;
            match since {
                _ if !matches!(broken, Ok(true)) => {}
                Some(since) => world.broke(node, since),
                None => world.wrong(format!("an older fence than {} broke it", holder.fence)),
            }
        }));
    }

    /// Another conductor changes a node under its own reservation: takes it, or ends it.
    fn foreign(&self, node: usize, change: Change) {
        let holder = self.world.model().nodes[node].holder;
        match holder {
            None => {
                let holder = Holder::new("elsewhere", Uuid::max(), "req-foreign", "another call");
                if let Some(fence) = self.reserve(node, &holder) {
                    self.world.foreign(node, fence);
                }
            }
            Some(holder) if holder.who == Who::Foreign => {
                let stored = self.world.model().nodes[node].stored.clone();
                if let Some(mut changed) = stored {
                    self.world.change(&mut changed, change);
                    at_once(self.store.memory.save(&changed, holder.fence)).unwrap();
                    self.world.saved(&changed, holder.fence, false);
                }
                self.end_foreign(node);
            }
            Some(_) => {}
        }
    }

    fn end_foreign(&self, node: usize) {
        let holder = self.world.model().nodes[node].holder;
        if let Some(holder) = holder.filter(|holder| holder.who == Who::Foreign) {
            self.world.foreign_released(node);
            at_once(self.store.memory.release(uuid_of(node), holder.fence)).unwrap();
        }
    }

    fn reserve(&self, node: usize, holder: &Holder) -> Option<u64> {
        match at_once(self.store.memory.try_acquire(uuid_of(node), holder)) {
            Ok(Attempt::Acquired { fence }) => Some(fence),
            _ => None,
        }
    }

    fn shut_down(&mut self) {
        let (world, dispatcher) = (self.world.clone(), self.dispatcher.clone());
        self.others.push(tokio::spawn(async move {
            let first = world.shuts_down();
            let figures = dispatcher.shutdown().await;
            if first {
                world.shut_down(figures);
            }
        }));
    }

    /// No more faults: all comes to its end, and nothing is left.
    async fn end(&mut self) {
        self.world.no_more_faults();
        if self.case.hurry {
            self.shut_down();
        }
        for node in 0..self.case.nodes {
            self.end_foreign(node);
        }
        if !self.case.hurry {
            for call in 0..self.callers.len() {
                self.world.gate(call).add_permits(1);
            }
        }
        sleep(LONG).await;
        self.settle().await;
        self.each_node_can_be_called().await;
        self.shut_down();
        sleep(LONG).await;
        self.settle().await;
        self.world.model().audit(&self.dispatcher.failures());
        self.nothing_is_left().await;
    }

    /// Whatever went wrong before: a call gets every node that is there.
    async fn each_node_can_be_called(&mut self) {
        if self.world.model().shut_down.is_some() {
            return;
        }
        for node in 0..self.case.nodes {
            let call = self.callers.len();
            self.call(Plan { node, ..Plan::new(Kind::Exclusive) });
            self.settle().await;
            let mut model = self.world.model();
            let was = Was::of(model.nodes[node].stored.as_ref());
            let answer = model.calls[call].answer.as_ref().map(|(_, answer)| answer);
            let status = answer.map(|answer| match answer {
                Ok(answer) => answer.status().as_u16(),
                Err(error) => error.status().as_u16(),
            });
            let wanted = match was {
                Was::Absent => 404,
                Was::WithoutMethods => 400,
                Was::Good => 200,
            };
            if status != Some(wanted) {
                let wrong = format!("node {node} can no more be called: {answer:?}");
                model.wrong.push(wrong);
            }
        }
    }

    async fn nothing_is_left(&mut self) {
        for task in self.callers.drain(..).chain(self.others.drain(..)) {
            if task.await.is_err_and(|failed| failed.is_panic()) {
                self.world.wrong("a panic came out of a call".to_owned());
            }
        }
        let stored = self.store.memory.nodes();
        let mut model = self.world.model();
        let (locks, workers) = (self.dispatcher.locks(), self.dispatcher.workers());
        if (locks.held, locks.waiting, workers.running) != (0, 0, 0) {
            model.wrong.push(format!("left is {locks:?}, {workers:?}"));
        }
        // Only a reservation that the store denied stays, until the node's next caller.
        let left = model.nodes.iter().filter_map(|place| place.holder);
        let left: Vec<_> = left.filter(|left| !left.orphan && left.who != Who::Left).collect();
        if !left.is_empty() {
            model.wrong.push(format!("reservations are left: {left:?}"));
        }
        let known: Vec<_> = model.nodes.iter().filter_map(|place| place.stored.as_ref()).collect();
        if known != stored.iter().map(AsRef::as_ref).collect::<Vec<_>>() {
            let wrong = format!("stored is {stored:?} instead of {known:?}");
            model.wrong.push(wrong);
        }
    }
}

fn new_node(node: usize) -> Node {
    Node::new(uuid_of(node), driver_of(node))
}

/// What a store in memory does is done at once.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Poller::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("the store in memory waits for nothing"),
    }
}
