use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    task.node().driver = "ipmi".to_owned();
}

fn main() {}
