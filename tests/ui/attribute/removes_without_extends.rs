//! Only what was inherited can be removed.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], removes = ["reset"])]
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
