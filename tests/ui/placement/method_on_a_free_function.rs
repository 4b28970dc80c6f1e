use vendor_passthru::prelude::*;

#[passthru(methods = ["POST"])]
async fn send_raw(_task: &mut Task) -> Result<()> {
    Ok(())
}

fn main() {}
