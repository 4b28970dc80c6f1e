use vendor_passthru::prelude::*;

fn send_raw(task: &Task<Shared>) -> Task {
    Task::acquire(task.node().uuid())
}

fn main() {}
