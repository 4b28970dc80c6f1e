//! Operators read it in the listing, where an empty text explains nothing. Without the key, the
//! first paragraph of the doc comment is taken.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], description = "")]
    // mend: #[passthru(methods = ["POST"], description = "Send raw bytes to the BMC")]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
