//! A vendor interface is a type: its instance holds what the vendor methods share, and its `impl`
//! holds the methods. A function alone has neither.

use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
// mend: #[derive(Default)]
fn vendor() {}
// mend: struct Vendor;
// mend:
// mend: impl VendorInterface for Vendor {}
// mend:
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
// mend:     #[passthru(methods = ["POST"])]
// mend:     async fn vendor(&self, _task: &mut Task) -> Result<()> {
// mend:         Ok(())
// mend:     }
// mend: }

fn main() {
    vendor();
    // mend: let _ = Vendor;
}
