use vendor_passthru::prelude::*;

fn sensors(_task: &Task<Shared>) {}

fn send_raw(task: &mut Task) {
    sensors(task);
}

fn main() {}
