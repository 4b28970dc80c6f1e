use vendor_passthru::prelude::*;

fn rename(_task: &mut Task) {}

fn send_raw(task: &Task) {
    rename(task);
}

fn main() {}
