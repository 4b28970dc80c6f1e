//! A helper that takes `&Task` works under the exclusive lock, and a shared task does not hold it:
//! another call may be changing the node at the same moment. Upgrading waits for the lock.

use vendor_passthru::prelude::*;

fn flash_firmware(_task: &Task) {}

fn send_raw(task: &Task<Shared>) {
// mend: async fn send_raw(task: &Task<Shared>) -> Result<()> {
    flash_firmware(task);
    // mend: let task = task.upgrade_lock().await?;
    // mend: flash_firmware(&task);
    // mend: Ok(())
}

fn main() {}
