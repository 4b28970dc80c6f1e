//! The context says who is calling, under which request id, and when the call is cancelled. Every
//! driver method takes it, even one that does not look at it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn version(&self) -> Result<u32> {
    // mend: async fn version(&self, _context: &Context) -> Result<u32> {
        Ok(1)
    }
}

fn main() {}
