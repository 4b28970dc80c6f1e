//! A method's limits are part of the table of methods, which is made at compile time, before there
//! is an instance.

use vendor_passthru::prelude::*;

use std::time::Duration;

#[derive(Default)]
struct Vendor {
    limit: Duration,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], call_timeout = self.limit)]
    // mend: #[passthru(methods = ["POST"], call_timeout = Duration::from_secs(5))]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
