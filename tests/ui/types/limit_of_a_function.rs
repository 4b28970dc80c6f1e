//! A method's limits are part of the table of methods, which is made at compile time. A function
//! that is `const` can be called there.

use vendor_passthru::prelude::*;

use std::time::Duration;

fn limit() -> Duration {
// mend: const fn limit() -> Duration {
    Duration::from_secs(5)
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], call_timeout = limit())]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
