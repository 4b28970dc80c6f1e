//! The context comes from the conductor, and all parameters after it from the request. A fixed
//! place keeps the two apart.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn version(&self, _verbose: bool, _context: &Context) -> Result<u32> {
    // mend: async fn version(&self, _context: &Context, _verbose: bool) -> Result<u32> {
        Ok(1)
    }
}

fn main() {}
