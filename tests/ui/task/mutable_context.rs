//! The context says who is calling, which a method reads and does not change.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["POST"])]
    async fn send_raw(&self, _context: &mut Context) -> Result<()> {
    // mend: async fn send_raw(&self, _context: &Context) -> Result<()> {
        Ok(())
    }
}

fn main() {}
