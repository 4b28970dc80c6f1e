use vendor_passthru::Uuid;
use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task, uuid: Uuid) {
    task.node_mut().uuid = uuid;
}

fn main() {}
