//! There is one key for it, which Ironic calls `async` and asks the other way round.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], sync = true)]
    // mend: #[passthru(methods = ["POST"], async_call = false)]
    async fn send_raw(&self, _task: &mut Task) -> Result<u8> {
        Ok(1)
    }
}

fn main() {}
