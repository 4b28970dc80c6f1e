use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Validating>) -> Result<Task> {
    task.upgrade_lock().await
}

fn main() {}
