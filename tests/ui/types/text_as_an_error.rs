//! An error has a status beside its text. `VendorPassthruException` is one with 500, unless it is
//! told another.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        Err(format!("no answer from {}", task.node().driver))
        // mend: Err(VendorPassthruException::new(format!("no answer from {}", task.node().driver)).into())
    }
}

fn main() {}
