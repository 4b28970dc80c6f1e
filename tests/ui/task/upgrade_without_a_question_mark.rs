//! Upgrading can fail, such as when another call keeps the node locked. `?` returns that error and
//! otherwise gives the task.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Shared>) -> Result<()> {
    let mut task = task.upgrade_lock().await;
    // mend: let mut task = task.upgrade_lock().await?;
    task.save().await
}

fn main() {}
