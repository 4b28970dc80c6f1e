//! A validation runs under the lock that its method will run under, and takes no other. The method
//! upgrades the shared task that it is given.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Validating>) -> Result<Task> {
// mend: async fn send_raw(task: &Task<Shared>) -> Result<vendor_passthru::Upgraded<'_>> {
    task.upgrade_lock().await
}

fn main() {}
