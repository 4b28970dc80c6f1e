//! Two parameters of one name are refused by the compiler, in any function.

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
        _data: String,
        _data: u8,
        // mend: _number: u8,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
