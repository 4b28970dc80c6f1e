//! Without a key the attribute says nothing, and something was meant by it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(
        &self,
        _task: &mut Task,
        #[arg()] _data: String,
        // mend: _data: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
