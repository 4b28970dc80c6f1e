//! A node method gets a task and a driver method a context, so one signature cannot serve as both.
//! Two functions can, and may even have the same public name.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    #[driver_passthru(methods = ["POST"])]
    // mend:
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
