//! What has to hold whenever nothing goes on any more without time.

use vendor_passthru::{Dispatcher, Error, LockFigures};

use crate::case::StoreOp;
use crate::model::{HANDOVER, LATE, Model, Upgrade, Who};

impl Model {
    pub(crate) fn check_quiet(&mut self, dispatcher: &Dispatcher) {
        let mut wrong = Vec::new();
        self.check_workers(dispatcher.workers().running, &mut wrong);
        self.check_locks(dispatcher.locks(), &mut wrong);
        for node in 0..self.nodes.len() {
            self.check_node(node, &mut wrong);
        }
        for call in 0..self.calls.len() {
            self.check_call(call, &mut wrong);
        }
        self.wrong.extend(wrong);
        self.is_quiet_now();
    }

    /// The pool counts what runs, nothing else.
    fn check_workers(&mut self, running: usize, wrong: &mut Vec<String>) {
        let working = self.working(None);
        if running != working {
            wrong.push(format!("{running} workers are busy with {working} calls"));
        }
        if working == self.limits.workers {
            self.seen.insert("a full pool");
        }
    }

    fn check_locks(&self, figures: LockFigures, wrong: &mut Vec<String>) {
        let nodes = 0..self.nodes.len();
        let waiting: usize = nodes.clone().map(|node| self.waiting(node)).sum();
        let inside: usize = nodes.clone().map(|node| self.insiders(node).count()).sum();
        // A release that failed may be tried again.
        let troubles = nodes.filter(|node| self.in_trouble(*node)).count();
        if figures.waiting != waiting {
            wrong.push(format!("{waiting} calls wait for a node, {figures:?}"));
        }
        if !(inside..=inside + troubles).contains(&figures.held) {
            wrong.push(format!("{inside} calls are inside, {figures:?}"));
        }
    }

    /// Nothing stays reserved, and nobody waits for what is free.
    fn check_node(&self, node: usize, wrong: &mut Vec<String>) {
        let place = &self.nodes[node];
        if self.is_free(node) && self.waiting(node) > 0 {
            wrong.push(format!("calls wait for node {node}, which is free"));
        }
        let Some(holder) = place.holder else { return };
        let Who::Call(call) = holder.who else { return };
        let inside = self.insiders(node).any(|insider| insider == (call, holder.fence));
        if !inside && !holder.orphan && !self.in_trouble(node) {
            wrong.push(format!("node {node} stays reserved: {holder:?}"));
        }
        // One that went away cannot see to it.
        let stays = |met: usize| self.calls[met].gone.is_none();
        if holder.orphan && holder.met.is_some_and(stays) && !self.in_trouble(node) {
            wrong.push(format!("an orphan stays though its next caller came: {holder:?}"));
        }
    }

    /// Everything comes in its time: the lock or 409, the answer or 504, the end of what was told.
    fn check_call(&mut self, k: usize, wrong: &mut Vec<String>) {
        let now = self.now();
        let call = &self.calls[k];
        let waits = call.answer.is_none() && call.gone.is_none();
        let Some((asked, _)) = call.asked else { return };
        let Some(run) = call.run() else {
            let (wait, first) = (call.lock_wait(), call.fences.is_empty());
            if waits && first && now.at > asked.at + wait + HANDOVER {
                wrong.push(format!("call {k} waits too long for its node"));
            }
            return;
        };
        let unanswered = call.plan.kind.is_async() && run.works();
        if waits && (unanswered || now.at > run.since.at + call.call_timeout() + LATE) {
            wrong.push(format!("call {k} waits too long for its answer"));
        }
        if run.over().is_some() {
            if waits && !run.is_looked_up_again() {
                wrong.push(format!("call {k} is over and was not answered"));
            }
            return;
        }
        let told = run.cancellation.is_cancelled();
        let reasons = self.reasons(k, run, now);
        let (must_be_told, must_be_over) = self.must_end(k, run, now);
        if must_be_told && !told {
            wrong.push(format!("call {k} was not told to end"));
        }
        if must_be_over {
            wrong.push(format!("call {k} runs on after its time of grace"));
        }
        if told && !(reasons.run_limit || reasons.shut_down || reasons.lost) {
            wrong.push(format!("call {k} was told to end for nothing"));
        }
        if let Upgrade::Waiting(since, _) = run.upgrade
            && !self.fired_since(since, &[StoreOp::Find])
            && now.at > since.at + call.lock_wait() + HANDOVER
        {
            wrong.push(format!("the upgrade of call {k} waits too long"));
        }
    }
}

/// Whether this error came from a fault of the store.
pub(crate) fn is_planned(error: &Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.to_string().contains("a planned fault") {
            return true;
        }
        cause = error.source();
    }
    false
}
