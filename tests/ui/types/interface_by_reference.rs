//! A conductor keeps the instance as long as it lives, so it takes it by value.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::TestConductor;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn conductor() -> TestConductor {
    TestConductor::new(&Vendor)
    // mend: TestConductor::new(Vendor)
}

fn main() {}
