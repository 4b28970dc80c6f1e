//! Cases that once showed something wrong, each by the rule it broke.

use crate::case::Change::{Driver, Mark, NoVendor};
use crate::case::Kind::{Exclusive, Upgrade};
use crate::case::Then::{Settle, Yield};
use crate::case::{Case, End, How, Op, Plan, Step, StoreOp};
use crate::play::play;

fn call(plan: Plan) -> Step {
    Step(Op::Call(plan), Settle)
}

/// Another conductor takes the node, or changes it and lets it go.
fn foreign(change: crate::case::Change) -> Step {
    Step(Op::Foreign { node: 0, change }, Settle)
}

#[track_caller]
fn holds(steps: impl Into<Vec<Step>>) {
    play(&Case::new(steps.into())).unwrap();
}

#[test]
fn a_task_of_a_deleted_node_neither_saves_nor_frees_the_one_that_is_added_anew() {
    holds([
        call(Plan { gated: true, late: Some(Mark), ..Plan::new(Exclusive) }),
        Step(Op::RemoveOrAdd(0), Settle),
        Step(Op::RemoveOrAdd(0), Yield(0)),
        Step(Op::LetGo(0), Settle),
        call(Plan { gated: true, ..Plan::new(Exclusive) }),
    ]);
    holds([
        call(Plan::new(Exclusive)),
        Step(Op::RemoveOrAdd(0), Settle),
        Step(Op::RemoveOrAdd(0), Settle),
        call(Plan::new(Exclusive)),
    ]);
}

#[test]
fn what_was_told_to_end_is_not_looked_up_again() {
    holds([
        foreign(Mark),
        call(Plan { lenient: true, gated: true, ..Plan::new(Upgrade) }),
        foreign(Driver),
        Step(Op::ShutDown, Settle),
        Step(Op::Wait(11_000), Settle),
    ]);
}

#[test]
fn a_failure_is_recorded_whose_caller_leaves_while_its_lock_is_given_back() {
    for turns in 0..40 {
        holds([
            Step(Op::Call(Plan { end: End::Error, ..Plan::new(Exclusive) }), Yield(turns)),
            Step(Op::Leave(0), Settle),
        ]);
    }
}

#[test]
fn an_argument_may_panic_when_its_call_is_looked_up_again() {
    holds([foreign(Mark), call(Plan { bomb: true, ..Plan::new(Exclusive) }), foreign(Driver)]);
}

#[test]
fn a_caller_without_time_ends_a_reservation_that_nobody_holds() {
    holds([
        Step(Op::Fail { what: StoreOp::TryAcquire, how: How::After, times: 1 }, Settle),
        call(Plan::new(Exclusive)),
        call(Plan { at_once: true, ..Plan::new(Exclusive) }),
        call(Plan { at_once: true, ..Plan::new(Exclusive) }),
    ]);
}

#[test]
fn a_call_in_its_time_of_grace_is_504_when_its_caller_waits_no_longer() {
    holds([
        call(Plan { hasty: true, end: End::Never, ..Plan::new(Exclusive) }),
        Step(Op::Break { node: 0, stale: false }, Settle),
        Step(Op::Wait(1000), Settle),
    ]);
}

#[test]
fn a_call_that_began_and_cannot_be_looked_up_again_is_recorded_when_its_caller_left() {
    holds([foreign(Mark), call(Plan::new(Upgrade)), Step(Op::Leave(0), Settle), foreign(NoVendor)]);
}
