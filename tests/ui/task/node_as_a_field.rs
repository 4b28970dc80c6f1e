//! The node of a task is read through `node()` and is no field: only an exclusive task changes it,
//! through `node_mut()`.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) -> &str {
    &task.node.driver
    // mend: &task.node().driver
}

fn main() {}
