//! The UUID is what names a node for good, in the store and in everybody's records, so it never
//! changes. Its logical name can.

use vendor_passthru::Uuid;
use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task, uuid: Uuid) {
    task.node_mut().uuid = uuid;
    // mend: task.node_mut().name = Some(uuid.to_string());
}

fn main() {}
