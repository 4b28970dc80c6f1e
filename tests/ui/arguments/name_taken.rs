//! Each argument is one key of the body. A leading `_` is not part of the name, so `_data` reads
//! the key `data` already.

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
        _data: String,
        #[arg(name = "data")] _more: String,
        // mend: #[arg(name = "more")] _more: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
