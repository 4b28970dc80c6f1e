//! An argument is required by itself, so that there is nothing to say. The others say what they are
//! in place of it.

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
        #[arg(required)] _data: String,
        // mend: _data: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
