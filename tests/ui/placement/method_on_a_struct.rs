//! What a client calls is a method. The struct only holds what its methods share.

use vendor_passthru::prelude::*;

#[passthru(methods = ["POST"])]
// mend: #[derive(Default)]
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
