//! A type may have several interfaces, but by the instance alone it cannot be told which one is
//! meant. A type of its own for each of them tells it.

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

#[vendor_interface(name = "other", drivers = ["example"])]
// mend: #[derive(Default)]
// mend: struct Other;
// mend: impl VendorInterface for Other {}
// mend: #[vendor_interface(name = "other", drivers = ["example"])]
impl Vendor {
// mend: impl Other {
    #[passthru(methods = ["POST"])]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn conductor() -> TestConductor {
    TestConductor::new(Vendor)
}

fn main() {}
