use vendor_passthru::prelude::*;

fn send_raw(task: &Task<Shared>) {
    let _ = task as &Task;
}

fn main() {}
