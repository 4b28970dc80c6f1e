//! A method has two limits, and `timeout` could be either: `call_timeout` is how long a caller
//! waits for the answer, `run_limit` how long the method may run.

use vendor_passthru::prelude::*;
// mend: use std::time::Duration;
// mend:
// mend: use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[driver_passthru(methods = ["GET"], async_call = false, timeout = 3)]
    // mend: #[driver_passthru(methods = ["GET"], async_call = false, call_timeout = Duration::from_secs(3))]
    async fn version(&self, _context: &Context) -> Result<u32> {
        Ok(1)
    }
}

fn main() {}
