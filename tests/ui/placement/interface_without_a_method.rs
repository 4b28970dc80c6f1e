//! Only marked methods can be called over HTTP, all others are helpers. An interface without a
//! marked one would add nothing to the API.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
    // mend: #[passthru(methods = ["POST"])]
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
