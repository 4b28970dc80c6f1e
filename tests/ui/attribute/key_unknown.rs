//! To ignore an unknown key could lose what it says, so it is refused. A misspelt
//! `require_exclusive_lock = false` would otherwise lock the node all the same.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], require_exclusive_locks = true)]
    // mend: #[passthru(methods = ["POST"], require_exclusive_lock = true)]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
