//! The conductor makes the task of a call and takes its lock. A method that begins shared and needs
//! the exclusive lock later upgrades the task it has.

use vendor_passthru::prelude::*;

fn send_raw(task: &Task<Shared>) -> Task {
// mend: async fn send_raw(task: &Task<Shared>) -> Result<vendor_passthru::Upgraded<'_>> {
    Task::acquire(task.node().uuid())
    // mend: task.upgrade_lock().await
}

fn main() {}
