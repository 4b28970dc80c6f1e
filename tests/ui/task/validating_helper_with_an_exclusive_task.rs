use vendor_passthru::prelude::*;

fn check(_task: &Task<Validating>) {}

fn send_raw(task: &mut Task) {
    check(task);
}

fn main() {}
