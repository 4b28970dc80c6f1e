//! A plain `fn` runs on a thread of its own, where nothing can be awaited. A method that waits is
//! an `async fn`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    fn send_raw(&self, _task: &mut Task) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        self.wait()?;
        // mend: self.wait().await?;
        Ok(())
    }

    async fn wait(&self) -> Result<()> {
        Ok(())
    }
}

fn main() {}
