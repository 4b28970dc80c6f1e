//! Storing the node needs the task for itself until it is done, so the variable has to be `mut`.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Shared>) -> Result<()> {
    let task = task.upgrade_lock().await?;
    // mend: let mut task = task.upgrade_lock().await?;
    task.save().await
}

fn main() {}
