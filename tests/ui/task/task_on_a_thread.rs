//! The task is lent to the method for the length of the call, and a thread may outlive it. A plain
//! `fn` is called on a thread of its own already, so it can do the work itself.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    std::thread::spawn(move || task.node_mut().name = None);
    // mend: task.node_mut().name = None;
}

fn main() {}
