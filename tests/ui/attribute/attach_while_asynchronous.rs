//! An asynchronous call is answered 202 before the method runs, and that answer is empty. What
//! `attach` sends is the method's value, which only a synchronous call waits for.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], attach = true)]
    // mend: #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn send_raw(&self, _task: &mut Task) -> Result<Vec<u8>> {
        Ok(Vec::new())
    }
}

fn main() {}
