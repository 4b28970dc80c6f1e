//! A number alone does not say of what it is: seconds, as in Ironic's settings, or milliseconds. A
//! `Duration` does.

use vendor_passthru::prelude::*;

const LIMIT: u64 = 5;
// mend: const LIMIT: std::time::Duration = std::time::Duration::from_secs(5);

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], call_timeout = LIMIT)]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
