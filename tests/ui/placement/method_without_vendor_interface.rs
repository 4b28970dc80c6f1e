//! A method is called through a vendor interface. `#[vendor_interface]` makes the impl one, and
//! gives it the name and the drivers by which nodes find it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

impl Vendor {
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(secret)] _key: String) -> Result<()> {
        Ok(())
    }

    async fn twice(&self, task: &mut Task) -> Result<()> {
        self.send_raw(task, String::new()).await
    }
}

fn main() {}
