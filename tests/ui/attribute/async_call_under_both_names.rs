//! Ironic called this key `async` until Python made that a keyword. The older name is still taken
//! here, but the two are one key, and a key is given once.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], async_call = true, async = true)]
    // mend: #[passthru(methods = ["POST"], async_call = true)]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
