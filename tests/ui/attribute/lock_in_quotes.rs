//! In quotes it is text and no `bool`. What was meant is repeated in the help.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], require_exclusive_lock = "false")]
    // mend: #[passthru(methods = ["GET"], require_exclusive_lock = false)]
    async fn sensors(&self, _task: &Task<Shared>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
