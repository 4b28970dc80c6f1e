//! `#[driver_passthru]` only marks a method. `#[vendor_interface]` registers the marked methods of
//! an impl, under the name and the drivers that it gives.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

impl Vendor {
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn version(&self, _context: &Context) -> Result<u32> {
        Ok(1)
    }
}

fn main() {}
