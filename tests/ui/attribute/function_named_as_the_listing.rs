//! Without the key `method`, the function's name is the last part of the URL. There, it is taken: a
//! `GET` of `vendor_passthru/methods` lists what can be called.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    // mend: #[passthru(methods = ["POST"], method = "vendor_methods")]
    async fn methods(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
