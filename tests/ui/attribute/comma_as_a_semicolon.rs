//! Keys are separated by commas, as the fields of a struct are. A semicolon ends a statement.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"]; async_call = false)]
    // mend: #[passthru(methods = ["POST"], async_call = false)]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
