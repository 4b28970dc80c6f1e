use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Shared>) -> Result<()> {
    let task = task.upgrade_lock().await?;
    task.save().await
}

fn main() {}
