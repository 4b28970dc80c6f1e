//! The attribute registers methods. They stand in the `impl` of a type and not in its definition.

use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
// mend:
#[derive(Default)]
struct Vendor;
// mend: struct Vendor;
// mend:
// mend: impl VendorInterface for Vendor {}
// mend:
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
// mend:     #[passthru(methods = ["POST"])]
// mend:     async fn send_raw(&self, _task: &mut Task) -> Result<()> {
// mend:         Ok(())
// mend:     }
// mend: }

fn main() {
    let _ = Vendor;
}
