//! `Task` is `Task<Exclusive>`: it holds the exclusive lock already, and there is nothing above it.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task) -> Result<Task> {
// mend: async fn send_raw(task: &Task) -> Result<&Task> {
    task.upgrade_lock().await
    // mend: Ok(task)
}

fn main() {}
