//! A task stands for the lock that its call holds, so there is one of it and no copy that could
//! outlive the call. Pass it on by reference.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) -> Task {
// mend: fn send_raw(task: &mut Task) -> &mut Task {
    task.clone()
    // mend: task
}

fn main() {}
