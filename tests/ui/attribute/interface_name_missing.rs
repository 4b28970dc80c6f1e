//! Nodes keep this name in their `vendor_interface` field. It is not derived from the type, so that
//! renaming the type breaks no stored node.

use vendor_passthru::Registry;
use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(drivers = ["example"])]
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {
    let _ = Registry::builder().interface(Vendor);
}
