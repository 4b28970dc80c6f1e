//! Without `.await` nothing is stored yet, so there is no result that `?` could look at.

use vendor_passthru::prelude::*;

async fn send_raw(task: &mut Task) -> Result<()> {
    task.save()?;
    // mend: task.save().await?;
    Ok(())
}

fn main() {}
