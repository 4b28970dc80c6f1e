//! What `attach = true` sends is the method's value, byte by byte. A method without a value leaves
//! the key out and is answered with `null`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    // mend: #[passthru(methods = ["GET"], async_call = false)]
    async fn log(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
