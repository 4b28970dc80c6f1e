//! In quotes it is text and no `bool`. In Python any text but an empty one would count as true,
//! even `"false"`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = "true")]
    // mend: #[passthru(methods = ["POST"], async_call = true)]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
