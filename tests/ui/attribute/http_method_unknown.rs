//! HTTP lets anyone invent methods, but only five can call a vendor method. A request with any
//! other is answered 400, so `FETCH` would never arrive here.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["FETCH"])]
    // mend: #[passthru(methods = ["GET"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
