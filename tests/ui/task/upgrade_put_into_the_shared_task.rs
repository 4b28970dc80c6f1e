use vendor_passthru::prelude::*;

async fn send_raw(task: &mut Task<Shared>) -> Result<()> {
    *task = task.upgrade_lock().await?;
    Ok(())
}

fn main() {}
