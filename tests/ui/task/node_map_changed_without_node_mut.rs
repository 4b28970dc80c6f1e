use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    task.node().driver_info.remove("address");
}

fn main() {}
