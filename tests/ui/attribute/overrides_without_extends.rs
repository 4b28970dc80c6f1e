//! Only an interface that extends another one has something to override.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], overrides)]
    // mend: #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
