use vendor_passthru::prelude::*;

async fn send_raw(task: &Task<Validating>) -> Result<()> {
    task.save().await
}

fn main() {}
