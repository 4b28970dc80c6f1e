//! A description of blanks is none. Without this key the first paragraph of the doc comment is
//! taken.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], description = " ")]
    // mend: #[passthru(methods = ["POST"], description = "Send raw bytes.")]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
