//! The code that registers the methods of an impl is generated once for all of them, and it finds
//! the library in one place.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
// mend: #[vendor_interface(name = "example", drivers = ["example"], crate = ::vendor_passthru)]
impl Vendor {
    #[passthru(methods = ["POST"], crate = ::vendor_passthru)]
    // mend: #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
