use vendor_passthru::prelude::*;

fn send_raw(task: &Task) -> &Context {
    task.context
}

fn main() {}
