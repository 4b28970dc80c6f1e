use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) -> Task {
    task.clone()
}

fn main() {}
