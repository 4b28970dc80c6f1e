use vendor_passthru::prelude::*;

fn send_raw(task: &Task<Validating>) {
    task.node_mut().name = None;
}

fn main() {}
