//! A driver method acts on no node, so that there is nothing to lock.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["POST"])]
    async fn send_raw(
        &self,
        _context: &Context,
        _task: &mut Task,
        // mend:
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
