//! A parameter that is not used yet has an underscore before its name, which is no part of the
//! argument's: clients need not know that it is not used.

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
        data: String,
        _data: String,
        // mend: _more: String,
    ) -> Result<()> {
        drop(data);
        Ok(())
    }
}

fn main() {}
