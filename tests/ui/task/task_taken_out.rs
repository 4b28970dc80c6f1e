//! The task is only lent to the method, and there is no empty one to leave in its place, since each
//! stands for a lock that is held. It can be lent on.

use vendor_passthru::prelude::*;

fn take(task: &mut Task) -> Task {
// mend: fn take(task: &mut Task) -> &mut Task {
    std::mem::take(task)
    // mend: task
}

fn main() {}
