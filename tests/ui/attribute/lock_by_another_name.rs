//! The key is Ironic's, so that whoever knows the one knows the other.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], exclusive = false)]
    // mend: #[passthru(methods = ["GET"], require_exclusive_lock = false)]
    async fn sensors(&self, _task: &Task<Shared>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
