//! Another crate's error says nothing of a status or of what a client may read.
//! `VendorPassthruException` says it, and keeps the error for the log.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        drop(std::fs::read(&task.node().driver)?);
        // mend: let read = std::fs::read(&task.node().driver);
        // mend: let refused = |error| VendorPassthruException::new("no such file").with_source(error);
        // mend: drop(read.map_err(refused)?);
        Ok(())
    }
}

fn main() {}
