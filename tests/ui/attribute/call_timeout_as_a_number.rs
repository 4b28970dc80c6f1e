//! A bare number does not say whether it counts seconds or milliseconds. A `Duration` does.

use vendor_passthru::prelude::*;
// mend: use std::time::Duration;
// mend:
// mend: use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], call_timeout = 5)]
    // mend: #[passthru(methods = ["POST"], call_timeout = Duration::from_secs(5))]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
