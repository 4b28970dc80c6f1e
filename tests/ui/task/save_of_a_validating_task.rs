//! A validation checks a call and changes nothing, so its task stores nothing. The method stores
//! its node itself, with the task that it is given.

use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Validating>) -> Result<()> {
// mend: async fn send_raw(task: &mut Task) -> Result<()> {
    task.save().await
}

fn main() {}
