//! Only a task under the exclusive lock changes its node, and `mut` makes no exclusive task of a
//! shared one. Upgrading does: it waits for the lock.

use vendor_passthru::prelude::*;

fn rename(_task: &mut Task) {}

fn send_raw(task: &mut Task<Shared>) {
// mend: async fn send_raw(task: &mut Task<Shared>) -> Result<()> {
    rename(task);
    // mend: let mut task = task.upgrade_lock().await?;
    // mend: rename(&mut task);
    // mend: Ok(())
}

fn main() {}
