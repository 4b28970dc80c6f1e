//! `node()` lends the node for reading only. It is changed through `node_mut()`.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    task.node().driver = "ipmi".to_owned();
    // mend: task.node_mut().driver = "ipmi".to_owned();
}

fn main() {}
