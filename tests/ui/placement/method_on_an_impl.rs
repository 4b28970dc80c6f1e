use vendor_passthru::prelude::*;

struct Vendor;

#[passthru(methods = ["POST"])]
impl Vendor {
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
