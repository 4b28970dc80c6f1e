//! A second list could add to the first or replace it. One list of all drivers leaves no doubt.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], drivers = ["other"])]
// mend: #[vendor_interface(name = "example", drivers = ["example", "other"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
