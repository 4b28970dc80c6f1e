//! The public name is one segment of the URL's path. A slash begins another segment, and no vendor
//! method is reached by a longer path.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], method = "raw/bytes")]
    // mend: #[passthru(methods = ["POST"], method = "raw_bytes")]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
