//! The attribute registers methods, and a struct has none of its own: they stand in its `impl`.

use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
// mend:
#[derive(Default)]
struct Vendor {
    timeout: u32,
}
// mend: }
// mend:
// mend: impl VendorInterface for Vendor {}
// mend:
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
// mend:     #[driver_passthru(methods = ["GET"], async_call = false)]
// mend:     async fn timeout(&self, _context: &Context) -> Result<u32> {
// mend:         Ok(self.timeout)
// mend:     }
// mend: }

fn main() {
    let _ = Vendor { timeout: 1 };
}
