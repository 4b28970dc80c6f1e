//! `&Task` has the exclusive lock but only reads its node. Changing it takes `&mut Task`.

use vendor_passthru::prelude::*;

fn send_raw(task: &Task) {
// mend: fn send_raw(task: &mut Task) {
    task.node_mut().name = None;
}

fn main() {}
