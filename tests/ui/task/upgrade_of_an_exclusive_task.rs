use vendor_passthru::prelude::*;

async fn send_raw(task: &Task) -> Result<Task> {
    task.upgrade_lock().await
}

fn main() {}
