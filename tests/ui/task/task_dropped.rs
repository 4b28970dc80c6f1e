use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    drop(*task);
}

fn main() {}
