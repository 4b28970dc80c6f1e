//! Upgrading waits for the node's lock; before the `.await` there is no result that `?` could look
//! at.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Shared>) -> Result<()> {
    let mut task = task.upgrade_lock()?;
    // mend: let mut task = task.upgrade_lock().await?;
    task.save().await
}

fn main() {}
