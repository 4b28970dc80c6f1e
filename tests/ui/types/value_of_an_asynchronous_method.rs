//! An asynchronous call is answered 202 before the method runs. Whoever wants the value waits for
//! it: `async_call = false`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    // mend: #[passthru(methods = ["POST"], async_call = false)]
    async fn send_raw(&self, _task: &mut Task) -> Result<u8> {
        Ok(8)
    }
}

fn main() {}
