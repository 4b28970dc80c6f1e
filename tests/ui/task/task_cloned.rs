//! A task stands for the lock that its call holds, so there is one of it and no copy that could
//! outlive the call. Its node can be copied.

use vendor_passthru::prelude::*;

fn send_raw(task: &Task) -> Task {
// mend: fn send_raw(task: &Task) -> vendor_passthru::Node {
    task.clone()
    // mend: task.node().clone()
}

fn main() {}
