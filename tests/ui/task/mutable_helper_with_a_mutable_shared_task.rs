use vendor_passthru::prelude::*;

fn rename(_task: &mut Task) {}

fn send_raw(task: &mut Task<Shared>) {
    rename(task);
}

fn main() {}
