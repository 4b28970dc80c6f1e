//! The key gives a limit other than the conductor's, so it has to say which. Without the key, the
//! conductor's holds.

use vendor_passthru::prelude::*;
// mend: use std::time::Duration;
// mend:
// mend: use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], run_limit)]
    // mend: #[passthru(methods = ["POST"], run_limit = Duration::from_hours(2))]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
