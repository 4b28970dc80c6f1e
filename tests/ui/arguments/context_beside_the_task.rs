//! A node method gets one thing that is lent to it, the task, and the context is a part of it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(
        &self,
        _task: &mut Task,
        _context: &Context,
        // mend:
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
