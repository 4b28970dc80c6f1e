//! The library's `Error` is of many kinds, and an exception of a vendor's is one of them. `?`
//! converts by itself, and `into` where there is none.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        Err(VendorPassthruException::new(format!("no answer from {}", task.node().driver)))
        // mend: Err(VendorPassthruException::new(format!("no answer from {}", task.node().driver)).into())
    }
}

fn main() {}
