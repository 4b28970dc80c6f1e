//! The key may be left out, and then the conductor's own timeout holds. Where it stands, it has a
//! value, so there is no `Option` around it.

use std::time::Duration;

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], call_timeout = Some(Duration::from_secs(5)))]
    // mend: #[passthru(methods = ["POST"], call_timeout = Duration::from_secs(5))]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
