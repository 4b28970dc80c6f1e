//! The attribute of a method says which HTTP methods it accepts, and whether it needs a lock. It
//! stands above each, as they differ.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
#[passthru(methods = ["POST"])]
// mend:
impl Vendor {
// mend: impl Vendor {
// mend:     #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
