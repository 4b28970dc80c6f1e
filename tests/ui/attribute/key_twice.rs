//! A second list could add to the first or replace it. One list of all HTTP methods leaves no
//! doubt.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = true, methods = ["GET"])]
    // mend: #[passthru(methods = ["POST", "GET"], async_call = true)]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
