use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    task.release();
}

fn main() {}
