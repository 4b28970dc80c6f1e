//! `node()` lends the node, and the maps in it, for reading only. They are changed through
//! `node_mut()`.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    task.node().driver_info.remove("address");
    // mend: task.node_mut().driver_info.remove("address");
}

fn main() {}
