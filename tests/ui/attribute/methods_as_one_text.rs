//! The listing and the check of a request look at each HTTP method by itself, so each one is a text
//! of its own.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = "GET, POST")]
    // mend: #[passthru(methods = ["GET", "POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
