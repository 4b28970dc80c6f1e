//! Every key of a method has a value, as in Ironic's decorator. Only the flags of the other
//! attributes, `default` and `secret`, may stand alone.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = false, attach)]
    // mend: #[passthru(methods = ["POST"], async_call = false, attach = true)]
    async fn send_raw(&self, _task: &mut Task) -> Result<String> {
        Ok(String::new())
    }
}

fn main() {}
