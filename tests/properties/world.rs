//! What the parts of a case tell the model, and ask of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Semaphore;
use tokio::time::Instant;
use vendor_passthru::{Answer, Attempt, Cancellation, Error, Node, Result, Shutdown, Uuid};

use crate::case::{self, Change, Plan, StoreOp};
use crate::model::{
    Call, Fault, How, Limits, Loss, Model, Moment, Place, Upgrade, Was, Who, call_of, node_of,
};

/// What all parts of a case know and tell.
#[derive(Clone)]
pub(crate) struct World(Arc<Mutex<Model>>);

/// What is told to the world by the parts of a case.
impl World {
    pub(crate) fn new(limits: Limits, nodes: Vec<Node>) -> Self {
        Self(Arc::new(Mutex::new(Model {
            clock: Instant::now(),
            limits,
            calls: Vec::new(),
            nodes: nodes.into_iter().map(Place::new).collect(),
            faults: Vec::new(),
            fired: Vec::new(),
            shut_down: None,
            running_then: None,
            found: None,
            breaking: BTreeSet::new(),
            freed: Vec::new(),
            events: 0,
            quiets: 0,
            was_quiet: true,
            marks: 0,
            wrong: Vec::new(),
            seen: BTreeSet::new(),
        })))
    }

    pub(crate) fn model(&self) -> MutexGuard<'_, Model> {
        self.0.lock().unwrap()
    }

    pub(crate) fn wrong(&self, what: String) {
        self.model().wrong.push(what);
    }

    pub(crate) fn plan(&self, call: usize) -> Plan {
        self.model().calls[call].plan
    }

    pub(crate) fn gate(&self, call: usize) -> Arc<Semaphore> {
        Arc::clone(&self.model().calls[call].gate)
    }

    pub(crate) fn change(&self, node: &mut Node, change: Change) {
        let mut model = self.model();
        model.marks += 1;
        node.driver_info.insert("mark".to_owned(), model.marks.into());
        match change {
            Change::Mark => {}
            Change::Driver => {
                let other = if node.driver == "alpha" { "beta" } else { "alpha" };
                other.clone_into(&mut node.driver);
            }
            Change::Interface => {
                let named = node.vendor_interface.is_some();
                node.vendor_interface = (!named).then(|| "one".to_owned());
            }
            Change::NoVendor => node.vendor_interface = Some("no-vendor".to_owned()),
        }
    }

    pub(crate) fn check_begins(
        &self,
        call: usize,
        cancellation: Cancellation,
        on: Option<&Node>,
    ) -> Probe {
        self.model().check_begins(call, cancellation, on);
        Probe { world: self.clone(), call, stage: ProbeOf::Check, how: None }
    }

    pub(crate) fn begins(&self, call: usize) -> Probe {
        self.model().begins(call);
        Probe { world: self.clone(), call, stage: ProbeOf::Method, how: None }
    }

    pub(crate) fn upgrade_begins(&self, call: usize) {
        let mut model = self.model();
        let waiting = Upgrade::Waiting(model.now(), model.quiets);
        model.running(call).upgrade = waiting;
    }

    pub(crate) fn upgrade_ends(&self, call: usize, result: Result<(), &Error>) {
        let mut model = self.model();
        model.running(call).upgrade = match result {
            Err(Error::NodeChanged { .. }) => Upgrade::NodeChanged,
            _ => Upgrade::Ended,
        };
        if result.is_ok() {
            model.seen.insert("an upgrade");
            let node = model.calls[call].plan.node;
            model.enters(call, node);
        }
    }

    pub(crate) fn fault(&self, what: StoreOp) -> Option<case::How> {
        let mut model = self.model();
        let now = model.now();
        let fault = model.faults.iter_mut().find(|fault| fault.what == what && fault.left > 0)?;
        fault.left -= 1;
        let how = fault.how;
        model.fired.push((what, now));
        Some(how)
    }

    /// Whether the holder of this reservation was told to end.
    pub(crate) fn told(&self, node: Uuid, fence: u64) -> bool {
        let model = self.model();
        let mut calls = model.calls.iter().filter(|call| call.plan.node == node_of(node));
        let owner = calls.find(|call| call.inside() == Some(fence));
        owner.and_then(Call::run).is_some_and(|run| run.cancellation.is_cancelled())
    }

    pub(crate) fn saved(&self, node: &Node, fence: u64, told: bool) {
        let mut model = self.model();
        let (now, index) = (model.now(), node_of(node.uuid()));
        let place = &mut model.nodes[index];
        let mut wrong = Vec::new();
        match place.holder {
            Some(holder) if holder.fence == fence => {}
            holder => wrong.push(format!("fence {fence} saved a node held by {holder:?}")),
        }
        if told {
            wrong.push(format!("fence {fence} saved its node after it was told to end"));
        }
        let mut stored = node.clone();
        stored.last_error = place.stored.as_ref().and_then(|stored| stored.last_error.clone());
        place.set(now, Some(stored));
        model.wrong.extend(wrong);
        model.seen.insert("a save");
    }

    pub(crate) fn recorded(&self, node: Uuid, text: &str, fails: bool) {
        let mut model = self.model();
        if let Some(stored) = &mut model.nodes[node_of(node)].stored {
            stored.last_error = Some(text.to_owned());
        }
        if text.contains("was broken by") || text.contains("the conductor ended") {
            model.nodes[node_of(node)].ended += 1;
            model.seen.insert("a record of another's end");
            return;
        }
        let call = text.split(['(', ')']).map(call_of).find(|k| *k != usize::MAX);
        match call {
            Some(call) if !fails => model.calls[call].records.push(text.to_owned()),
            Some(_) => {}
            None => model.wrong.push(format!("recorded of no call: {text}")),
        }
    }

    /// A call tried to reserve its node: what the store did, and whether it will deny that.
    pub(crate) fn tried(&self, node: Uuid, request: &str, attempt: Option<&(Attempt, bool)>) {
        let mut model = self.model();
        let (call, index) = (call_of(request), node_of(node));
        model.calls[call].refused |= attempt.is_none_or(|(_, fails)| *fails);
        match attempt {
            Some((Attempt::Acquired { fence }, fails)) => {
                model.acquired(index, Who::Call(call), *fence, *fails);
            }
            None | Some((Attempt::Held(_), true)) => {}
            Some((Attempt::Held(_), false)) => {
                if let Some(holder) = &mut model.nodes[index].holder
                    && holder.orphan
                {
                    holder.met = Some(call);
                    model.seen.insert("an orphan was met");
                }
            }
        }
    }

    pub(crate) fn release_begins(&self, node: Uuid, fence: u64) {
        let mut model = self.model();
        let index = node_of(node);
        let broken = model.breaking.contains(&(index, fence));
        let owner = model.owner_inside(index, fence);
        if let (Some(owner), false) =
            (owner, broken || model.nodes[index].lost.contains_key(&fence))
        {
            model.wrong.push(format!("the lock of call {owner} is released while it is inside"));
        }
    }

    pub(crate) fn released(&self, node: Uuid, fence: u64, ended: bool) {
        let mut model = self.model();
        let (now, index) = (model.now(), node_of(node));
        let held = model.nodes[index].holder.filter(|holder| holder.fence == fence);
        if held.is_some() != ended {
            model.wrong.push(format!("the release of fence {fence} told {ended}"));
        }
        if held.is_none() {
            return;
        }
        if model.owner_inside(index, fence).is_some() {
            model.seen.insert("a reservation was broken under its method");
        }
        if model.breaking.contains(&(index, fence)) {
            model.nodes[index].lost.insert(fence, (Loss::Broken, now));
        }
        model.nodes[index].holder = None;
    }

    pub(crate) fn release_ends(&self, node: Uuid, fence: u64, failed: bool) {
        let mut model = self.model();
        let (now, index) = (model.now(), node_of(node));
        if failed {
            let place = &mut model.nodes[index];
            place.trouble = Some(now.at);
            if let Some(holder) = &mut place.holder {
                // An orphan stays for the caller after this one.
                holder.met = None;
            }
        }
        let of = |call: &&mut Call| call.plan.node == index && call.fences.contains(&fence);
        if let Some(run) = model.calls.iter_mut().find(of).and_then(|call| call.runs.last_mut())
            && run.over().is_some()
        {
            run.given_back.get_or_insert(now);
        }
    }
}

/// What the steps of a case do to the world.
impl World {
    pub(crate) fn call(&self, plan: Plan) -> usize {
        let mut model = self.model();
        model.calls.push(Call {
            plan,
            gate: Arc::new(Semaphore::new(0)),
            asked: None,
            alone: false,
            answer: None,
            gone: None,
            refused: false,
            fences: Vec::new(),
            runs: Vec::new(),
            records: Vec::new(),
        });
        model.calls.len() - 1
    }

    pub(crate) fn asked(&self, k: usize) -> Asking {
        let mut model = self.model();
        let node = model.calls[k].plan.node;
        let free = model.is_free(node) && model.waiting(node) == 0;
        let (now, quiets, was_quiet) = (model.now(), model.quiets, model.was_quiet);
        let call = &mut model.calls[k];
        call.asked = Some((now, quiets));
        call.alone = was_quiet && free;
        Asking { world: self.clone(), call: k, answered: false }
    }

    pub(crate) fn left_over(&self, node: usize, fence: u64) {
        self.model().acquired(node, Who::Left, fence, false);
    }

    pub(crate) fn foreign(&self, node: usize, fence: u64) {
        self.model().acquired(node, Who::Foreign, fence, false);
    }

    pub(crate) fn foreign_released(&self, node: usize) {
        self.model().nodes[node].holder = None;
    }

    pub(crate) fn removed(&self, node: usize) {
        let mut model = self.model();
        let now = model.now();
        let place = &mut model.nodes[node];
        place.set(now, None);
        if let Some(holder) = place.holder.take() {
            place.lost.insert(holder.fence, (Loss::Deleted, now));
        }
    }

    pub(crate) fn added(&self, node: &Node) {
        let mut model = self.model();
        let now = model.now();
        model.nodes[node_of(node.uuid())].set(now, Some(node.clone()));
    }

    /// An operator breaks this reservation; tells when, and how often that was recorded before.
    pub(crate) fn breaks(&self, node: usize, fence: u64) -> (Moment, usize) {
        let mut model = self.model();
        model.breaking.insert((node, fence));
        (model.now(), model.nodes[node].ended)
    }

    pub(crate) fn broke(&self, node: usize, (since, recorded): (Moment, usize)) {
        let mut model = self.model();
        let place = &model.nodes[node];
        if place.ended == recorded && !place.was(since, Was::Absent) {
            model.wrong.push(format!("nothing tells that node {node} was taken from its holder"));
        }
    }

    pub(crate) fn fail(&self, what: StoreOp, how: case::How, times: u8) {
        self.model().faults.push(Fault { what, how, left: times });
    }

    pub(crate) fn no_more_faults(&self) {
        self.model().faults.clear();
    }

    /// Tells whether this is the first time.
    pub(crate) fn shuts_down(&self) -> bool {
        let mut model = self.model();
        if model.shut_down.is_some() {
            return false;
        }
        model.shut_down = Some(model.now());
        let live =
            |call: &&Call| call.waits() || call.run().is_some_and(|run| run.over().is_none());
        let running = model.calls.iter().filter(live).count();
        // A call whose wait is over ends this moment, or a little later where its node changes hands.
        let now = model.now();
        let overdue = |call: &Call| {
            let asked = call.asked.filter(|_| call.waits());
            asked.is_some_and(|(asked, _)| now.after(asked) >= call.lock_wait())
        };
        let is_known = model.was_quiet && !model.calls.iter().any(overdue);
        model.running_then = is_known.then_some(running);
        true
    }

    pub(crate) fn shut_down(&self, figures: Shutdown) {
        self.model().found = Some(figures);
    }
}

/// Tells how a method, or its validation, came to its end; dropped with it.
pub(crate) struct Probe {
    world: World,
    pub(crate) call: usize,
    stage: ProbeOf,
    pub(crate) how: Option<How>,
}

#[derive(PartialEq)]
enum ProbeOf {
    Check,
    Method,
}

impl Drop for Probe {
    fn drop(&mut self) {
        let unwinds = std::thread::panicking();
        let how = self.how.take().unwrap_or(if unwinds { How::Panicked } else { How::Dropped });
        let mut model = self.world.model();
        match (&self.stage, how) {
            (ProbeOf::Check, How::Returned(Ok(()))) => model.passed(self.call),
            (_, how) => model.over(self.call, how),
        }
    }
}

/// A caller who waits for an answer.
pub(crate) struct Asking {
    world: World,
    call: usize,
    answered: bool,
}

impl Asking {
    pub(crate) fn answered(mut self, answer: Result<Answer>) {
        self.answered = true;
        let mut model = self.world.model();
        let now = model.now();
        model.calls[self.call].answer = Some((now, answer));
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        if !self.answered {
            let mut model = self.world.model();
            let now = model.now();
            model.calls[self.call].gone = Some(now);
        }
    }
}
