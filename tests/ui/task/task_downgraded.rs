use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    task.downgrade_lock();
}

fn main() {}
