//! Upgrading waits for the node's lock, and it can fail; before `.await?` there is no task yet.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Shared>) -> Result<()> {
    let mut task = task.upgrade_lock();
    // mend: let mut task = task.upgrade_lock().await?;
    task.save().await
}

fn main() {}
