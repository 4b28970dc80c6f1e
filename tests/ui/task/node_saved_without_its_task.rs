use vendor_passthru::prelude::*;

async fn send_raw(task: &mut Task) -> Result<()> {
    task.node_mut().save().await
}

fn main() {}
