//! The name is looked up in the source by whoever sees it in a URL, and the table of methods is
//! made while this is compiled.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], method = concat!("send", "_raw"))]
    // mend: #[passthru(methods = ["POST"], method = "send_raw")]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
