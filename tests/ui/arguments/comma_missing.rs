//! Half-typed code is answered by the compiler alone, as it would be without any attribute.

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
        _first: u8
        // mend: _first: u8,
        _second: u8,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
