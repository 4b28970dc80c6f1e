//! The attribute makes the table of methods. Without it a type has functions, and none that can be
//! called by name.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::TestConductor;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

impl Vendor {
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
// mend:     #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn conductor() -> TestConductor {
    TestConductor::new(Vendor)
}

fn main() {}
