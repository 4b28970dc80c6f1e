//! `rename` is serde's word. Here the key says what the argument is called in the request, so it is
//! `name`.

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
        #[arg(rename = "data")] _more: String,
        // mend: #[arg(name = "data")] _more: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
