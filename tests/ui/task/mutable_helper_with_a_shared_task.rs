//! Only a task under the exclusive lock changes its node, and a shared task does not hold it.
//! Upgrading waits for the lock.

use vendor_passthru::prelude::*;

fn rename(_task: &mut Task) {}

fn send_raw(task: &Task<Shared>) {
// mend: async fn send_raw(task: &Task<Shared>) -> Result<()> {
    rename(task);
    // mend: let mut task = task.upgrade_lock().await?;
    // mend: rename(&mut task);
    // mend: Ok(())
}

fn main() {}
