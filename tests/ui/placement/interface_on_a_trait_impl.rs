//! The impl of `VendorInterface` holds the hooks that all interfaces have. Vendor methods are in no
//! trait: each interface has its own, in an inherent impl beside it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

#[vendor_interface(name = "example", drivers = ["example"])]
// mend:
impl VendorInterface for Vendor {
    fn get_properties(&self) -> Properties {
        Properties::new()
    }
}
// mend: }
// mend:
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
// mend:     #[passthru(methods = ["POST"])]
// mend:     async fn send_raw(&self, _task: &mut Task) -> Result<()> {
// mend:         Ok(())
// mend:     }
// mend: }

fn main() {}
