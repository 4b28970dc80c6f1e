//! Only the holder of the exclusive lock stores a node, and a shared task does not hold it.
//! Upgrading waits for the lock.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Shared>) -> Result<()> {
    task.save().await
    // mend: task.upgrade_lock().await?.save().await
}

fn main() {}
