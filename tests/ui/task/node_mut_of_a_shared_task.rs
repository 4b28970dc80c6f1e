//! A shared task reads its node beside whoever holds the lock, so it cannot change it. Upgrading
//! waits for the lock and gives a task that can.

use vendor_passthru::prelude::*;

fn send_raw(task: &Task<Shared>) {
// mend: async fn send_raw(task: &Task<Shared>) -> Result<()> {
    task.node_mut().name = None;
    // mend: let mut task = task.upgrade_lock().await?;
    // mend: task.node_mut().name = None;
    // mend: task.save().await
}

fn main() {}
