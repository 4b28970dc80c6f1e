//! Upgrading leaves the shared task as it is and returns an exclusive one beside it. The node is
//! changed and stored through that one.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Shared>) -> Result<()> {
    task.upgrade_lock().await?;
    // mend: let mut task = task.upgrade_lock().await?;
    task.save().await
}

fn main() {}
