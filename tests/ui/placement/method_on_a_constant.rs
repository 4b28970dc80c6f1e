//! A vendor method runs when it is called, and a constant has nothing to run. A method can answer
//! with the constant.

use vendor_passthru::prelude::*;

#[passthru(methods = ["POST"])]
// mend:
const RAW_BYTES: [u8; 2] = [1, 2];
// mend: const RAW_BYTES: [u8; 2] = [1, 2];
// mend:
// mend: #[derive(Default)]
// mend: struct Vendor;
// mend:
// mend: impl VendorInterface for Vendor {}
// mend:
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
// mend:     #[passthru(methods = ["POST"], async_call = false)]
// mend:     async fn raw_bytes(&self, _task: &mut Task) -> Result<[u8; 2]> {
// mend:         Ok(RAW_BYTES)
// mend:     }
// mend: }

fn main() {
    let _ = RAW_BYTES;
}
