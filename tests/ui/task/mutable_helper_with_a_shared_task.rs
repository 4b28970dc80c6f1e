use vendor_passthru::prelude::*;

fn rename(_task: &mut Task) {}

fn send_raw(task: &Task<Shared>) {
    rename(task);
}

fn main() {}
