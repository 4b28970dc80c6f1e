//! It is the task that stores its node, since only the task knows whether the lock is still held.

use vendor_passthru::prelude::*;

async fn send_raw(task: &mut Task) -> Result<()> {
    task.node_mut().save().await
    // mend: task.save().await
}

fn main() {}
