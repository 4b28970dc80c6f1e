//! A validation checks a call and changes nothing, so its task only reads the node. The change
//! belongs in the method, with the task that the method is given.

use vendor_passthru::prelude::*;

fn send_raw(task: &Task<Validating>) {
// mend: fn send_raw(task: &mut Task) {
    task.node_mut().name = None;
}

fn main() {}
