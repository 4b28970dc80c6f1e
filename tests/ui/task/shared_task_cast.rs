//! No cast makes an exclusive task of a shared one, since the lock has to be waited for. That is
//! what upgrading does.

use vendor_passthru::prelude::*;

fn send_raw(task: &Task<Shared>) {
// mend: async fn send_raw(task: &Task<Shared>) -> Result<()> {
    let _ = task as &Task;
    // mend: let _task = task.upgrade_lock().await?;
    // mend: Ok(())
}

fn main() {}
