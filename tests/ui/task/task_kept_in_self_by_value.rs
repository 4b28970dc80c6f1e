//! The task is only lent to the method, and its lock is released when the call ends, so it cannot
//! be kept. A copy of its node can.

use std::sync::Mutex;

use vendor_passthru::prelude::*;

struct Vendor {
    task: Mutex<Option<Task>>,
    // mend: node: Mutex<Option<vendor_passthru::Node>>,
}

impl Vendor {
    async fn send_raw(&self, task: &mut Task) {
        *self.task.lock().unwrap() = Some(*task);
        // mend: *self.node.lock().unwrap() = Some(task.node().clone());
    }
}

fn main() {}
