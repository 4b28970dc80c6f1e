//! The impl of `VendorInterface` holds the hooks that all interfaces have. Vendor methods are in no
//! trait: each interface has its own, in an inherent impl beside it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

#[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl VendorInterface for Vendor {}
// mend:
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
impl VendorInterface for Vendor {
// mend: impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
