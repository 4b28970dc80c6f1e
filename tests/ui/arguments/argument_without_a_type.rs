//! It is the type that says how the argument is read. Half-typed code is answered by the compiler
//! alone.

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
        raw_bytes,
        // mend: _raw_bytes: Vec<u8>,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
