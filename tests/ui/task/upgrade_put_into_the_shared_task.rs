//! Upgrading returns an exclusive task, which is another type than the shared one it comes from. It
//! is a variable of its own.

use vendor_passthru::prelude::*;

async fn send_raw(task: &mut Task<Shared>) -> Result<()> {
    *task = task.upgrade_lock().await?;
    // mend: let _task = task.upgrade_lock().await?;
    Ok(())
}

fn main() {}
