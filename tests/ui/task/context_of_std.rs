//! An imported name hides the one of the prelude, and this `Context` is the one of `std::task`, for
//! authors of futures.

use vendor_passthru::prelude::*;

use std::task::Context;
// mend:

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["POST"])]
    async fn send_raw(&self, _context: &Context) -> Result<()> {
        Ok(())
    }
}

fn main() {}
