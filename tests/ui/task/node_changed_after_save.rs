use vendor_passthru::prelude::*;

async fn send_raw(task: &mut Task) -> Result<()> {
    let node = task.node_mut();
    task.save().await?;
    node.name = None;
    Ok(())
}

fn main() {}
