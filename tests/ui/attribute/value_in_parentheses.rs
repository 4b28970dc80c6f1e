//! Some attributes of other crates take their values so. Here a key gets its value by `=`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call(false))]
    // mend: #[passthru(methods = ["POST"], async_call = false)]
    async fn send_raw(&self, _task: &mut Task) -> Result<u8> {
        Ok(1)
    }
}

fn main() {}
