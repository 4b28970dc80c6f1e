//! Rust has no documentation of parameters, and the listing describes methods as a whole.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(
        &self,
        _task: &mut Task,
        /// The bytes, in hexadecimal.
        // mend: // The bytes, in hexadecimal.
        _data: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
