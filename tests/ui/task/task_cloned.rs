use vendor_passthru::prelude::*;

fn send_raw(task: &Task) -> Task {
    task.clone()
}

fn main() {}
