//! What is known of a case while it runs: who called, who is inside of which node, who was told to
//! end. What no rule allows is noted the moment it happens.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::Instant;
use vendor_passthru::{Answer, Cancellation, Node, Result, Shutdown, Uuid};

use crate::case::{self, Case, Plan, StoreOp};
use crate::{CALL_TIMEOUT, GRACE, HASTY, LOCK_WAIT, SHARE};

/// The request id of the operator who breaks reservations.
pub(crate) const OPERATOR: &str = "req-operator";
/// That of the call that an earlier life of the conductor left.
pub(crate) const LEFT: &str = "req-left";

/// All that is known.
pub(crate) struct Model {
    pub(crate) clock: Instant,
    pub(crate) limits: Limits,
    pub(crate) calls: Vec<Call>,
    pub(crate) nodes: Vec<Place>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) fired: Vec<(StoreOp, Moment)>,
    pub(crate) shut_down: Option<Moment>,
    /// How many calls were not over then, if that is known.
    pub(crate) running_then: Option<usize>,
    /// What shutting down said of them.
    pub(crate) found: Option<Shutdown>,
    /// Fences that an operator breaks now.
    pub(crate) breaking: BTreeSet<(usize, u64)>,
    /// The drivers whose workers came free since all was quiet.
    pub(crate) freed: Vec<String>,
    pub(crate) events: u64,
    /// How often all was quiet.
    pub(crate) quiets: u32,
    /// Whether nothing went on when the present step began.
    pub(crate) was_quiet: bool,
    pub(crate) marks: u64,
    pub(crate) wrong: Vec<String>,
    /// What was seen to happen, so that no rule goes untried.
    pub(crate) seen: BTreeSet<&'static str>,
}

/// What cases differ in.
#[derive(Clone, Copy, Default)]
pub(crate) struct Limits {
    /// How many workers vendor methods may take.
    pub(crate) workers: usize,
    pub(crate) run: Duration,
    pub(crate) shutdown: Duration,
}

impl Limits {
    pub(crate) fn new(case: &Case) -> Self {
        let reserved = if case.reserved { case.workers / 2 } else { 0 };
        let (run, shutdown) = if case.short { (3, 1) } else { (10, 6) };
        let (run, shutdown) = (Duration::from_secs(run), Duration::from_secs(shutdown));
        Self { workers: case.workers - reserved, run, shutdown }
    }
}

/// A point in the order of events, and in time.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Moment {
    pub(crate) event: u64,
    pub(crate) at: Duration,
}

impl Moment {
    /// How much time went by since then.
    pub(crate) fn after(self, then: Self) -> Duration {
        self.at.saturating_sub(then.at)
    }
}

pub(crate) struct Fault {
    pub(crate) what: StoreOp,
    pub(crate) how: case::How,
    pub(crate) left: u8,
}

pub(crate) struct Call {
    pub(crate) plan: Plan,
    pub(crate) gate: Arc<Semaphore>,
    /// When it was begun to be asked for, and how often all had been quiet by then.
    pub(crate) asked: Option<(Moment, u32)>,
    /// Whether nobody could be in its way then.
    pub(crate) alone: bool,
    pub(crate) answer: Option<(Moment, Result<Answer>)>,
    /// When its caller went away without an answer.
    pub(crate) gone: Option<Moment>,
    /// Whether the store failed when it tried to reserve its node.
    pub(crate) refused: bool,
    /// The reservations it got.
    pub(crate) fences: Vec<u64>,
    /// More than one where its node changed before an upgrade.
    pub(crate) runs: Vec<Run>,
    /// What was recorded of it.
    pub(crate) records: Vec<String>,
}

/// A call from its validation on.
pub(crate) struct Run {
    pub(crate) since: Moment,
    pub(crate) cancellation: Cancellation,
    /// The node as it was when the run began, if it is one of a node.
    pub(crate) node: Option<Node>,
    /// Whether its argument panics at its end.
    pub(crate) bomb: bool,
    /// The fence of its reservation, from the moment it relies on it.
    pub(crate) fence: Option<u64>,
    pub(crate) stage: Stage,
    /// Whether its method began.
    pub(crate) begun: bool,
    pub(crate) upgrade: Upgrade,
    /// Whether a worker must be free for it, or none can be.
    pub(crate) worker: Option<bool>,
    /// When the store first answered its release.
    pub(crate) given_back: Option<Moment>,
}

pub(crate) enum Stage {
    Validating,
    Working,
    Over(Over),
}

pub(crate) struct Over {
    pub(crate) how: How,
    pub(crate) when: Moment,
    /// Whether it had been told to end.
    pub(crate) told: bool,
}

/// How a method, or its validation, came to its end.
#[derive(Debug)]
pub(crate) enum How {
    Returned(Result<(), String>),
    Panicked,
    Dropped,
    /// Validation passed, and the method did not begin.
    NotBegun,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Upgrade {
    None,
    /// Since then, and how often all had been quiet.
    Waiting(Moment, u32),
    NodeChanged,
    Ended,
}

/// A node, or the place where one was.
pub(crate) struct Place {
    pub(crate) stored: Option<Node>,
    /// What it was, from which moment on.
    pub(crate) history: Vec<(Moment, Was)>,
    pub(crate) holder: Option<Holding>,
    pub(crate) latest_fence: u64,
    /// Reservations that ended otherwise than by their holder, and when.
    pub(crate) lost: BTreeMap<u64, (Loss, Moment)>,
    /// How often it was recorded that another ended its reservation.
    pub(crate) ended: usize,
    /// When a release last failed.
    pub(crate) trouble: Option<Duration>,
    pub(crate) last_acquired: Option<Moment>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Holding {
    pub(crate) fence: u64,
    pub(crate) who: Who,
    /// Whether the store said it had failed to reserve.
    pub(crate) orphan: bool,
    /// A call that met this orphan in its turn.
    pub(crate) met: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Who {
    Call(usize),
    Foreign,
    Left,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Loss {
    Broken,
    Deleted,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Was {
    Absent,
    WithoutMethods,
    Good,
}

impl Was {
    pub(crate) fn of(node: Option<&Node>) -> Self {
        match node.map(Node::requested_interface) {
            None => Self::Absent,
            Some(Some("no-vendor")) => Self::WithoutMethods,
            Some(_) => Self::Good,
        }
    }
}

/// The number of a call by its request id.
pub(crate) fn call_of(request_id: &str) -> usize {
    request_id.strip_prefix("req-").and_then(|k| k.parse().ok()).unwrap_or(usize::MAX)
}

pub(crate) fn uuid_of(node: usize) -> Uuid {
    Uuid::from_u128(node as u128 + 1)
}

pub(crate) fn node_of(uuid: Uuid) -> usize {
    usize::try_from(uuid.as_u128() - 1).unwrap()
}

impl Run {
    pub(crate) fn over(&self) -> Option<&Over> {
        if let Stage::Over(over) = &self.stage { Some(over) } else { None }
    }

    /// Whether it relies on its reservation.
    pub(crate) fn inside(&self) -> Option<u64> {
        self.fence.filter(|_| self.over().is_none())
    }

    /// Whether it holds a worker.
    pub(crate) fn works(&self) -> bool {
        matches!(self.stage, Stage::Working)
    }

    /// Whether its call goes on after its end: its node changed before it could be upgraded.
    pub(crate) fn is_looked_up_again(&self) -> bool {
        let Some(over) = self.over() else { return false };
        let failed = self.bomb || !matches!(over.how, How::Returned(Ok(())));
        self.upgrade == Upgrade::NodeChanged && failed && !over.told
    }
}

impl Call {
    pub(crate) fn run(&self) -> Option<&Run> {
        self.runs.last()
    }

    /// Whether it waits for its node before it runs.
    pub(crate) fn waits(&self) -> bool {
        let unheard = self.answer.is_none() && self.gone.is_none();
        self.plan.kind.is_exclusive() && self.asked.is_some() && unheard && self.runs.is_empty()
    }

    pub(crate) fn lock_wait(&self) -> Duration {
        if self.plan.at_once { Duration::ZERO } else { LOCK_WAIT }
    }

    pub(crate) fn call_timeout(&self) -> Duration {
        if self.plan.hasty { HASTY } else { CALL_TIMEOUT }
    }

    /// The fence under which it is inside of its node.
    pub(crate) fn inside(&self) -> Option<u64> {
        self.run().and_then(Run::inside)
    }
}

impl Place {
    pub(crate) fn new(node: Node) -> Self {
        let start = Moment { event: 0, at: Duration::ZERO };
        Self {
            history: vec![(start, Was::of(Some(&node)))],
            stored: Some(node),
            holder: None,
            latest_fence: 0,
            lost: BTreeMap::new(),
            ended: 0,
            trouble: None,
            last_acquired: None,
        }
    }

    pub(crate) fn set(&mut self, now: Moment, node: Option<Node>) {
        self.history.push((now, Was::of(node.as_ref())));
        self.stored = node;
    }

    /// Whether it was this at some time from then on.
    pub(crate) fn was(&self, from: Moment, was: Was) -> bool {
        let next = self.history.iter().skip(1).map(|(until, _)| *until).map(Some);
        let ends = next.chain([None]);
        self.history
            .iter()
            .zip(ends)
            .any(|((_, it), end)| *it == was && end.is_none_or(|end| end > from))
    }
}

impl Model {
    pub(crate) fn now(&mut self) -> Moment {
        self.events += 1;
        Moment { event: self.events, at: self.clock.elapsed() }
    }

    pub(crate) fn running(&mut self, call: usize) -> &mut Run {
        self.calls[call].runs.last_mut().unwrap()
    }

    /// The calls that are inside of a node, each with its fence.
    pub(crate) fn insiders(&self, node: usize) -> impl Iterator<Item = (usize, u64)> {
        let calls = self.calls.iter().enumerate().filter(move |(_, call)| call.plan.node == node);
        calls.filter_map(|(k, call)| Some((k, call.inside()?)))
    }

    /// How many calls wait for the node.
    pub(crate) fn waiting(&self, node: usize) -> usize {
        let of_node = self.calls.iter().filter(|call| call.plan.node == node);
        let upgrades = |run: &Run| run.works() && matches!(run.upgrade, Upgrade::Waiting(..));
        of_node.filter(|call| call.waits() || call.run().is_some_and(upgrades)).count()
    }

    /// Whether nothing keeps the next caller from the node.
    pub(crate) fn is_free(&self, node: usize) -> bool {
        let held = self.nodes[node].holder.is_some() || self.insiders(node).next().is_some();
        !held && !self.in_trouble(node)
    }

    pub(crate) fn owner_inside(&self, node: usize, fence: u64) -> Option<usize> {
        self.insiders(node).find(|(_, inside)| *inside == fence).map(|(call, _)| call)
    }

    /// Whether a reservation of the node may be there for a release that failed.
    pub(crate) fn in_trouble(&self, node: usize) -> bool {
        let now = self.clock.elapsed();
        self.nodes[node].trouble.is_some_and(|at| now < at + RETRY)
    }

    pub(crate) fn fired_since(&self, then: Moment, what: &[StoreOp]) -> bool {
        self.fired.iter().any(|(fault, at)| *at > then && what.contains(fault))
    }

    pub(crate) fn acquired(&mut self, node: usize, who: Who, fence: u64, orphan: bool) {
        let now = self.now();
        let place = &mut self.nodes[node];
        let mut wrong = Vec::new();
        if let Some(holder) = place.holder {
            wrong.push(format!("{who:?} got node {node} while {holder:?} had it"));
        }
        if fence <= place.latest_fence {
            wrong.push(format!("fence {fence} of node {node} is not larger than any before"));
        }
        place.latest_fence = place.latest_fence.max(fence);
        place.holder = Some(Holding { fence, who, orphan, met: None });
        place.last_acquired = Some(now);
        self.wrong.extend(wrong);
        if let Who::Call(call) = who
            && !orphan
        {
            self.in_turn(call, now);
            self.calls[call].fences.push(fence);
        }
    }

    /// First come, first served: nobody who waited before this call came waits still. Only those
    /// count that cannot have lost their place: by a node that changed, a store that failed, the end
    /// of their time, or that of the conductor, which refuses those who wait.
    pub(crate) fn in_turn(&mut self, call: usize, now: Moment) {
        let came = match self.calls[call].run().map(|run| run.upgrade) {
            Some(Upgrade::Waiting(_, quiets)) => Some(quiets),
            _ => self.calls[call].asked.map(|(_, quiets)| quiets),
        };
        let node = self.calls[call].plan.node;
        let cut_short = |began: Moment| now.at >= began.at + self.limits.shutdown;
        if self.shut_down.is_some_and(cut_short) {
            return;
        }
        let passed = self.calls.iter().position(|other| {
            let in_time = |(asked, quiets): (Moment, u32)| {
                Some(quiets) < came && now.at < asked.at + other.lock_wait()
            };
            let same_node = other.plan.node == node && other.fences.is_empty() && !other.refused;
            same_node && other.waits() && other.asked.is_some_and(in_time)
        });
        if let Some(passed) = passed {
            self.wrong.push(format!("call {call} was served before call {passed}"));
        }
    }

    /// A call relies on its reservation from here on.
    pub(crate) fn enters(&mut self, call: usize, node: usize) {
        let Some(fence) = self.calls[call].fences.last().copied() else {
            self.wrong.push(format!("call {call} is inside of node {node} without a lock"));
            return;
        };
        let place = &self.nodes[node];
        let holds = place.holder.is_some_and(|holder| holder.fence == fence);
        if !holds && !self.may_be_lost(node, fence) {
            let holder = place.holder;
            self.wrong.push(format!("call {call} is inside of node {node} of {holder:?}"));
        }
        let found = self.calls[call].run().and_then(|run| run.node.as_ref());
        let same = |stored: &Node| {
            let it = |node: &Node| (node.driver.clone(), node.vendor_interface.clone());
            found.map(it) == Some(it(stored)) && Was::of(Some(stored)) == Was::Good
        };
        if holds && !place.stored.as_ref().is_some_and(same) {
            self.wrong.push(format!("call {call} was found for another node than {node} is now"));
        }
        let others = self.insiders(node).filter(|(other, _)| *other != call);
        let beside = others.filter(|(_, fence)| !place.lost.contains_key(fence)).last();
        if let Some((other, _)) = beside {
            self.wrong.push(format!("calls {other} and {call} are both inside of node {node}"));
        }
        self.running(call).fence = Some(fence);
    }

    /// Broken or deleted between the reservation and its use.
    pub(crate) fn may_be_lost(&self, node: usize, fence: u64) -> bool {
        self.breaking.contains(&(node, fence)) || self.nodes[node].lost.contains_key(&fence)
    }

    pub(crate) fn check_begins(&mut self, k: usize, cancellation: Cancellation, on: Option<&Node>) {
        let since = self.now();
        let call = &self.calls[k];
        let kind = call.plan.kind;
        let mut wrong = Vec::new();
        if let Some(before) = call.run() {
            if !before.is_looked_up_again() {
                wrong.push(format!("call {k} runs once more"));
            }
            self.seen.insert("a call was looked up again");
        }
        if kind.is_exclusive() && call.gone.is_some() {
            wrong.push(format!("call {k} runs, whose caller went away before"));
        }
        if on.map(|node| node_of(node.uuid())) != (!kind.of_driver()).then_some(call.plan.node) {
            wrong.push(format!("call {k} runs on {on:?}"));
        }
        let (node, bomb) = (call.plan.node, call.plan.bomb);
        self.wrong.extend(wrong);
        self.calls[k].runs.push(Run {
            since,
            cancellation,
            node: on.cloned(),
            bomb,
            fence: None,
            stage: Stage::Validating,
            begun: false,
            upgrade: Upgrade::None,
            worker: None,
            given_back: None,
        });
        if kind.is_exclusive() {
            self.enters(k, node);
        }
    }

    pub(crate) fn begins(&mut self, k: usize) {
        let run = self.running(k);
        let passed = matches!(&run.stage, Stage::Over(Over { how: How::NotBegun, .. }));
        let (told, worker) = (run.cancellation.is_cancelled(), run.worker);
        run.stage = Stage::Working;
        run.begun = true;
        if !passed {
            self.wrong.push(format!("call {k} begins unchecked"));
        }
        if told {
            self.wrong.push(format!("call {k} begins after it was told to end"));
        }
        if worker == Some(false) {
            self.wrong.push(format!("call {k} begins, and there is no worker for it"));
        }
    }

    pub(crate) fn over(&mut self, k: usize, how: How) {
        let when = self.now();
        let is_async = self.calls[k].plan.kind.is_async();
        let run = self.running(k);
        let told = run.cancellation.is_cancelled();
        let worked = run.works() && is_async;
        run.stage = Stage::Over(Over { how, when, told });
        if worked {
            self.freed.push(self.driver(k));
        }
    }

    /// Validation passed: from here the method begins at once, or it does not begin at all.
    pub(crate) fn passed(&mut self, k: usize) {
        self.over(k, How::NotBegun);
        if !self.calls[k].plan.kind.is_async() {
            return;
        }
        let driver = self.driver(k);
        let (all, of_driver) = (self.working(None), self.working(Some(&driver)));
        let freed = self.freed.len();
        let freed_of_driver = self.freed.iter().filter(|freed| **freed == driver).count();
        let share = if driver == "beta" { SHARE } else { usize::MAX };
        let full = all >= self.limits.workers || of_driver >= share;
        let free = all + freed < self.limits.workers && of_driver + freed_of_driver < share;
        // What ends this moment may not have given its worker back yet.
        self.running(k).worker = (full || free).then_some(free);
    }

    /// The driver whose workers a call takes.
    pub(crate) fn driver(&self, k: usize) -> String {
        let call = &self.calls[k];
        let node = call.run().and_then(|run| run.node.as_ref());
        node.map_or_else(|| driver_of(call.plan.node).to_owned(), |node| node.driver.clone())
    }

    /// How many workers are busy, all or those of one driver.
    pub(crate) fn working(&self, driver: Option<&str>) -> usize {
        let works = |k: &usize| {
            let call = &self.calls[*k];
            call.plan.kind.is_async() && call.run().is_some_and(Run::works)
        };
        let of_driver = |k: &usize| driver.is_none_or(|driver| self.driver(*k) == driver);
        (0..self.calls.len()).filter(works).filter(of_driver).count()
    }

    /// Whether there was a worker for this run for certain.
    pub(crate) fn had_a_worker(run: &Run) -> bool {
        run.worker == Some(true)
    }

    pub(crate) fn is_quiet_now(&mut self) {
        self.quiets += 1;
        self.freed.clear();
    }

    /// Why a run may have been told to end by this moment.
    pub(crate) fn reasons(&self, k: usize, run: &Run, now: Moment) -> Reasons {
        let node = &self.nodes[self.calls[k].plan.node];
        let lost = run.fence.and_then(|fence| node.lost.get(&fence)).is_some_and(|(loss, when)| {
            // A node that is deleted is no loss, as long as it can be seen to be gone.
            let seen = || {
                node.was(*when, Was::Good)
                    || node.was(*when, Was::WithoutMethods)
                    || self.fired_since(*when, &[StoreOp::Find])
            };
            when.event < now.event && (*loss == Loss::Broken || seen())
        });
        let limit = |since: Moment, limit: Duration| now.at >= since.at + limit;
        Reasons {
            run_limit: limit(run.since, self.limits.run),
            shut_down: self.shut_down.is_some_and(|since| limit(since, self.limits.shutdown)),
            lost,
        }
    }

    /// Whether a run must have been told to end by now, and whether it must be over.
    pub(crate) fn must_end(&self, k: usize, run: &Run, now: Moment) -> (bool, bool) {
        let late = |since: Moment, limit: Duration| now.at > since.at + limit + LATE;
        let limits = [
            Some(late(run.since, self.limits.run)),
            self.shut_down.map(|since| late(since, self.limits.shutdown)),
        ];
        let after = [
            Some(late(run.since, self.limits.run + GRACE)),
            self.shut_down.map(|since| late(since, self.limits.shutdown + GRACE)),
        ];
        let node = &self.nodes[self.calls[k].plan.node];
        let broken =
            run.fence.and_then(|fence| node.lost.get(&fence)).is_some_and(|(loss, when)| {
                let unseen = |(fault, at): &(StoreOp, Moment)| {
                    *fault == StoreOp::Reservation && now.at < at.at + RETRY
                };
                let seen = !self.fired.iter().any(unseen);
                *loss == Loss::Broken && !node.was(*when, Was::Absent) && seen
            });
        let any = |limits: [Option<bool>; 2]| limits.into_iter().flatten().any(|late| late);
        (any(limits) || broken, any(after))
    }
}

/// A store that fails is asked again after a second.
const RETRY: Duration = Duration::from_millis(1002);

/// By how much something may come late: a timer's grain, and that of settling.
pub(crate) const LATE: Duration = Duration::from_millis(2);

/// How much longer a call may wait for a node that nobody holds when its time is over.
pub(crate) const HANDOVER: Duration = Duration::from_millis(100 + 2);

pub(crate) struct Reasons {
    pub(crate) run_limit: bool,
    pub(crate) shut_down: bool,
    pub(crate) lost: bool,
}

pub(crate) fn driver_of(node: usize) -> &'static str {
    if node.is_multiple_of(2) { "alpha" } else { "beta" }
}
