//! An `async fn` holds the futures it awaits, and one that held itself would have no end. A box
//! ends it; so does a loop.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        if task.is_cancelled() {
            return Ok(());
        }
        self.send_raw(task).await
        // mend: Box::pin(self.send_raw(task)).await
    }
}

fn main() {}
