//! `Duration` is a type of `std` that every file imports for itself; it is not in the prelude.

use vendor_passthru::prelude::*;
// mend: use std::time::Duration;
// mend: use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], call_timeout = Duration::from_secs(5))]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
