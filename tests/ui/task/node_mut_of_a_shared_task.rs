use vendor_passthru::prelude::*;

fn send_raw(task: &Task<Shared>) {
    task.node_mut().name = None;
}

fn main() {}
