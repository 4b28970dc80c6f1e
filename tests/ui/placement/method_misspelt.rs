//! No method of this impl is marked, so none could be called. The likely reason is an attribute so
//! near to `passthru` or `driver_passthru`, the two that mark one.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[pasthru(methods = ["POST"])]
    // mend: #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
