//! The listing shows one description of each method, and takes the first paragraph of the doc
//! comment unless the key gives another. With both, one would be lost.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    /// Send raw bytes.
    #[passthru(methods = ["POST"], description = "Send raw bytes")]
    // mend: #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
