//! A vendor method belongs to an interface, whose drivers decide which nodes it can be called on. A
//! function alone belongs to none.

use vendor_passthru::prelude::*;

#[passthru(methods = ["POST"])]
// mend: #[derive(Default)]
// mend: struct Vendor;
// mend:
// mend: impl VendorInterface for Vendor {}
// mend:
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
// mend:     #[passthru(methods = ["POST"])]
async fn send_raw(_task: &mut Task) -> Result<()> {
// mend:     async fn send_raw(&self, _task: &mut Task) -> Result<()> {
    Ok(())
    // mend:     Ok(())
}
// mend:     }
// mend: }

fn main() {}
