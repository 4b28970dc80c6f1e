use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Shared>) -> Result<()> {
    let mut task = task.upgrade_lock();
    task.save().await
}

fn main() {}
