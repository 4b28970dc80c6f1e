use vendor_passthru::prelude::*;

async fn send_raw(task: &mut Task) -> Result<()> {
    task.save()?;
    Ok(())
}

fn main() {}
