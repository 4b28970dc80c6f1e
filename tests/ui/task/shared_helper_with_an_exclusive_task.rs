//! `Task<Shared>` and `Task` are two types, and neither passes for the other. A helper that only
//! reads the node takes a task of any lock.

use vendor_passthru::prelude::*;

fn sensors(_task: &Task<Shared>) {}
// mend: fn sensors<L>(_task: &Task<L>) {}

fn send_raw(task: &mut Task) {
    sensors(task);
}

fn main() {}
