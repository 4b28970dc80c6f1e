//! The name is a key of the request's JSON object. A blank would be sent by nobody.

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
        #[arg(name = " ")] _data: String,
        // mend: #[arg(name = "data")] _data: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
