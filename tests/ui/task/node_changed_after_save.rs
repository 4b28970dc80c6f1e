//! `save` needs the whole task, and `node` keeps a part of it borrowed until it is used for the
//! last time. What is changed after `save` would not be stored either: change first, then save.

use vendor_passthru::prelude::*;

async fn send_raw(task: &mut Task) -> Result<()> {
    let node = task.node_mut();
    task.save().await?;
    // mend: node.name = None;
    node.name = None;
    // mend: task.save().await?;
    Ok(())
}

fn main() {}
