use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) -> &str {
    &task.node.driver
}

fn main() {}
