//! The key does not name the default interface: it says that this one is the default of its
//! drivers, where they have several. Written alone, it means `true`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"], default = "example")]
// mend: #[vendor_interface(name = "example", drivers = ["example"], default)]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
